"""What renders parts of statements for tools: `dialect.statement_compiler(dialect, None).process(expression)`.

In: a dialect, and a statement or none. Out: a frame that renders elements, or the compiled statement.
"""

from __future__ import annotations

from typing import Any, ClassVar

from ..sql.node import hooks
from .frame import OpenFrame
from .preparer import IdentifierPreparer


class PublicCompilers:
    """Mixed into the base of all dialects."""

    preparer_class: ClassVar[type[IdentifierPreparer]]

    @property
    def preparer(self) -> type[IdentifierPreparer]:
        """The class of the rules by which names are quoted."""
        return self.preparer_class

    def statement_compiler(self, dialect: Any, statement: Any = None, **options: Any) -> Any:
        """Return the compiled statement; for None, what renders elements: `process(element)`."""
        if statement is None:
            return OpenFrame(dialect, {}, **options)
        compile_node: Any = hooks.compile
        return compile_node(statement, dialect=dialect, **options)

    def ddl_compiler(self, dialect: Any, statement: Any = None, **options: Any) -> Any:
        """The same for DDL: `get_column_specification(column)`."""
        return self.statement_compiler(dialect, statement, **options)
