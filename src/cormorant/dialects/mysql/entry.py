"""What the engine's registry finds under the name of this dialect."""

from __future__ import annotations

from ...engine.registry import DialectEntry
from .dialect import MySQLDialect
from .driver import PymysqlDriver
from .mysqldb import MysqldbDriver

AIOMYSQL = f"{__package__}.aiomysql:AiomysqlDriver"
ENTRY = DialectEntry(
    MySQLDialect,
    {PymysqlDriver.name: PymysqlDriver, MysqldbDriver.name: MysqldbDriver, "aiomysql": AIOMYSQL},
    PymysqlDriver.name,
)
