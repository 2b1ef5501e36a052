"""A fixed set of strings, or the members of a Python enumeration, stored as text or the database's own way."""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from ..util import NO_ARG
from . import operator_functions as ops
from .base import Converting, TypeEngine
from .conversion import Conversion, as_processor, by
from .schema_type import SchemaType
from .text import STRINGTYPE, String


class Enum(SchemaType, String):  # pyright: ignore[reportIncompatibleMethodOverride]
    """One of the names given, or a member of the enumeration given, which is stored by its name."""

    def __init__(self, *enums: Any, **kw: Any) -> None:
        options = _Options(**kw)
        self.enum_class, names, members = _members_of(enums, options.values_callable)
        self.enums: list[str] = names
        self._members = members
        self._names = {member: name for name, member in zip(names, members, strict=True)}
        self._by_name = dict(zip(names, members, strict=True))
        self._arguments = enums
        self.values_callable = options.values_callable
        self.native_enum = options.native_enum
        self.create_constraint = options.create_constraint
        self.validate_strings = options.validate_strings
        self.omit_aliases = options.omit_aliases
        self._default_name = options.name is None and self.enum_class is not None
        self._given_length = options.length
        self._sort_key_function = options.sort_key_function
        String.__init__(self, self._fitting_length(options.length), options.collation)
        name = self.enum_class.__name__.lower() if self._default_name and self.enum_class else options.name
        SchemaType.__init__(
            self,
            name,
            options.schema,
            options.metadata,
            options.inherit_schema,
            options.quote,
            options.create_type,
        )

    def _fitting_length(self, asked: int | None) -> int:
        longest = max((len(name) for name in self.enums), default=0)
        if asked is not None and asked < longest:
            raise ValueError(
                "When provided, length must be larger or equal than the length of the longest enum value. "
                f"{asked} < {longest}"
            )
        return longest if asked is None else asked

    @property
    def is_named(self) -> bool:
        return self.native_enum

    @property
    def native(self) -> bool:
        """Whether the database's own enumeration is wanted."""
        return self.native_enum

    @property
    def python_type(self) -> type[Any]:
        return self.enum_class or str

    @property
    def allowed_values(self) -> tuple[Any, ...]:
        return tuple(self.enums)

    @property
    def sort_key_function(self) -> Any:
        """A function that gives the database's order of the values, or None for that of the values themselves."""
        if self._sort_key_function is NO_ARG:
            return self._names.get if self.enum_class is not None else None
        return self._sort_key_function

    def _own_key(self) -> Hashable | None:
        return (
            type(self),
            tuple(self.enums),
            tuple(self._members),
            self.name,
            self.length,
            self.native_enum,
            self.schema,
        )

    def copy(self, **kw: Any) -> Any:
        return self.adapt(type(self), **kw)

    def adapt(self, cls: type[Any], **kw: Any) -> Any:
        """Return an enumeration of another class, or a String."""
        if not issubclass(cls, Enum):
            return cls(length=self.length)
        made = cls(*self._arguments, **{**self._options(), **kw})
        made.variants = self.variants
        return made

    def _options(self) -> dict[str, Any]:
        return {
            "name": None if self._default_name else self.name,
            **self.schema_options(),
            "inherit_schema": self.inherit_schema,
            "create_type": self.create_type,
            "native_enum": self.native_enum,
            "create_constraint": self.create_constraint,
            "length": self._given_length,
            "collation": self.collation,
            "values_callable": self.values_callable,
            "validate_strings": self.validate_strings,
            "omit_aliases": self.omit_aliases,
            "sort_key_function": self._sort_key_function,
        }

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        made: TypeEngine[Any] = Enum(*self._arguments, values_callable=self.values_callable)
        return made

    def _arithmetic_type(self, op: Any, other: TypeEngine[Any]) -> TypeEngine[Any]:
        is_concatenation = self.adapt_operator(op, other) is ops.concat_op
        return STRINGTYPE if is_concatenation else super()._arithmetic_type(op, other)

    def adapt_to_emulated(self, impltype: Any, **kw: Any) -> Any:
        """Return the type that stands for this one where the database has no enumerations."""
        return self.adapt(impltype, **kw)

    # values

    def name_of(self, value: Any) -> Any:
        """Return what is stored for a value; raises LookupError for a value that is not a member."""
        name = self._names.get(value) if value.__hash__ is not None else None
        if name is not None:
            return name
        is_text = isinstance(value, str) and not isinstance(value, enum.Enum)
        if is_text and (value in self._by_name or not self.validate_strings):
            return value
        raise self._unknown(value)

    def member_of(self, name: Any) -> Any:
        """Return the value for what is stored; raises LookupError for something unknown."""
        try:
            return self._by_name[name]
        except KeyError:
            raise self._unknown(name) from None

    def _unknown(self, value: Any) -> LookupError:
        shown = ", ".join(self.enums) if len(self.enums) <= 5 else f"{', '.join(self.enums[:3])}, ..., {self.enums[-1]}"
        return LookupError(
            f"'{value}' is not among the defined enum values. Enum name: {self.name}. Possible values: {shown}"
        )

    def _bind_conversion(self, dialect: Converting) -> Conversion | None:
        inner = as_processor(super()._bind_conversion(dialect))
        if inner is None:
            return Conversion(self.name_of)
        return by(lambda value: inner(self.name_of(value)))

    def _literal_conversion(self, dialect: Converting) -> Conversion | None:
        inner = as_processor(super()._literal_conversion(dialect))
        return None if inner is None else by(lambda value: inner(self.name_of(value)))

    def _result_conversion(self, dialect: Converting) -> Conversion | None:
        inner = as_processor(super()._result_conversion(dialect))
        if inner is None:
            return Conversion(self.member_of)
        return by(lambda value: self.member_of(inner(value)))

    def repr_struct(self) -> str:
        parts = [repr(name) for name in self.enums]
        if self.name is not None:
            parts.append(f"name={self.name!r}")
        if not self.native_enum:
            parts.append("native_enum=False")
        if self.create_constraint:
            parts.append("create_constraint=True")
        if self._given_length is not None:
            parts.append(f"length={self._given_length!r}")
        return f"{type(self).__name__}({', '.join(parts)})"


Enum.affinity = String


class _Options:
    """The keyword arguments of Enum, so that a wrong one is refused by Python itself."""

    def __init__(
        self,
        *,
        name: str | None = None,
        schema: Any = NO_ARG,
        metadata: Any = None,
        inherit_schema: bool = False,
        quote: bool | None = None,
        create_type: bool = True,
        native_enum: bool = True,
        create_constraint: bool = False,
        length: int | None = None,
        collation: str | None = None,
        values_callable: Callable[[Any], Sequence[str]] | None = None,
        validate_strings: bool = False,
        omit_aliases: bool = True,
        sort_key_function: Any = NO_ARG,
    ) -> None:
        self.name = name
        self.schema = schema
        self.metadata = metadata
        self.inherit_schema = inherit_schema
        self.quote = quote
        self.create_type = create_type
        self.native_enum = native_enum
        self.create_constraint = create_constraint
        self.length = length
        self.collation = collation
        self.values_callable = values_callable
        self.validate_strings = validate_strings
        self.omit_aliases = omit_aliases
        self.sort_key_function = sort_key_function


def _members_of(
    enums: tuple[Any, ...], values_callable: Callable[[Any], Sequence[str]] | None
) -> tuple[type[enum.Enum] | None, list[str], list[Any]]:
    """Return the enumeration class, the stored names and the values for them."""
    only = enums[0] if len(enums) == 1 else None
    if isinstance(only, type) and issubclass(only, enum.Enum):
        members: list[Any] = list(only)
        names = list(values_callable(only)) if values_callable else [member.name for member in members]
        return only, names, members
    names = [str(name) for name in enums]
    return None, names, list(names)
