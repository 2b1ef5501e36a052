"""The public path of the dialect, its quoting and its types."""

from .dialect import MySQLDialect as MySQLDialect
from .dialect import MySQLDialect as dialect  # noqa: N813 - the public name
from .dialect import MySQLPreparer as MySQLIdentifierPreparer
from .ischema import ISCHEMA_NAMES as ischema_names  # noqa: N811 - the public name
from .types import *  # noqa: F403 - the list of types is kept there

__all__ = ["MySQLDialect", "dialect", "MySQLIdentifierPreparer", "ischema_names"]
