"""The PostgreSQL dialect: its tables put together."""

from __future__ import annotations

from typing import Any, ClassVar

from ...compile import Dialect
from ...compile.custom import printing
from ...compile.frame import Frame
from ...compile.preparer import IdentifierPreparer
from ...compile.render_conflict import ON_CONFLICT
from ...exc import CompileError
from .ddl import DDL_RENDERERS, PostgreSQLDDL
from .dml import upsert
from .ext import DistinctOnClause
from .features import FEATURES
from .inspector import PGInspector
from .ischema import ISCHEMA_NAMES
from .reflection import PostgreSQLReflection
from .render import FUNCTION_TEXTS, OPERATOR_RENDERERS, OPERATOR_TEXTS, RENDERERS
from .reserved import RESERVED_WORDS
from .type_tables import BIND_MAKERS, CAST_SUFFIXES, LITERAL_MAKERS, RESULT_MAKERS, TYPE_TEXTS


class PostgreSQLPreparer(IdentifierPreparer):
    """Quoting in PostgreSQL."""

    reserved_words = RESERVED_WORDS


class PostgreSQLDialect(PostgreSQLReflection, PostgreSQLDDL, Dialect):
    """PostgreSQL."""

    name = "postgresql"
    driver = "psycopg"
    features = FEATURES
    default_paramstyle = "pyformat"
    supports_native_json_serialization = False
    supports_native_json_deserialization = True
    dialect_injects_custom_json_deserializer = True
    default_schema_name = "public"
    preexecute_autoincrement_sequences: bool = True
    supports_smallserial: bool = True
    supports_sane_multi_rowcount: bool = FEATURES.sane_multi_rowcount
    supports_server_side_cursors: bool = FEATURES.server_side_cursors
    options: ClassVar[tuple[str, ...]] = ("use_native_hstore", "native_inet_types", "client_encoding")
    has_subscripts: bool = True
    """Whether documents and pairs of texts take subscripts: from version 14 on."""
    has_native_hstore: bool = False
    """Whether the driver knows the type HSTORE."""
    upsert = upsert
    range_values: Any = None
    """Conversions of ranges, which the driver brings."""
    preparer_class = PostgreSQLPreparer
    renderers = {**RENDERERS, **DDL_RENDERERS, **ON_CONFLICT}
    function_texts = FUNCTION_TEXTS
    operator_renderers = OPERATOR_RENDERERS
    operator_texts = OPERATOR_TEXTS
    type_texts = TYPE_TEXTS
    cast_suffixes = CAST_SUFFIXES
    bind_makers = BIND_MAKERS
    result_makers = RESULT_MAKERS
    literal_makers = LITERAL_MAKERS
    inspector = PGInspector
    ischema_names = ISCHEMA_NAMES

    def __init__(
        self,
        *,
        use_native_hstore: bool = True,
        native_inet_types: bool | None = None,
        client_encoding: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.client_encoding = client_encoding
        self.use_native_hstore = use_native_hstore
        self.native_inet_types = native_inet_types

    @property
    def psycopg_version(self) -> tuple[int, ...]:
        """The version of the driver's module, for psycopg."""
        return tuple(int(part) for part in self._driver().dbapi.__version__.split(".")[:3] if part.isdigit())

    # transactions that only read

    def get_readonly(self, connection: Any) -> Any:
        """Whether transactions of a driver connection only read; None where the server decides."""
        return self._driver().get_connection_option(connection, "postgresql_readonly")

    def set_readonly(self, connection: Any, value: Any) -> None:
        """Say whether transactions of a driver connection only read."""
        self._driver().set_connection_option(connection, "postgresql_readonly", value)

    def get_deferrable(self, connection: Any) -> Any:
        """Whether transactions of a driver connection wait for a safe snapshot; None where the server decides."""
        return self._driver().get_connection_option(connection, "postgresql_deferrable")

    def set_deferrable(self, connection: Any, value: Any) -> None:
        """Say whether transactions of a driver connection wait for a safe snapshot."""
        self._driver().set_connection_option(connection, "postgresql_deferrable", value)

    # text

    def distinct_text(self, select: Any, frame: Frame) -> str:
        """DISTINCT, unless DISTINCT ON follows."""
        has_on = any(isinstance(one, DistinctOnClause) for one in select.extensions_at("pre_columns"))
        return "" if has_on else super().distinct_text(select, frame)

    def limit_text(self, select: Any, frame: Frame) -> str:
        """LIMIT and OFFSET; LIMIT ALL is no limit."""
        text = ""
        if select.limit_clause is not None:
            text += f" \n LIMIT {frame.render(select.limit_clause)}"
        if select.offset_clause is not None:
            unlimited = "\n LIMIT ALL" if select.limit_clause is None else ""
            text += f"{unlimited} OFFSET {frame.render(select.offset_clause)}"
        return text

    def fetch_count(self, text: str) -> str:
        return f"({text})"

    def hinted_table(self, text: str, hint: str) -> str:
        """Only ONLY is a hint here."""
        if hint.upper() != "ONLY":
            raise CompileError(f"Unrecognized hint: {hint!r}")
        return f"ONLY {text}"


dialect = PostgreSQLDialect
printing[PostgreSQLDialect.name] = PostgreSQLDialect
