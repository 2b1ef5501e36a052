"""ENUM and SET of MySQL: one of some strings, and a set of some strings."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from ...exc import ArgumentError
from ...sql.constructors import type_coerce
from ...types.base import Converting
from ...types.enums import Enum
from ...types.numeric import Integer
from ...types.text import String
from .represent import constructor_call
from .strings import CHARSET_DEFAULTS, Charset


class ENUM(Enum):
    """MySQL ENUM, with character set and collation; otherwise like `Enum`."""

    is_specific = True
    native_enum = True

    def __init__(
        self,
        *enums: Any,
        charset: str | None = None,
        collation: str | None = None,
        ascii: bool = False,
        binary: bool = False,
        unicode: bool = False,
        national: bool = False,
        strict: bool = False,
        **kw: Any,
    ) -> None:
        super().__init__(*enums, **{**kw, "native_enum": True, "validate_strings": kw.get("validate_strings", strict)})
        self.collation = collation
        self.charset = charset
        self.ascii = ascii
        self.binary = binary
        self.unicode = unicode
        self.national = national

    def _own_key(self) -> Hashable | None:
        return super()._own_key(), tuple([getattr(self, name) for name in CHARSET_DEFAULTS])

    def adapt(self, cls: type[Any], **kw: Any) -> Any:
        """Return an enumeration of another class; only one of MySQL keeps the character set."""
        if issubclass(cls, ENUM):
            kw = {**{name: getattr(self, name) for name in CHARSET_DEFAULTS}, **kw}
        return super().adapt(cls, **kw)

    def repr_struct(self) -> str:
        return constructor_call(self, self.enums, **CHARSET_DEFAULTS)


class SET(Charset, String):
    """MySQL SET: a Python set of strings.

    `retrieve_as_bitwise` reads the number behind the set, which is the only way to tell the empty string in a set.
    """

    is_specific = True

    def __init__(
        self,
        *values: str,
        retrieve_as_bitwise: bool = False,
        charset: str | None = None,
        collation: str | None = None,
        ascii: bool = False,
        binary: bool = False,
        unicode: bool = False,
        national: bool = False,
        length: int | None = None,
    ) -> None:
        if "" in values and not retrieve_as_bitwise:
            raise ArgumentError("Can't use the blank value '' in a SET without setting retrieve_as_bitwise=True")
        longest = max((len(value) for value in values), default=0)
        super().__init__(
            longest if length is None else length,
            charset=charset,
            collation=collation,
            ascii=ascii,
            binary=binary,
            unicode=unicode,
            national=national,
        )
        self.values = values
        self.retrieve_as_bitwise = retrieve_as_bitwise
        self.has_column_expression = retrieve_as_bitwise
        self._bits = {value: 1 << place for place, value in enumerate(values)}

    def _own_key(self) -> Hashable | None:
        return type(self), self.values, self.retrieve_as_bitwise, *[getattr(self, name) for name in CHARSET_DEFAULTS]

    def adapt(self, cls: type[Any], **kw: Any) -> Any:
        """Return a type of another class; a SET has the same values."""
        if not issubclass(cls, SET):
            return super().adapt(cls, **kw)
        names = ("retrieve_as_bitwise", *CHARSET_DEFAULTS)
        made = cls(*self.values, **{**{name: getattr(self, name) for name in names}, **kw})
        made.variants = self.variants
        return made

    def column_expression(self, colexpr: Any) -> Any:
        """Return `column + 0`, the number behind the set, where that is what is read."""
        if not self.retrieve_as_bitwise:
            return None
        return type_coerce(type_coerce(colexpr, Integer()) + 0, self)

    def bind_processor(self, dialect: Converting) -> Callable[[Any], Any]:
        """Return the function from a set to the text or the number behind it; text and numbers pass."""

        def process(value: Any) -> Any:
            if value is None or isinstance(value, (int, str)):
                return value
            if not self.retrieve_as_bitwise:
                return ",".join(sorted(value, key=self._place))
            return sum({self._bits[name] for name in value})

        return process

    def _place(self, name: str) -> int:
        """Return where a string stands in the set's definition, which is how the server writes sets."""
        return self._bits.get(name, 0)

    def result_processor(self, dialect: Converting, coltype: Any) -> Callable[[Any], Any]:
        """Return the function from text or number to the set."""

        def process(value: Any) -> Any:
            if value is None or isinstance(value, set):
                return value  # pyright: ignore[reportUnknownVariableType]
            if self.retrieve_as_bitwise:
                return {name for name, bit in self._bits.items() if int(value) & bit}
            return {name for name in value.split(",") if name}

        return process

    def literal_processor(self, dialect: Converting) -> Callable[[Any], str] | None:
        """Return the function that writes text, numbers and sets."""
        conversion = self._literal_conversion(dialect)
        bind = self.bind_processor(dialect)

        def process(value: Any) -> str:
            bound = bind(value)
            if bound is None or isinstance(bound, int):
                return "NULL" if bound is None else str(bound)
            if conversion is None:
                raise TypeError(f"no literal for {value!r}")
            return str(conversion.function(bound))

        return process

    def repr_struct(self) -> str:
        return constructor_call(self, self.values, **CHARSET_DEFAULTS, retrieve_as_bitwise=False)
