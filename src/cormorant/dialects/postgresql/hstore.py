"""HSTORE: text by text, as a type with its operators and as a function that makes one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from ...sql.functions import GenericFunction
from ...sql.node import TYPE, Kind
from ...types.base import TypeEngine, to_instance
from ...types.boolean import BOOLEANTYPE
from ...types.custom_op import OperatorClass
from ...types.operators import getitem
from ...types.text import STRINGTYPE, Concatenable, Indexable, Text
from .array import ARRAY
from .keyed import KeyedComparator


class HSTOREComparator(KeyedComparator):
    """Operators of HSTORE."""

    __slots__ = ()

    def defined(self, key: Any) -> Any:
        """Whether there is a key with a value."""
        return hstore_defined(self.expr, key)

    def delete(self, key: Any) -> Any:
        """The pairs without those of a key, of keys, or of another HSTORE."""
        return hstore_delete(self.expr, key)

    def slice(self, array: Any) -> Any:
        """The pairs of some keys."""
        return hstore_slice(self.expr, array)

    def keys(self) -> Any:
        """The keys as an array."""
        return hstore_keys(self.expr)

    def vals(self) -> Any:
        """The values as an array."""
        return hstore_vals(self.expr)

    def array(self) -> Any:
        """Keys and values in turn as an array."""
        return hstore_array(self.expr)

    def matrix(self) -> Any:
        """The pairs as an array of arrays."""
        return hstore_matrix(self.expr)


class HSTORE(Indexable, Concatenable, TypeEngine[Any]):  # pyright: ignore[reportIncompatibleMethodOverride]
    """Pairs of texts; `text_type` is the type of the values. Needs the extension of that name."""

    is_specific = True

    Comparator: ClassVar[type[Any]] = HSTOREComparator
    comparator_factory = HSTOREComparator
    operator_classes = (
        OperatorClass.BASE | OperatorClass.CONTAINS | OperatorClass.INDEXABLE | OperatorClass.CONCATENABLE
    )
    hashable = False

    text_type: TypeEngine[Any] = Text()

    def __init__(self, text_type: Any = None) -> None:
        self.text_type = Text() if text_type is None else to_instance(text_type)

    def subscript(self, index: Any) -> tuple[Any, Any, TypeEngine[Any], TypeEngine[Any]]:
        return getitem, index, STRINGTYPE, self.text_type


HSTORE.affinity = HSTORE


class hstore(GenericFunction[Any]):  # noqa: N801 - named like the function
    """Pairs made of two texts, of two arrays, or of one array of keys and values in turn."""

    type: TypeEngine[Any] = HSTORE()
    inherit_cache: ClassVar[bool | None] = True


class _OfHstore(GenericFunction[Any]):
    """A function of the extension; its result type is that of the text inside, where it depends on it."""

    _is_abstract: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {"type": TYPE}
    inherit_cache: ClassVar[bool | None] = True


class hstore_defined(_OfHstore):  # noqa: N801
    """Whether a key has a value."""

    type: TypeEngine[Any] = BOOLEANTYPE
    name = "defined"


class hstore_delete(_OfHstore):  # noqa: N801
    """Pairs without some."""

    type: TypeEngine[Any] = HSTORE()
    name = "delete"


class hstore_slice(_OfHstore):  # noqa: N801
    """The pairs of some keys."""

    type: TypeEngine[Any] = HSTORE()
    name = "slice"


class hstore_keys(_OfHstore):  # noqa: N801
    """The keys."""

    type: TypeEngine[Any] = ARRAY(Text())
    name = "akeys"


class hstore_vals(_OfHstore):  # noqa: N801
    """The values."""

    type: TypeEngine[Any] = ARRAY(Text())
    name = "avals"


class hstore_array(_OfHstore):  # noqa: N801
    """Keys and values in turn."""

    type: TypeEngine[Any] = ARRAY(Text())
    name = "hstore_to_array"


class hstore_matrix(_OfHstore):  # noqa: N801
    """Pairs as arrays."""

    type: TypeEngine[Any] = ARRAY(Text())
    name = "hstore_to_matrix"


# as text, where the driver does not know the type

_PAIR = re.compile(
    r"""(
  "(?P<key>(\\.|[^"])*)" [ ]*=>[ ]* (?P<value> NULL | "(?P<text>(\\.|[^"])*)" )
)[ ]*(,|$)[ ]*""",
    re.VERBOSE | re.IGNORECASE,
)


def written_pairs(value: Any) -> Any:
    """Return a dictionary as the text of an HSTORE; text stays as it is."""
    if not isinstance(value, Mapping):
        return value
    pairs: Mapping[Any, Any] = value  # pyright: ignore[reportUnknownVariableType]
    return ", ".join([f"{_quoted(key)}=>{_quoted(text)}" for key, text in pairs.items()])


def _quoted(text: Any) -> str:
    if text is None:
        return "NULL"
    if not isinstance(text, str):
        raise ValueError(f"keys and values of an HSTORE are strings, got {text!r}")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def read_pairs(text: Any) -> Any:
    """Return the text of an HSTORE as a dictionary; raises ValueError for text that is none."""
    if not isinstance(text, str):
        return text
    found: dict[str, str | None] = {}
    place = 0
    match = _PAIR.match(text)
    while match is not None:
        found[_plain(match["key"])] = None if match["value"].upper() == "NULL" else _plain(match["text"])
        place = match.end()
        match = _PAIR.match(text, place) if place < len(text) else None
    if place != len(text):
        raise ValueError(f"this is no text of an HSTORE, from position {place} on: {text!r}")
    return found


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
