"""DDL as statements: CREATE, DROP, ALTER, COMMENT as nodes that hold the schema object they are about.

In: tables, constraints, indexes, sequences. Out: executable nodes, rendered by the compile package. They are never
cached: each is run once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..exc import ArgumentError
from ..sql.clause import ClauseElement, Executable
from ..sql.node import OPAQUE, Kind, Node, Shape
from ..util import NO_ARG


class Condition:
    """When a piece of DDL applies: dialect names, and a function of a program."""

    def __init__(self, dialect: Any, callable_: Callable[..., bool] | None, state: Any) -> None:
        names = () if dialect is None else (dialect,) if isinstance(dialect, str) else tuple(dialect)
        self.dialects = frozenset(names)
        self.function = callable_
        self.state = state

    def applies(self, ddl: Any, target: Any, bind: Any, dialect: Any, **kw: Any) -> bool:
        """Tell whether the piece is wanted."""
        if self.dialects and dialect.name not in self.dialects:
            return False
        if self.function is None:
            return True
        return bool(self.function(ddl, target, bind, dialect=dialect, state=self.state, **kw))


class HasConditionalDDL:
    """A constraint or index that can be part of DDL under conditions only."""

    condition: Condition | None = None

    def ddl_if(self, dialect: Any = None, callable_: Callable[..., bool] | None = None, state: Any = None) -> Self:
        """Make it part of DDL under conditions only; returns itself."""
        self.condition = Condition(dialect, callable_, state)
        return self

    def is_wanted(self, dialect: Any, bind: Any = None) -> bool:
        """Tell whether it is part of DDL in a dialect."""
        return self.condition is None or self.condition.applies(None, self, bind, dialect)


class BaseDDLElement(ClauseElement):
    """A part of DDL text that a program may render in its own way."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": OPAQUE}
    is_ddl: ClassVar[bool] = True
    element: Any = None

    def _find_structure(self, cls: type[Node]) -> tuple[Shape, tuple[Any, ...]]:
        return Shape(cacheable=False), ()


class ExecutableDDLElement(Executable, BaseDDLElement):
    """A DDL statement. Can be a listener of schema events: then it runs when its condition holds."""

    condition: Condition | None = None
    target: Any = None
    verb: ClassVar[str] = ""
    announces: ClassVar[bool] = False
    """Whether listeners of the element are told: of objects that are created or dropped as a whole."""

    def against(self, target: Any) -> Self:
        """Return a copy that is about the given schema object."""
        return self._copy(target=target)

    def execute_if(self, dialect: Any = None, callable_: Callable[..., bool] | None = None, state: Any = None) -> Self:
        """Return a copy that, as a listener, runs under conditions only."""
        return self._copy(condition=Condition(dialect, callable_, state))

    def applies(self, target: Any, bind: Any, dialect: Any, **kw: Any) -> bool:
        """Tell whether the condition holds."""
        return self.condition is None or self.condition.applies(self, target, bind, dialect, **kw)

    def __call__(self, target: Any, bind: Any, **kw: Any) -> None:
        """Run as a listener of `before_create` and its like."""
        if self.applies(target, bind, bind.dialect, **kw):
            bind.execute(self.against(target))


DDLElement = ExecutableDDLElement


class DDL(ExecutableDDLElement):
    """DDL as text; `%(table)s`, `%(schema)s` and `%(fullname)s` stand for the target, further names for `context`."""

    def __init__(self, statement: Any, context: Mapping[str, Any] | None = None) -> None:
        if not isinstance(statement, str):
            raise ArgumentError(f"Expected a string or unicode SQL statement, got '{statement!r}'")
        self.statement: str = statement
        self.context = dict(context or {})

    def __repr__(self) -> str:
        condition = f"; on={sorted(self.condition.dialects)}" if self.condition and self.condition.dialects else ""
        return f"<{type(self).__name__}@{id(self)}; {self.statement!r}{condition}>"


class CreateTable(ExecutableDDLElement):
    """CREATE TABLE. `include_foreign_key_constraints` names those to be inline; all by default."""

    verb = "create"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any, include_foreign_key_constraints: Any = None, if_not_exists: bool = False) -> None:
        self.element = element
        self.columns = [CreateColumn(column) for column in element.columns]
        self.include_foreign_key_constraints = include_foreign_key_constraints
        self.if_not_exists = if_not_exists

    def to_metadata(self, metadata: Any, table: Any) -> CreateTable:
        """Return it for a copy of the table."""
        return CreateTable(table, if_not_exists=self.if_not_exists)


class CreateColumn(BaseDDLElement):
    """One column inside CREATE TABLE."""

    def __init__(self, element: Any) -> None:
        self.element = element


class DropTable(ExecutableDDLElement):
    """DROP TABLE."""

    verb = "drop"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any, if_exists: bool = False) -> None:
        self.element = element
        self.if_exists = if_exists

    def to_metadata(self, metadata: Any, table: Any) -> DropTable:
        """Return it for a copy of the table."""
        return DropTable(table, self.if_exists)


class CreateIndex(ExecutableDDLElement):
    """CREATE INDEX."""

    verb = "create"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any, if_not_exists: bool = False) -> None:
        self.element = element
        self.if_not_exists = if_not_exists


class DropIndex(ExecutableDDLElement):
    """DROP INDEX."""

    verb = "drop"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any, if_exists: bool = False) -> None:
        self.element = element
        self.if_exists = if_exists


class AddConstraint(ExecutableDDLElement):
    """ALTER TABLE .. ADD CONSTRAINT; the constraint is then left out of CREATE TABLE unless told otherwise."""

    verb = "create"

    def __init__(self, element: Any, *, isolate_from_table: bool = True) -> None:
        self.element = element
        if isolate_from_table:
            element.inline = False


class DropConstraint(ExecutableDDLElement):
    """ALTER TABLE .. DROP CONSTRAINT."""

    verb = "drop"

    def __init__(
        self,
        element: Any,
        *,
        cascade: bool = False,
        if_exists: bool = False,
        isolate_from_table: Any = NO_ARG,
    ) -> None:
        self.element = element
        self.cascade = cascade
        self.if_exists = if_exists
        if isolate_from_table is not NO_ARG and isolate_from_table:
            element.inline = False


class CreateSchema(ExecutableDDLElement):
    """CREATE SCHEMA."""

    stringify_dialect: ClassVar[str] = "default"

    def __init__(self, name: str, if_not_exists: bool = False) -> None:
        self.element = name
        self.if_not_exists = if_not_exists


class DropSchema(ExecutableDDLElement):
    """DROP SCHEMA."""

    stringify_dialect: ClassVar[str] = "default"

    def __init__(self, name: str, cascade: bool = False, if_exists: bool = False) -> None:
        self.element = name
        self.cascade = cascade
        self.if_exists = if_exists


class CreateSequence(ExecutableDDLElement):
    """CREATE SEQUENCE."""

    verb = "create"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any, if_not_exists: bool = False) -> None:
        self.element = element
        self.if_not_exists = if_not_exists


class DropSequence(ExecutableDDLElement):
    """DROP SEQUENCE."""

    verb = "drop"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any, if_exists: bool = False) -> None:
        self.element = element
        self.if_exists = if_exists


class CreateEnumType(ExecutableDDLElement):
    """CREATE TYPE .. AS ENUM, for databases whose enumerations are objects of their own."""

    verb = "create"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any) -> None:
        self.element = element


class DropEnumType(ExecutableDDLElement):
    """DROP TYPE."""

    verb = "drop"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any, if_exists: bool = False) -> None:
        self.element = element
        self.if_exists = if_exists


class _Comment(ExecutableDDLElement):
    """COMMENT ON something."""

    def __init__(self, element: Any) -> None:
        self.element = element


class SetTableComment(_Comment):
    """COMMENT ON TABLE .. IS."""


class DropTableComment(_Comment):
    """COMMENT ON TABLE .. IS NULL."""


class SetColumnComment(_Comment):
    """COMMENT ON COLUMN .. IS."""


class DropColumnComment(_Comment):
    """COMMENT ON COLUMN .. IS NULL."""


class SetConstraintComment(_Comment):
    """COMMENT ON CONSTRAINT .. IS."""


class DropConstraintComment(_Comment):
    """COMMENT ON CONSTRAINT .. IS NULL."""
