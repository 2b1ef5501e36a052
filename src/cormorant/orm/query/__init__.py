"""From ORM statements to Core statements and load plans; loader options."""

from typing import TYPE_CHECKING

from ...util.later import on_demand
from .context import QueryContext as QueryContext

if TYPE_CHECKING:
    from .from_statement import AliasOption as AliasOption
    from .from_statement import FromStatement as FromStatement
    from .legacy import Query as Query
    from .legacy import RowReturningQuery as RowReturningQuery

__getattr__, __dir__ = on_demand(
    __name__,
    {
        "AliasOption": ".from_statement",
        "FromStatement": ".from_statement",
        "Query": ".legacy",
        "RowReturningQuery": ".legacy",
    },
)
