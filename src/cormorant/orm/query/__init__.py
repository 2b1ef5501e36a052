"""From ORM statements to Core statements and load plans; loader options."""

from .context import QueryContext as QueryContext
from .from_statement import AliasOption as AliasOption
from .from_statement import FromStatement as FromStatement
from .legacy import Query as Query
from .legacy import RowReturningQuery as RowReturningQuery
