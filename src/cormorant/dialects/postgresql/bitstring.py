"""A string of bits as a value: a `str` of `0` and `1` with the operators of bits.

In: characters, a number, or bytes; the first character is the leftmost bit. Out: strings of bits, which compare and
hash like plain strings.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal, SupportsIndex, cast

_DIGITS = frozenset("01")


class BitString(str):
    """Bits as the database has them in columns of type BIT."""

    def __new__(cls, _value: str, _check: bool = True) -> BitString:  # noqa: PYI034 - a given one stays itself
        if isinstance(_value, BitString):
            return _value
        if _check and not _DIGITS.issuperset(_value):
            raise ValueError("BitString must only contain '0' and '1' chars")
        return super().__new__(cls, _value)

    @classmethod
    def from_int(cls, value: int, length: int) -> BitString:
        """Return a number in so many bits; raises ValueError where it does not fit."""
        if value < 0:
            raise ValueError("value must be non-negative")
        if length < 0:
            raise ValueError("length must be non-negative")
        text = f"{value:0{length}b}" if length else ("" if value == 0 else "1")
        if len(text) > length:
            raise ValueError(f"Cannot encode {value} as a BitString of length {length}")
        return cls(text)

    @classmethod
    def from_bytes(cls, value: bytes, length: int = -1) -> BitString:
        """Return the bits of bytes, in so many bits, or in all of them."""
        text = "".join([f"{byte:08b}" for byte in value])
        if length < 0:
            return cls(text)
        missing = length - len(text)
        if missing >= 0:
            return cls("0" * missing + text)
        if "1" in text[:-missing]:
            raise ValueError(f"Cannot encode {value!r} as a BitString of length {length}")
        return cls(text[-missing:])

    # single bits

    def get_bit(self, index: int) -> Literal["0", "1"]:
        """Return the bit at a place, counted from the left."""
        return cast("Literal['0', '1']", super().__getitem__(index))

    def has_bit(self, index: int) -> bool:
        """Tell whether the bit at a place is set."""
        return self.get_bit(index) == "1"

    def set_bit(self, index: int, value: bool | int | Literal["0", "1"]) -> BitString:
        """Return the bits with one of them set or cleared."""
        if index < 0 or index >= len(self):
            raise IndexError("BitString index out of range")
        digit = value if isinstance(value, str) else "1" if value else "0"
        return BitString(f"{str(self)[:index]}{digit}{str(self)[index + 1 :]}")

    # sizes and other forms

    @property
    def bit_length(self) -> int:
        """How many bits there are."""
        return len(self)

    @property
    def octet_length(self) -> int:
        """How many bytes hold them."""
        return math.ceil(len(self) / 8)

    def __int__(self) -> int:
        return int(str(self), 2) if self else 0

    def to_bytes(self, length: int = -1) -> bytes:
        """Return the bits in so many bytes, or in as many as they need."""
        return int(self).to_bytes(self.octet_length if length < 0 else length, byteorder="big")

    def __bytes__(self) -> bytes:
        return self.to_bytes()

    # as a string

    def lstrip(self, char: str | None = None) -> BitString:
        """Return the bits without the zeros, or the given bits, on the left."""
        return BitString(super().lstrip(char or "0"), False)

    def rstrip(self, char: str | None = "0") -> BitString:
        """Return the bits without the zeros, or the given bits, on the right."""
        return BitString(super().rstrip(char), False)

    def strip(self, char: str | None = "0") -> BitString:
        """Return the bits without the zeros, or the given bits, on both sides."""
        return BitString(super().strip(char), False)

    def removeprefix(self, prefix: str, /) -> BitString:
        """Return the bits without those at the beginning, where they are there."""
        return BitString(super().removeprefix(prefix), False)

    def removesuffix(self, suffix: str, /) -> BitString:
        """Return the bits without those at the end, where they are there."""
        return BitString(super().removesuffix(suffix), False)

    def replace(self, old: str, new: str, count: SupportsIndex = -1) -> BitString:
        """Return the bits with some replaced."""
        return BitString(super().replace(old, new, count))

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:
        """Return the bits between separators."""
        return [BitString(part) for part in super().split(sep, maxsplit)]

    def zfill(self, width: SupportsIndex) -> BitString:
        """Return the bits with zeros before them."""
        return BitString(super().zfill(width), False)

    def __repr__(self) -> str:
        return f'BitString("{self}")'

    def __getitem__(self, key: SupportsIndex | slice) -> BitString:
        return BitString(super().__getitem__(key), False)

    def __add__(self, o: str) -> BitString:
        return BitString(str(self) + o)

    def __radd__(self, o: str) -> BitString:
        return BitString(o + str(self))

    # as bits

    def __lshift__(self, amount: int) -> BitString:
        """Return the bits moved left; zeros come in, the length stays."""
        size = max(min(amount, len(self)), 0)
        return BitString(str(self)[size:] + "0" * size, False)

    def __rshift__(self, amount: int) -> BitString:
        """Return the bits moved right; zeros come in, the length stays."""
        size = max(min(amount, len(self)), 0)
        return BitString("0" * size + str(self)[: len(self) - size], False)

    def __invert__(self) -> BitString:
        return BitString("".join(["0" if bit == "1" else "1" for bit in str(self)]), False)

    def _with(self, other: Any, function: Callable[[int, int], int]) -> Any:
        if not isinstance(other, str):
            return NotImplemented
        if len(self) != len(other):
            raise ValueError("Operands must be the same length")
        return BitString.from_int(function(int(self), int(BitString(other))), len(self))

    def __and__(self, o: str) -> BitString:
        return cast("BitString", self._with(o, int.__and__))

    def __or__(self, o: str) -> BitString:
        return cast("BitString", self._with(o, int.__or__))

    def __xor__(self, o: str) -> BitString:
        return cast("BitString", self._with(o, int.__xor__))

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__
