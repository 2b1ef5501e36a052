"""The SQLite dialect: its tables put together."""

from __future__ import annotations

from typing import Any

from ...compile import Dialect
from ...compile.custom import printing
from ...compile.frame import Frame
from ...compile.preparer import IdentifierPreparer
from ...compile.render_conflict import ON_CONFLICT
from ...compile.render_select import constant_bind
from .ddl import SQLiteDDL
from .dml import Conflicts, upsert
from .driver import pool_class_of
from .features import FEATURES
from .ischema import ISCHEMA_NAMES
from .reflection import SQLiteReflection
from .render import FUNCTION_TEXTS, OPERATOR_RENDERERS, OPERATOR_TEXTS, RENDERERS
from .reserved import RESERVED_WORDS
from .types import BIND_MAKERS, LITERAL_MAKERS, RESULT_MAKERS, TYPE_TEXTS


class SQLitePreparer(IdentifierPreparer):
    """Quoting in SQLite."""

    reserved_words = RESERVED_WORDS


def render_conflicts(node: Any, frame: Frame) -> str:
    """Several ON CONFLICT clauses."""
    return frame.render_list(node.clauses, " ")


class SQLiteDialect(SQLiteReflection, SQLiteDDL, Dialect):
    """SQLite."""

    name = "sqlite"
    driver = "pysqlite"
    features = FEATURES
    default_paramstyle = "qmark"
    preparer_class = SQLitePreparer
    renderers = {**RENDERERS, **ON_CONFLICT, Conflicts: render_conflicts}
    options = ("native_datetime",)
    upsert = upsert
    native_datetime: bool = False
    """Whether the driver converts dates and times itself, by `detect_types`."""
    function_texts = FUNCTION_TEXTS
    operator_renderers = OPERATOR_RENDERERS
    operator_texts = OPERATOR_TEXTS
    type_texts = TYPE_TEXTS
    bind_makers = BIND_MAKERS
    result_makers = RESULT_MAKERS
    literal_makers = LITERAL_MAKERS
    ischema_names = ISCHEMA_NAMES
    default_schema_name = "main"

    def __init__(self, *, native_datetime: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.native_datetime = native_datetime

    @classmethod
    def get_pool_class(cls, url: Any) -> type[Any]:
        """Return the class of the pool for an address."""
        return pool_class_of(url)

    def fraction_text(self, text: str, type_: Any) -> str:
        return f"({text} + 0.0)"

    def limit_text(self, select: Any, frame: Frame) -> str:
        """LIMIT and OFFSET always come together; -1 is no limit."""
        limit = constant_bind(-1) if select.limit_clause is None else select.limit_clause
        offset = constant_bind(0) if select.offset_clause is None else select.offset_clause
        return f"\n LIMIT {frame.render(limit)} OFFSET {frame.render(offset)}"

    def described_name(self, name: str) -> str:
        """The cursor calls an expression by its text; what follows the last dot is its name."""
        return name.rpartition(".")[2]

    def empty_list(self, bind: Any) -> str:
        types = getattr(bind.type, "types", None) or [None]
        ones = ", ".join(["1"] * len(types))
        return f"SELECT {ones} FROM (SELECT {ones}) WHERE 1!=1"


dialect = SQLiteDialect
printing[SQLiteDialect.name] = SQLiteDialect
