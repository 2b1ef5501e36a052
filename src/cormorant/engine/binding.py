"""Parameters of a statement: bind values -> what the driver's cursor takes, by functions written once per plan.

In: the slots of a `Compiled`, the order of its placeholders, the dialect. Out: functions, generated at first use as
straight-line code with the conversions of the types inlined:

- `own(binds)`: the values that the statement carries; `given(binds, parameters)`: a program's parameters over those,
- `many(binds, rows)`: a list, one item per dictionary; `many_tuples(binds, rows)`: the same from tuples,
- `flat(binds, rows)`, `flat_tuples(binds, rows)`: tuples of the slots `row_slots`, whatever the dialect takes,
- `outer(binds)`: a tuple of the statement's own values of the slots `outer_slots`,
- `named(binds, parameters)`: the values before conversion, by key, for people and hooks,
- `converted(binds, parameters)`: the values after conversion, by name, for statements whose text depends on them.

A missing value raises InvalidRequestError, or KeyError for a row of many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..exc import InvalidRequestError
from ..types.conversion import Conversion, as_processor
from ..util.generated import define


def take(bind: Any) -> Any:
    """The value of a bind that a program may have to give by name."""
    if bind.callable is not None:
        return bind.callable()
    if bind.required:
        missing(bind.key)
    return bind.value


def missing(key: str) -> Any:
    """Raise the error for a value that nobody gave."""
    raise InvalidRequestError(f"A value is required for bind parameter {key!r}", code="cd3x")


class Binder:
    """The parameter functions of one plan."""

    def __init__(
        self,
        slots: Sequence[Any],
        order: Sequence[int],
        dialect: Any,
        fixed: Mapping[str, Any],
        column_keys: Sequence[str],
    ) -> None:
        self._slots = slots
        self._order = order
        self._is_positional: bool = dialect.positional
        self._dialect = dialect
        self._fixed = fixed
        self.column_keys = tuple(column_keys)
        self.row_slots: Sequence[int] = ()
        """The slots of an INSERT that belong to a row, in the order of its placeholders; set for multi-row INSERTs."""
        self.outer_slots: Sequence[int] = ()
        """The other ones."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        writer = _FUNCTIONS.get(name)
        if writer is None:
            raise AttributeError(name)
        made = writer(self, _Source(self._slots, self._dialect, self._fixed))
        self.__dict__[name] = made
        return made

    def for_tuples(self, keys: Sequence[str]) -> Callable[..., Any]:
        """The function `(binds, rows)` that makes parameters of tuples in the order of these keys."""
        return _write_tuples(self, _Source(self._slots, self._dialect, self._fixed), keys=keys)

    # the shapes of what a function returns

    def driver_shape(self, expressions: Sequence[str]) -> str:
        """A tuple by placeholder, or a dictionary by name."""
        if self._is_positional:
            return _tuple_of(expressions, self._order)
        return self.dict_shape(expressions)

    def row_shape(self, expressions: Sequence[str]) -> str:
        """A tuple of the values of a row."""
        return _tuple_of(expressions, self.row_slots)

    def dict_shape(self, expressions: Sequence[str]) -> str:
        """A dictionary by name."""
        pairs = zip(self._slots, expressions, strict=True)
        return f"{{{', '.join(f'{slot.name!r}: {text}' for slot, text in pairs)}}}"

    def key_shape(self, expressions: Sequence[str]) -> str:
        """A dictionary by key."""
        pairs = zip(self._slots, expressions, strict=True)
        return f"{{{', '.join(f'{slot.key!r}: {text}' for slot, text in pairs)}}}"


class _Source:
    """Collects the parts of one generated function: expressions per slot, and the objects that they name."""

    def __init__(self, slots: Sequence[Any], dialect: Any, fixed: Mapping[str, Any]) -> None:
        self.names: dict[str, Any] = {"take": take, "missing": missing}
        self.slots = slots
        self.numbers = range(len(slots))
        self.fixed = fixed
        self.prelude: list[str] = []
        self.conversions = [_conversion(slot, dialect) for slot in slots]
        self.own = [self._own(number, slot) for number, slot in enumerate(slots)]

    def _own(self, number: int, slot: Any) -> str:
        """The expression of the value that the statement itself has."""
        bind = f"b{number}"
        if slot.key in self.fixed:
            self.names[f"fixed{number}"] = self.fixed[slot.key]
            return f"fixed{number}"
        if slot.position is None and slot.column is not None and slot.required:
            return f"missing({slot.key!r})"
        if slot.position is None:
            self.names[bind] = slot.bind
        else:
            self.prelude.append(f"{bind} = binds[{slot.position}]")
        if slot.required or slot.bind.name is not None:
            return f"take({bind})"
        return f"({bind}.value if {bind}.callable is None else {bind}.callable())"

    def given(self, number: int) -> str:
        """The expression of a program's value, or the statement's own."""
        slot = self.slots[number]
        name = "" if slot.name == slot.key else f"given[{slot.name!r}] if {slot.name!r} in given else "
        return f"(given[{slot.key!r}] if {slot.key!r} in given else {name}{self.own[number]})"

    def row(self, number: int) -> str:
        """The expression of a value for one dictionary of many."""
        slot = self.slots[number]
        if slot.position is None and slot.column is not None and slot.required and slot.key not in self.fixed:
            return f"given[{slot.key!r}]"
        return self.given(number)

    def member(self, number: int, column_keys: Sequence[str]) -> str:
        """The expression of a value for one tuple of many."""
        key = self.slots[number].key
        return f"k{column_keys.index(key)}" if key in column_keys else self.own[number]

    def converted(self, expressions: Sequence[str]) -> list[str]:
        """The expressions with the conversions of the slots' types."""
        return [self._converted(number, expressions[number]) for number in self.numbers]

    def _converted(self, number: int, expression: str) -> str:
        conversion = self.conversions[number]
        if conversion is None:
            return expression
        if conversion.sees_none:
            self.names[f"convert{number}"] = conversion.function
            return f"convert{number}({expression})"
        return f"(None if (v := {expression}) is None else {self._inlined(number, conversion)})"

    def _inlined(self, number: int, conversion: Conversion) -> str:
        template, needed = conversion.template, conversion.names
        if template is None or any(self.names.get(name, value) is not value for name, value in needed.items()):
            self.names[f"convert{number}"] = conversion.function
            return f"convert{number}(v)"
        self.names.update(needed)
        return template.format("v")

    def function(self, arguments: str, result: str) -> Callable[..., Any]:
        """The function with these arguments that returns this expression."""
        prelude = "".join(f"    {line}\n" for line in self.prelude)
        code = f"def made({arguments}):\n{prelude}    return {result}\n"
        made: Callable[..., Any] = define("made", code, self.names)
        return made


Shape = Callable[[Sequence[str]], str]


def _tuple_of(expressions: Sequence[str], numbers: Sequence[int]) -> str:
    return f"({''.join([f'{expressions[number]}, ' for number in numbers])})"


def _write_outer(binder: Binder, source: _Source) -> Callable[..., Any]:
    return source.function("binds", _tuple_of(source.converted(source.own), binder.outer_slots))


def _write_own(binder: Binder, source: _Source) -> Callable[..., Any]:
    return source.function("binds", binder.driver_shape(source.converted(source.own)))


def _write_given(binder: Binder, source: _Source, shape: Shape | None = None) -> Callable[..., Any]:
    given = source.converted([source.given(number) for number in source.numbers])
    return source.function("binds, given", (shape or binder.driver_shape)(given))


def _write_named(binder: Binder, source: _Source) -> Callable[..., Any]:
    return source.function("binds, given", binder.key_shape([source.given(number) for number in source.numbers]))


def _write_many(binder: Binder, source: _Source, shape: Shape | None = None) -> Callable[..., Any]:
    row = source.converted([source.row(number) for number in source.numbers])
    return source.function("binds, rows", f"[{(shape or binder.driver_shape)(row)} for given in rows]")


def _write_tuples(
    binder: Binder, source: _Source, shape: Shape | None = None, keys: Sequence[str] | None = None
) -> Callable[..., Any]:
    keys = binder.column_keys if keys is None else keys
    member = source.converted([source.member(number, keys) for number in source.numbers])
    variables = "".join(f"k{number}, " for number in range(len(keys)))
    return source.function("binds, rows", f"[{(shape or binder.driver_shape)(member)} for ({variables}) in rows]")


_FUNCTIONS: Mapping[str, Callable[[Binder, _Source], Callable[..., Any]]] = {
    "own": _write_own,
    "given": _write_given,
    "named": _write_named,
    "converted": lambda binder, source: _write_given(binder, source, binder.dict_shape),
    "many": _write_many,
    "flat": lambda binder, source: _write_many(binder, source, binder.row_shape),
    "many_tuples": _write_tuples,
    "outer": _write_outer,
    "flat_tuples": lambda binder, source: _write_tuples(binder, source, binder.row_shape),
}


def _conversion(slot: Any, dialect: Any) -> Conversion | None:
    if slot.literal_execute:
        return None  # a value written into the text is converted to a literal, not for the driver
    if slot.expanding:
        return _of_members(slot, dialect)
    found: Conversion | None = slot.type.bind_conversion(dialect)
    return found


def _of_members(slot: Any, dialect: Any) -> Conversion | None:
    """The conversion of a list: its members one by one, or the members of its tuples."""
    if not slot.as_tuples:
        process = as_processor(slot.type.bind_conversion(dialect))
        if process is None:
            return None

        def convert_each(values: Any) -> Any:
            return values and [process(value) for value in values]

        return Conversion(convert_each, sees_none=True)
    processes = [as_processor(type_.bind_conversion(dialect)) or _same for type_ in slot.type.types]

    def convert(values: Any) -> Any:
        return values and [tuple([p(value) for p, value in zip(processes, member, strict=True)]) for member in values]

    return Conversion(convert, sees_none=True)


def _same(value: Any) -> Any:
    return value
