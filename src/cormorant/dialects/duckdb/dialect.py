"""The DuckDB dialect: its tables put together."""

from __future__ import annotations

from typing import Any

from ...compile import Dialect
from ...compile.custom import printing
from ...compile.frame import Frame
from ...compile.preparer import IdentifierPreparer
from ...compile.render_conflict import ON_CONFLICT
from .ddl import DDL_RENDERERS, DuckDBDDL
from .dml import upsert
from .existence import has_index, has_sequence
from .features import FEATURES
from .reflection import DuckDBReflection
from .render import FUNCTION_TEXTS, OPERATOR_RENDERERS, OPERATOR_TEXTS
from .reserved import RESERVED_WORDS
from .types import BIND_MAKERS, LITERAL_MAKERS, RESULT_MAKERS, TYPE_TEXTS


class DuckDBPreparer(IdentifierPreparer):
    """Quoting in DuckDB."""

    reserved_words = RESERVED_WORDS


class DuckDBDialect(DuckDBReflection, DuckDBDDL, Dialect):
    """DuckDB."""

    name = "duckdb"
    driver = "duckdb"
    features = FEATURES
    default_paramstyle = "qmark"
    default_schema_name = "main"
    preparer_class = DuckDBPreparer
    renderers = {**DDL_RENDERERS, **ON_CONFLICT}
    function_texts = FUNCTION_TEXTS
    operator_renderers = OPERATOR_RENDERERS
    operator_texts = OPERATOR_TEXTS
    type_texts = TYPE_TEXTS
    bind_makers = BIND_MAKERS
    result_makers = RESULT_MAKERS
    literal_makers = LITERAL_MAKERS
    has_index = has_index
    upsert = upsert
    has_sequence = has_sequence

    def limit_text(self, select: Any, frame: Frame) -> str:
        text = ""
        if select.limit_clause is not None:
            text += f"\n LIMIT {frame.render(select.limit_clause)}"
        return text if select.offset_clause is None else f"{text}\n OFFSET {frame.render(select.offset_clause)}"


dialect = DuckDBDialect
printing[DuckDBDialect.name] = DuckDBDialect
