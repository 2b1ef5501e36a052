"""The public path of the dialect, its quoting and its types."""

from .dialect import SQLiteDialect
from .dialect import SQLiteDialect as dialect  # noqa: N813 - the public name
from .dialect import SQLitePreparer as SQLiteIdentifierPreparer
from .ischema import ISCHEMA_NAMES as ischema_names  # noqa: N811 - the public name
from .stored import DATE, DATETIME, TIME

__all__ = ["DATE", "DATETIME", "TIME", "SQLiteDialect", "SQLiteIdentifierPreparer", "dialect", "ischema_names"]
