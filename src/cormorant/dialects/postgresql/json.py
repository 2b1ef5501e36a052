"""JSON and JSONB with their operators; a path as a value of its own type."""

from __future__ import annotations

from typing import Any, ClassVar

from ...sql.operations import BinaryExpression
from ...types.base import TypeEngine
from ...types.custom_op import OperatorClass
from ...types.documents import JSON as BASE_JSON
from ...types.documents import JSONComparator as GenericComparator
from ...types.documents import JSONPathType
from ...types.operators import json_path_getitem_op
from ...types.text import Text
from . import operators as pg
from .array import array, cast_to_text_array
from .keyed import KeyedComparator

__all__ = ["JSON", "JSONB", "JSONPATH", "JSONPathType"]


class JSONComparator(GenericComparator):
    """Operators of JSON."""

    __slots__ = ()

    @property
    def astext(self) -> Any:
        """The part of a document as text: `col['key'].astext`."""
        is_path = self.expr.operator is json_path_getitem_op
        operator = pg.JSONPATH_ASTEXT if is_path else pg.ASTEXT
        return BinaryExpression(self.expr.left, self.expr.right, operator, self.expr.type.astext_type)


class JSONBComparator(KeyedComparator, JSONComparator):
    """Operators of JSONB."""

    __slots__ = ()

    def delete_path(self, array_: Any) -> Any:
        """The document without what is at a path: `#-`."""
        path = array_ if isinstance(array_, array) else array(array_)
        return self.operate(pg.DELETE_PATH, cast_to_text_array(path))

    def path_exists(self, other: Any) -> Any:
        """Whether a JSONPath finds something: `@?`."""
        return self.operate(pg.PATH_EXISTS, other)

    def path_match(self, other: Any) -> Any:
        """What the predicate of a JSONPath says: `@@`."""
        return self.operate(pg.PATH_MATCH, other)


class JSON(BASE_JSON):
    """A document as text. `astext_type` is the type of `astext`."""

    Comparator: ClassVar[type[Any]] = JSONComparator
    comparator_factory = JSONComparator
    operator_classes = OperatorClass.JSON
    render_bind_cast: ClassVar[bool] = True
    astext_type: TypeEngine[Any] = Text()

    def __init__(self, none_as_null: bool = False, astext_type: Any = None) -> None:
        super().__init__(none_as_null)
        self.astext_type = Text() if astext_type is None else astext_type


class JSONB(JSON):
    """A document in its decomposed form, which can be indexed."""

    is_specific = True

    Comparator: ClassVar[type[Any]] = JSONBComparator
    comparator_factory = JSONBComparator
    operator_classes = OperatorClass.JSON | OperatorClass.CONCATENABLE | OperatorClass.CONTAINS

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        if op in (pg.PATH_EXISTS, pg.PATH_MATCH):
            return JSONPATH()
        return super().coerce_compared_value(op, value)


class JSONPATH(JSONPathType):
    """A JSONPath expression."""

    is_specific = True
