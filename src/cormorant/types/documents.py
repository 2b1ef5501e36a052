"""JSON documents, the types of their subscripts, and the casts of what a subscript finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from .. import exc
from ..util import Symbol
from . import operator_functions as ops
from .base import Comparator, TypeEngine
from .boolean import BOOLEANTYPE
from .custom_op import OperatorClass
from .numeric import Float, Integer, Numeric
from .text import Concatenable, Indexable, Unicode

NULL = Symbol("JSON_NULL", "The JSON value null, as opposed to the SQL NULL.")
_SUBSCRIPTS = (ops.json_getitem_op, ops.json_path_getitem_op)


class JSONElementType(TypeEngine[Any]):
    """The type of something inside a document."""

    operator_classes = OperatorClass.ANY


class JSONIndexType(JSONElementType):
    """The type of a subscript whose kind is not known."""


class JSONIntIndexType(JSONIndexType):
    """The type of a place in an array."""


class JSONStrIndexType(JSONIndexType):
    """The type of a key of an object."""


class JSONPathType(JSONElementType):
    """The type of a path: a sequence of keys and places."""


class JSONComparator(Comparator[Any]):
    """Subscripts of documents, and what they are taken to be."""

    __slots__ = ()

    def _as(self, type_: TypeEngine[Any], asked: str) -> Any:
        if getattr(self.expr, "operator", None) not in _SUBSCRIPTS:
            raise exc.InvalidRequestError(
                f"The JSON cast operator JSON.{asked}() only works with a JSON index expression e.g. col['q'].{asked}()"
            )
        return self.expr._copy(type=type_)

    def as_boolean(self) -> Any:
        """Take the value found to be true or false."""
        return self._as(BOOLEANTYPE, "as_boolean")

    def as_string(self) -> Any:
        """Take the value found to be text."""
        return self._as(Unicode(), "as_string")

    def as_integer(self) -> Any:
        """Take the value found to be a whole number."""
        return self._as(Integer(), "as_integer")

    def as_float(self) -> Any:
        """Take the value found to be a float."""
        return self._as(Float(), "as_float")

    def as_numeric(self, precision: int | None, scale: int | None, asdecimal: bool = True) -> Any:
        """Take the value found to be a Decimal."""
        return self._as(Numeric(precision, scale, asdecimal=asdecimal), "as_numeric")

    def as_json(self) -> Any:
        """Take the value found to be a document, as it is by default."""
        return self.expr


class JSON(Indexable, Concatenable[Any], TypeEngine[Any]):  # pyright: ignore[reportIncompatibleMethodOverride]
    """A document. A Python None is the JSON value null unless `none_as_null`, which makes it SQL NULL."""

    is_generic: ClassVar[bool] = True
    NULL: ClassVar[Symbol] = NULL
    JSONElementType: ClassVar[type[Any]] = JSONElementType
    JSONIndexType: ClassVar[type[Any]] = JSONIndexType
    JSONIntIndexType: ClassVar[type[Any]] = JSONIntIndexType
    JSONStrIndexType: ClassVar[type[Any]] = JSONStrIndexType
    JSONPathType: ClassVar[type[Any]] = JSONPathType
    Comparator: ClassVar[type[Any]] = JSONComparator
    comparator_factory = JSONComparator
    operator_classes = OperatorClass.JSON
    hashable = False

    def __init__(self, none_as_null: bool = False) -> None:
        self.none_as_null = none_as_null

    @property
    def should_evaluate_none(self) -> bool:
        """Whether None is a value to be written: the JSON null."""
        return bool(self.__dict__.get("_evaluates_none", not self.none_as_null))

    @should_evaluate_none.setter
    def should_evaluate_none(self, value: bool) -> None:
        self.__dict__["_evaluates_none"] = value

    def subscript(self, index: Any) -> tuple[Any, Any, TypeEngine[Any], TypeEngine[Any]]:
        if isinstance(index, (list, tuple)):
            path: Any = index  # pyright: ignore[reportUnknownVariableType]
            return ops.json_path_getitem_op, path, JSONPathType(), self
        index_type = JSONIntIndexType() if isinstance(index, int) else JSONStrIndexType()
        return ops.json_getitem_op, index, index_type, self

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        made: TypeEngine[Any] = self.adapt(JSON)
        return made

    def writer(self, dumps: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return the function from a value, None and null() included, to what the driver gets; `dumps` serializes."""
        none_is_null = self.none_as_null

        def write(value: Any) -> Any:
            if (value is None and none_is_null) or getattr(value, "is_null_constant", False):
                return None
            return dumps(None if value is NULL else value)

        return write


JSON.affinity = JSON
JSONTYPE = JSON()
