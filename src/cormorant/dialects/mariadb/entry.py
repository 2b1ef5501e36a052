"""What the engine's registry finds under the name of this dialect."""

from __future__ import annotations

from ...engine.registry import DialectEntry
from ..mysql.dialect import MariaDBDialect
from ..mysql.driver import PymysqlDriver
from ..mysql.entry import AIOMYSQL
from ..mysql.mysqldb import MysqldbDriver

ENTRY = DialectEntry(
    MariaDBDialect,
    {PymysqlDriver.name: PymysqlDriver, MysqldbDriver.name: MysqldbDriver, "aiomysql": AIOMYSQL},
    PymysqlDriver.name,
)
