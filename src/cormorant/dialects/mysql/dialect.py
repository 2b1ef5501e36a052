"""The dialects of MySQL and MariaDB: their tables put together."""

from __future__ import annotations

from typing import Any, Self, cast

from ...compile import Dialect
from ...compile.custom import printing
from ...compile.frame import Frame
from ...compile.preparer import IdentifierPreparer
from ...compile.visible import contains, flattened
from .ddl import DDL_RENDERERS, MySQLDDL
from .dml import upsert
from .features import MARIADB_FEATURES, MYSQL_FEATURES
from .ischema import ISCHEMA_NAMES
from .reflection import MySQLReflection
from .render import FUNCTION_TEXTS, MARIADB_OPERATOR_RENDERERS, OPERATOR_RENDERERS, OPERATOR_TEXTS, RENDERERS
from .render_dml import DML_RENDERERS, limit_option
from .reserved import MARIADB_RESERVED_WORDS, MYSQL_RESERVED_WORDS
from .type_tables import BIND_MAKERS, LITERAL_MAKERS, RESULT_MAKERS, TYPE_TEXTS

_ALL_ROWS = 18446744073709551615


class MySQLPreparer(IdentifierPreparer):
    """Quoting in MySQL."""

    reserved_words = MYSQL_RESERVED_WORDS
    initial_quote = final_quote = "`"

    def use_quote(self, quote: str) -> None:
        """Quote in another way: where the server's modes make strings of what stands in the usual quotes."""
        self.initial_quote = self.final_quote = self.escape_quote = quote
        self.remembered.clear()


class MariaDBPreparer(MySQLPreparer):
    """Quoting in MariaDB."""

    reserved_words = MARIADB_RESERVED_WORDS


class MySQLDialect(MySQLReflection, MySQLDDL, Dialect):
    """MySQL."""

    name = "mysql"
    driver = "pymysql"
    features = MYSQL_FEATURES
    default_paramstyle = "format"
    preparer_class = MySQLPreparer
    renderers = {**RENDERERS, **DDL_RENDERERS, **DML_RENDERERS}
    function_texts = FUNCTION_TEXTS
    operator_renderers = OPERATOR_RENDERERS
    operator_texts = OPERATOR_TEXTS
    type_texts = TYPE_TEXTS
    bind_makers = BIND_MAKERS
    result_makers = RESULT_MAKERS
    literal_makers = LITERAL_MAKERS
    ischema_names = ISCHEMA_NAMES
    upsert = upsert
    casts_floats: bool = False
    """Whether CAST takes FLOAT and DOUBLE: newer servers do."""
    names_uuid: bool = False
    """Whether there is a type UUID: MariaDB has it since 10.7."""
    is_mariadb: bool = False
    names_new_row: bool = False
    """Whether ON DUPLICATE KEY UPDATE calls the row that was to be inserted by an alias: newer MySQL wants it so."""
    join_words = {"inner": " INNER JOIN ", "outer": " LEFT OUTER JOIN ", "full": " FULL OUTER JOIN "}

    def __new__(cls, *, is_mariadb: bool | None = None, **options: Any) -> Self:
        """`is_mariadb` makes the dialect of MariaDB under the name of MySQL, as an engine has it for such a server."""
        if not is_mariadb or cls.is_mariadb:
            return super().__new__(cls)
        made: Any = object.__new__(cast("Any", MariaDBDialect))
        made.name = cls.name
        made.__init__(**options)
        return cast("Self", made)

    def __init__(self, *, is_mariadb: bool | None = None, **options: Any) -> None:
        super().__init__(**options)

    def joined_text(self, parts: list[str]) -> str:
        return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"

    def limit_text(self, select: Any, frame: Frame) -> str:
        """`LIMIT offset, count`; a huge count is no limit."""
        if select.offset_clause is None:
            return f" \n LIMIT {frame.render(select.limit_clause)}"
        offset = frame.render(select.offset_clause)
        count = str(_ALL_ROWS) if select.limit_clause is None else frame.render(select.limit_clause)
        return f" \n LIMIT {offset}, {count}"

    def update_ending(self, statement: Any, frame: Frame) -> str:
        return limit_option(statement, frame)

    def no_from_text(self, has_conditions: bool) -> str:
        return " FROM DUAL" if has_conditions else ""

    def hinted_table(self, text: str, hint: str) -> str:
        return f"{text} {hint}"

    def delete_from_text(self, statement: Any, table: str, extra: list[Any], frame: Frame) -> str:
        """`FROM a USING a, b`: the table to delete from by its name alone, then all of them."""
        if not extra:
            return f"FROM {table}"
        own = [] if contains(flattened(extra), statement.table) else [table]
        tables = ", ".join([*own, *[frame.render(element) for element in extra]])
        return f"FROM {frame.quoted_name(statement.table.name)} USING {tables}"


class MariaDBDialect(MySQLDialect):
    """MariaDB."""

    name = "mariadb"
    is_mariadb = True
    features = MARIADB_FEATURES
    preparer_class = MariaDBPreparer
    operator_renderers = MARIADB_OPERATOR_RENDERERS
    check_word = "CONSTRAINT"


dialect = MySQLDialect
printing[MySQLDialect.name] = MySQLDialect
printing[MariaDBDialect.name] = MariaDBDialect
