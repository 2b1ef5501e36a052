"""What programs ask of a compiled statement beyond its text: names of binds, kinds, parameters.

A mixin over the fields that `Compiled` declares; nothing here is asked while a statement runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..exc import InvalidRequestError
from ..sql.node import hooks, statement_key
from ..util import EMPTY, immutabledict

_WRITES = frozenset({"insert", "update", "delete"})


class PublicFacts:
    """The public attributes of a compiled statement that follow from its fields."""

    statement: Any
    dialect: Any
    text: str
    slots: tuple[Any, ...]
    order: tuple[int, ...]
    kind: str
    returning: tuple[Any, ...]
    load_plan: Any
    translation: Mapping[Any, Any] | None
    given_keys: tuple[str, ...] | None
    is_expanded: bool

    def __str__(self) -> str:
        return self.text

    @property
    def string(self) -> str:
        """The text."""
        return self.text

    # what it is

    @property
    def is_ddl(self) -> bool:
        """Whether it is DDL."""
        return self.kind == "ddl"

    @property
    def is_sql(self) -> bool:
        """Whether it is anything else than DDL."""
        return self.kind != "ddl"

    @property
    def isinsert(self) -> bool:
        """Whether it is an INSERT."""
        return self.kind == "insert"

    @property
    def isupdate(self) -> bool:
        """Whether it is an UPDATE."""
        return self.kind == "update"

    @property
    def isdelete(self) -> bool:
        """Whether it is a DELETE."""
        return self.kind == "delete"

    @property
    def sql_compiler(self) -> Any:
        """The compiled statement itself: it answers what can be asked about text and parameters."""
        return self

    @property
    def compile_state(self) -> Any:
        """What the text was made from: the plan of an ORM statement, or the statement; None for DDL and text."""
        return self.load_plan or (self.statement if self.kind in ("select", *_WRITES) else None)

    @property
    def dml_compile_state(self) -> Any:
        """The statement, of an INSERT, UPDATE or DELETE."""
        return self.statement if self.kind in _WRITES else None

    @property
    def execution_options(self) -> Mapping[str, Any]:
        """The execution options that the statement carries."""
        found: Mapping[str, Any] = getattr(self.statement, "exec_options", EMPTY)
        return found

    @property
    def cache_key(self) -> Any:
        """What equal statements share; None where the statement is compiled each time."""
        return statement_key(self.statement)[0]

    @property
    def schema_translate_map(self) -> Mapping[Any, Any] | None:
        """The translation of schema names that the text was made with."""
        return self.dialect.identifier_preparer.translation  # type: ignore[no-any-return]

    @property
    def effective_returning(self) -> list[Any]:
        """The columns in RETURNING, whoever asked for them."""
        return list(self.returning)

    @property
    def column_keys(self) -> list[str] | None:
        """The columns of an INSERT or UPDATE that the parameters give values for, as told to compile()."""
        return None if self.given_keys is None else list(self.given_keys)

    @property
    def preparer(self) -> Any:
        """The rules by which names are quoted."""
        return self.dialect.identifier_preparer

    def process(self, obj: Any, **kwargs: Any) -> str:
        """Return the text of another element on the same dialect."""
        compile_node: Any = hooks.compile
        return str(compile_node(obj, dialect=self.dialect, compile_kwargs=kwargs or None))

    # parameters

    @property
    def positional(self) -> bool:
        """Whether parameters are given in order and not by name."""
        return bool(self.dialect.positional)

    is_positional = positional

    @property
    def positiontup(self) -> list[str] | None:
        """The names of the binds in the order of the placeholders, where parameters are positional."""
        if not self.positional:
            return None
        if self.is_expanded:
            return [name for index in self.order for name in expanded_values(self.slots[index])]
        return [self.slots[index].name for index in self.order]

    @property
    def binds(self) -> dict[str, Any]:
        """The bind parameters by name."""
        return {slot.name: slot.bind for slot in self.slots}

    @property
    def bind_names(self) -> dict[Any, str]:
        """The names of the bind parameters."""
        return {slot.bind: slot.name for slot in self.slots}

    @property
    def params(self) -> dict[str, Any] | None:
        """The values that the statement carries, by name; None for DDL, which takes no parameters."""
        if self.is_ddl:
            return None
        if self.is_expanded:
            return self._expanded_params()
        return {slot.name: slot.bind.effective_value for slot in self.slots}

    def _expanded_params(self) -> dict[str, Any]:
        """The values by name, each member of a list under its own; values written into the text have none."""
        plain = {slot.name: slot.bind.effective_value for slot in self.slots if not is_expandable(slot)}
        for slot in self.slots:
            if is_expandable(slot):
                plain.update(expanded_values(slot))
        return plain

    def construct_params(
        self,
        params: Mapping[str, Any] | None = None,
        extracted_parameters: Any = None,
        escape_names: bool = True,
        *,
        check: bool = True,
    ) -> immutabledict[str, Any]:
        """Return values by name: those given, else those of `extracted_parameters`, else the statement's own.

        `extracted_parameters` are the binds of an equal statement, in its order. A value that is missing is an error if
        `check`. Names are those that the text has, or, without `escape_names`, those that the program gave.
        """
        if self.is_expanded and (params or extracted_parameters):
            raise InvalidRequestError(
                "can't construct new parameters when render_postcompile is used; the statement is hard-linked to the "
                "original parameters: compile it again without, or with other values"
            )
        given = params or {}
        values: dict[str, Any] = {}
        for slot in self.slots:
            name = slot.name if escape_names else slot.key
            bind = slot.bind
            if extracted_parameters is not None and slot.position is not None:
                bind = extracted_parameters[slot.position]
            if slot.key in given or slot.name in given:
                values[name] = given[slot.key] if slot.key in given else given[slot.name]
            elif check and slot.required:
                raise InvalidRequestError(f"A value is required for bind parameter {slot.key!r}", code="cd3x")
            else:
                values[name] = bind.effective_value
        return immutabledict(values)


def is_expandable(slot: Any) -> bool:
    """Tell whether the text depends on the value of a bind."""
    return bool(slot.expanding or slot.literal_execute)


def expanded_values(slot: Any) -> dict[str, Any]:
    """Return the parameters that a bind has become: one for each member of a list, none for a value in the text."""
    if slot.literal_execute:
        return {}
    if not slot.expanding:
        return {slot.name: slot.bind.effective_value}
    if slot.bind.required:
        raise InvalidRequestError(f"A value is required for bind parameter {slot.key!r}", code="cd3x")
    members: list[Any] = list(slot.bind.effective_value or ())
    if not slot.as_tuples:
        return {f"{slot.name}_{number}": member for number, member in enumerate(members, 1)}
    return {
        f"{slot.name}_{number}_{place}": value
        for number, member in enumerate(members, 1)
        for place, value in enumerate(member, 1)
    }
