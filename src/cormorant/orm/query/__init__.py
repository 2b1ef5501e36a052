"""From ORM statements to Core statements and load plans; loader options."""

from typing import TYPE_CHECKING, Any

from ...util.later import later, on_demand
from ..mapping.streams import views
from .context import QueryContext as QueryContext

if TYPE_CHECKING:
    from . import dynamic
    from .from_statement import AliasOption as AliasOption
    from .from_statement import FromStatement as FromStatement
    from .legacy import Query as Query
    from .legacy import RowReturningQuery as RowReturningQuery
else:
    (dynamic,) = later(__package__, "dynamic")

__getattr__, __dir__ = on_demand(
    __name__,
    {
        "AliasOption": ".from_statement",
        "FromStatement": ".from_statement",
        "Query": ".legacy",
        "RowReturningQuery": ".legacy",
    },
)


def _read_dynamic(attribute: Any, state: Any) -> Any:
    """Return what reading a dynamic relationship gives; few programs have one."""
    return dynamic.appender_query(attribute, state)


views.dynamic = _read_dynamic
