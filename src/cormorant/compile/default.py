"""The default dialect: the standard language, as `str(statement)` prints it.

Merges the tables of all renderers into the base dialect, from which every other dialect inherits them.
"""

from __future__ import annotations

from typing import Any

from ..exc import UnsupportedCompilationError
from .conversions import BIND_MAKERS, RESULT_MAKERS
from .custom import printing
from .ddl import DDL
from .ddl_columns import COLUMNS
from .ddl_constraints import CONSTRAINTS
from .dialect import Dialect, TypeCompiler, TypeText, build_tables
from .features import Features
from .frame import Frame, Renderer
from .literals import LITERAL_MAKERS
from .render_ctes import CTES
from .render_dml import DML
from .render_elements import ELEMENTS
from .render_from import FROMS
from .render_functions import FUNCTION_TEXTS, FUNCTIONS
from .render_operators import OPERATIONS, OPERATOR_RENDERERS, OPERATOR_TEXTS
from .render_order import ORDERING
from .render_select import SELECTS
from .statement import set_default_dialect
from .types_text import TYPE_TEXTS, word

Dialect.renderers = {
    **ELEMENTS,
    **OPERATIONS,
    **FUNCTIONS,
    **FROMS,
    **CTES,
    **ORDERING,
    **SELECTS,
    **DML,
    **DDL,
    **COLUMNS,
    **CONSTRAINTS,
}
Dialect.function_texts = FUNCTION_TEXTS
Dialect.operator_renderers = OPERATOR_RENDERERS
Dialect.operator_texts = OPERATOR_TEXTS
Dialect.type_texts = TYPE_TEXTS
Dialect.bind_makers = BIND_MAKERS
Dialect.result_makers = RESULT_MAKERS
Dialect.literal_makers = LITERAL_MAKERS
build_tables(Dialect)


class DefaultDialect(Dialect):
    """What a database has at least: what dialects of other packages begin with."""

    features = Features(multivalues_insert=False, boolean_keywords=False)


class StrCompileDialect(DefaultDialect):
    """The dialect of statements that belong to no database: it can say everything that is said alike by most."""

    features = Features(
        insert_returning=True,
        update_returning=True,
        delete_returning=True,
        native_boolean=True,
        sequences=True,
        identity_columns=True,
        delete_from=",",
    )

    def hinted_table(self, text: str, hint: str) -> str:
        return f"{text} [{hint}]"

    def foreign_type_text(self, class_: type, compiler: TypeCompiler) -> TypeText:
        return word(class_.__name__)

    def find_renderer(self, class_: type, frame: Frame) -> Renderer:
        try:
            return super().find_renderer(class_, frame)
        except UnsupportedCompilationError:
            make = printing.get(getattr(class_, "stringify_dialect", ""))
            if make is None:
                raise
        found = self.render_table[class_] = _in_language_of(make())
        return found


def _in_language_of(dialect: Dialect) -> Renderer:
    """Return the renderer of elements that exist in one database only: in its language, parameters included."""

    def render(node: Any, frame: Frame) -> str:
        return frame.render_for(node, dialect)

    return render


set_default_dialect(StrCompileDialect())
