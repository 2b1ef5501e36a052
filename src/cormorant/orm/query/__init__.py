"""From ORM statements to Core statements and load plans; loader options."""

from .legacy import Query as Query
from .legacy import RowReturningQuery as RowReturningQuery
