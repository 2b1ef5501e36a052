"""Numbers that the database counts: sequences, identity columns; and values that it computes from other columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ..exc import ArgumentError
from ..sql.clause import ClauseElement
from ..sql.column import ColumnElement
from ..sql.names import quoted_name
from ..sql.node import ATOM, TYPE, Kind
from ..sql.simple import text
from ..types import INTEGERTYPE, to_instance
from ..util import represent, warn_deprecated
from .base import BLANK_SCHEMA, DialectOptions
from .ddl import CreateSequence, DropSequence
from .defaults import DefaultGenerator, FetchedValue
from .run import ObjectVisit, has_sequence, run_on

COUNTER_OPTIONS = ("start", "increment", "minvalue", "maxvalue", "nominvalue", "nomaxvalue", "cycle", "cache", "order")


class Counter(DialectOptions):
    """The options that sequences and identity columns share."""

    start: int | None
    increment: int | None
    minvalue: int | None
    maxvalue: int | None
    nominvalue: bool | None
    nomaxvalue: bool | None
    cycle: bool | None
    cache: int | None
    order: bool | None

    def _take_counter_options(self, options: dict[str, Any]) -> None:
        for name in COUNTER_OPTIONS:
            setattr(self, name, options[name])


class Sequence(Counter, DefaultGenerator):
    """A sequence, as an object of the database and as the default of a column."""

    is_sequence = True
    column: Any = None
    data_type: Any = None

    def __init__(
        self,
        name: str,
        start: int | None = None,
        increment: int | None = None,
        minvalue: int | None = None,
        maxvalue: int | None = None,
        nominvalue: bool | None = None,
        nomaxvalue: bool | None = None,
        cycle: bool | None = None,
        schema: Any = None,
        cache: int | None = None,
        order: bool | None = None,
        data_type: Any = None,
        optional: bool = False,
        quote: bool | None = None,
        metadata: Any = None,
        quote_schema: bool | None = None,
        for_update: bool = False,
        **dialect_kw: Any,
    ) -> None:
        DefaultGenerator.__init__(self, for_update)
        self.name = quoted_name.construct(name, quote)
        if order is not None:
            warn_deprecated(
                "This parameter is supported only by the one database that orders the numbers of sequences; use the "
                "option of its dialect, ``<dialect>_order``, instead."
            )
        self._take_counter_options(locals())
        self.optional = optional
        self.metadata = metadata
        self._wants_schema = schema is None
        if schema is BLANK_SCHEMA:
            self.schema = None
        elif schema is None and metadata is not None:
            self.schema = metadata.schema
        else:
            self.schema = quoted_name.construct(schema, quote_schema)
        self.data_type = None if data_type is None else to_instance(data_type)
        self._take_dialect_options(dialect_kw)
        if metadata is not None:
            metadata._sequences[self.key] = self

    @property
    def key(self) -> str:
        """The name with the schema before it."""
        return f"{self.schema}.{self.name}" if self.schema else str(self.name)

    def next_value(self) -> Any:
        """Return the expression that counts and gives the next number."""
        return NextValue(self)

    def _attach(self, parent: Any, **options: Any) -> None:
        super()._attach(parent)
        if parent.table is not None:
            self._join_metadata(parent.table)

    def _join_metadata(self, table: Any) -> None:
        if self._wants_schema and self.metadata is None and table.metadata.schema is not None:
            self.schema = table.metadata.schema
        self.metadata = table.metadata
        self.metadata._sequences[self.key] = self

    def create(self, bind: Any, checkfirst: Any = True) -> None:
        """Create the sequence in the database."""
        run_on(bind, ObjectVisit("create", self, [CreateSequence(self)], has_sequence if checkfirst else None))

    def drop(self, bind: Any, checkfirst: Any = True) -> None:
        """Drop the sequence from the database."""
        run_on(bind, ObjectVisit("drop", self, [DropSequence(self)], has_sequence if checkfirst else None))

    def copied(self) -> Sequence:
        """Return the same sequence for another column."""
        given = {name: getattr(self, name) for name in COUNTER_OPTIONS}
        return Sequence(
            str(self.name),
            schema=None if self._wants_schema else self.schema,
            data_type=self.data_type,
            optional=self.optional,
            for_update=self.for_update,
            **given,
            **self.dialect_kwargs,
        )

    def __repr__(self) -> str:
        return represent(self, positional=("name",))


class NextValue(ColumnElement[int]):
    """The expression that counts a sequence and gives the next number."""

    _structure: ClassVar[Mapping[str, Kind]] = {"sequence": ATOM, "type": TYPE}

    def __init__(self, sequence: Sequence) -> None:
        self.sequence = sequence
        self.type = sequence.data_type or INTEGERTYPE

    @property
    def anon_stem(self) -> str:
        return "next_value"


class Identity(Counter, FetchedValue):
    """GENERATED .. AS IDENTITY."""

    is_identity = True

    def __init__(
        self,
        always: bool = False,
        on_null: bool | None = None,
        start: int | None = None,
        increment: int | None = None,
        minvalue: int | None = None,
        maxvalue: int | None = None,
        nominvalue: bool | None = None,
        nomaxvalue: bool | None = None,
        cycle: bool | None = None,
        cache: int | None = None,
        order: bool | None = None,
        **dialect_kw: Any,
    ) -> None:
        FetchedValue.__init__(self)
        for name, value in (("on_null", on_null), ("order", order)):
            if value is not None:
                warn_deprecated(
                    "This parameter is supported only by the one database that has it; use the option of its dialect, "
                    f"``<dialect>_{name}``, instead."
                )
        self.always = always
        self.on_null = on_null
        self._take_counter_options(locals())
        self._take_dialect_options(dialect_kw)

    def _attach(self, parent: Any, **options: Any) -> None:
        given = parent.server_default
        if (given is not None and given is not self) or parent.server_onupdate is not None:
            raise ArgumentError(
                "A column with an Identity object cannot specify a server_default or a server_onupdate argument"
            )
        if parent.autoincrement is False:
            raise ArgumentError("A column with an Identity object cannot specify autoincrement=False")
        self.column = parent
        parent.identity = self
        parent.server_default = self
        if parent.nullable_given is None:
            parent.nullable = False

    def __repr__(self) -> str:
        return represent(self)


class Computed(FetchedValue):
    """GENERATED ALWAYS AS (expression)."""

    def __init__(self, sqltext: Any, persisted: bool | None = None) -> None:
        super().__init__()
        self.sqltext: Any = sqltext if isinstance(sqltext, ClauseElement) else text(sqltext)
        self.persisted = persisted

    def _attach(self, parent: Any, **options: Any) -> None:
        others = (parent.server_default, parent.server_onupdate)
        if any(other is not None and other is not self for other in others):
            raise ArgumentError("A generated column cannot specify a server_default or a server_onupdate argument")
        self.column = parent
        parent.computed = self
        parent.server_onupdate = self
        parent.server_default = self

    def __repr__(self) -> str:
        return represent(self)
