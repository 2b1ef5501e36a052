"""Mapped[...] and its like: what an annotation of a declarative class says of an attribute.

In: an annotation, real or as text, and the module and class it stands in. Out: `MappedType`: the container, the inner
type, whether it may be None. Names that cannot be found yet (classes declared later) stay forward references.
"""

from __future__ import annotations

import ast
import builtins
import sys
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    ForwardRef,
    Generic,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    overload,
)

from ...exc import ArgumentError
from ...sql.column import SQLCoreOperations
from .attribute import InstrumentedAttribute

T_co = TypeVar("T_co", covariant=True)


class Mapped(SQLCoreOperations[T_co], Generic[T_co]):
    """The annotation of a mapped attribute: `name: Mapped[str]`."""

    if TYPE_CHECKING:  # what type checkers are to think of attributes that are annotated so

        @overload
        def __get__(self, instance: None, owner: Any) -> InstrumentedAttribute[T_co]: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> T_co: ...
        def __get__(self, instance: object | None, owner: Any) -> Any: ...
        def __set__(self, instance: Any, value: SQLCoreOperations[T_co] | T_co) -> None: ...
        def __delete__(self, instance: Any) -> None: ...


class DynamicMapped(Mapped[T_co]):
    """The annotation of a dynamic relationship; what type checkers are to think of it is in `query.typed_mapped`."""


class WriteOnlyMapped(Mapped[T_co]):
    """The annotation of a write-only relationship; see there, too."""


class Unmapped(Generic[T_co]):
    """The annotation of a column that is in the table and no attribute: `seen: Unmapped[int]`."""

    if TYPE_CHECKING:

        def __set__(self, instance: Any, value: Any) -> None: ...


@dataclass(frozen=True)
class MappedType:
    """The content of `Mapped[...]`."""

    container: Any
    """Mapped, or a subclass of it."""
    inner: Any
    """The type as it was written, forward references and all."""
    bare: Any
    """The inner type without None."""
    is_optional: bool
    metadata: tuple[Any, ...] = ()
    """What an Annotated type carries."""


class NotMapped:
    """The annotation is no `Mapped[...]`; `is_class_var` tells those that are meant to stay plain."""

    def __init__(self, is_class_var: bool) -> None:
        self.is_class_var = is_class_var


class Scope(Mapping[str, Any]):
    """The names an annotation may use: of the class, of its module, built-in ones."""

    def __init__(self, class_: type) -> None:
        module = sys.modules.get(class_.__module__)
        self.places: list[Mapping[str, Any]] = [
            {class_.__name__: class_},
            vars(module) if module is not None else {},
            vars(builtins),
            {"Mapped": Mapped, "DynamicMapped": DynamicMapped, "WriteOnlyMapped": WriteOnlyMapped},
        ]

    def __getitem__(self, name: str) -> Any:
        for place in self.places:
            if name in place:
                return place[name]
        raise KeyError(name)

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


def stands_for_mapped(class_: Any) -> bool:
    """Tell whether a class says as much as `Mapped` in an annotation: `children: Relationship[list[Child]]`."""
    return bool(getattr(class_, "is_annotation", False))


def read_annotation(class_: type, annotation: Any) -> MappedType | NotMapped:
    """Return what an annotation says."""
    scope = Scope(class_)
    resolved = resolve_names(annotation, scope)
    origin: Any = get_origin(resolved) or resolved
    if origin is ClassVar:
        return NotMapped(is_class_var=True)
    if not (isinstance(origin, type) and (issubclass(origin, (Mapped, Unmapped)) or stands_for_mapped(origin))):
        return NotMapped(is_class_var=False)
    args = get_args(resolved)
    if not args:
        return MappedType(origin, None, None, False)
    inner = resolve_names(args[0], scope)
    return _mapped_type(origin, inner)


def read_type(class_: type, annotation: Any) -> MappedType:
    """Return what the annotation of an ordinary attribute says, as if it stood in `Mapped[...]`."""
    return _mapped_type(Mapped, resolve_names(annotation, Scope(class_)))


def _mapped_type(container: Any, inner: Any) -> MappedType:
    bare, is_optional = without_none(inner)
    metadata: tuple[Any, ...] = ()
    if get_origin(bare) is Annotated:
        metadata = tuple(bare.__metadata__)
        _, none_inside = without_none(bare.__origin__)
        return MappedType(container, inner, bare, is_optional or none_inside, metadata)
    return MappedType(container, inner, bare, is_optional)


def without_none(type_: Any) -> tuple[Any, bool]:
    """Return the type without None, and whether it had it."""
    value = getattr(type_, "__value__", None)
    if value is not None and not isinstance(type_, type) and is_union(value):
        _, has_none = without_none(value)
        return type_, has_none
    if not is_union(type_):
        return type_, False
    args = get_args(type_)
    rest = tuple(arg for arg in args if arg is not type(None))
    if len(rest) == len(args):
        return type_, False
    return (rest[0] if len(rest) == 1 else Union[rest]), True  # noqa: UP007 - built from a tuple


def is_union(type_: Any) -> bool:
    """Tell whether a type is `A | B` or `Union[A, B]`."""
    return get_origin(type_) in (Union, types.UnionType)


# --- names


def resolve_names(annotation: Any, scope: Mapping[str, Any]) -> Any:
    """Return an annotation with text evaluated; a name that is not found becomes a forward reference."""
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if not isinstance(annotation, str):
        return annotation
    try:
        tree = ast.parse(annotation.strip(), mode="eval")
    except SyntaxError as error:
        raise ArgumentError(f"annotation {annotation!r} is no Python expression") from error
    return _evaluate(tree.body, scope)


def _evaluate(node: ast.expr, scope: Mapping[str, Any]) -> Any:
    handler = _HANDLERS.get(type(node))
    return _plain(node, scope) if handler is None else handler(node, scope)


def _plain(node: ast.expr, scope: Mapping[str, Any]) -> Any:
    code = compile(ast.Expression(node), "<annotation>", "eval")
    names = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
    return eval(code, {name: scope[name] for name in names if name in scope})


def _constant(node: Any, scope: Mapping[str, Any]) -> Any:
    return resolve_names(node.value, scope) if isinstance(node.value, str) else node.value


def _name(node: Any, scope: Mapping[str, Any]) -> Any:
    try:
        return scope[node.id]
    except KeyError:
        return ForwardRef(node.id)


def _attribute(node: Any, scope: Mapping[str, Any]) -> Any:
    owner = _evaluate(node.value, scope)
    if isinstance(owner, ForwardRef):
        return ForwardRef(f"{owner.__forward_arg__}.{node.attr}")
    return getattr(owner, node.attr, None) or ForwardRef(ast.unparse(node))


def _union(node: Any, scope: Mapping[str, Any]) -> Any:
    if not isinstance(node.op, ast.BitOr):
        return _plain(node, scope)
    return Union[_evaluate(node.left, scope), _evaluate(node.right, scope)]  # noqa: UP007 - built from values


def _tuple(node: Any, scope: Mapping[str, Any]) -> Any:
    return tuple(_evaluate(item, scope) for item in node.elts)


def _subscript(node: Any, scope: Mapping[str, Any]) -> Any:
    base = _evaluate(node.value, scope)
    if base is Literal:
        return _plain(node, scope)
    if isinstance(base, ForwardRef):
        return ForwardRef(ast.unparse(node))
    if base is Annotated:
        first, *rest = node.slice.elts
        return Annotated[(_evaluate(first, scope), *(_plain(item, scope) for item in rest))]
    return base[_evaluate(node.slice, scope)]


_HANDLERS: dict[type, Any] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.BinOp: _union,
    ast.Tuple: _tuple,
    ast.Subscript: _subscript,
}


def class_name_in(type_: Any) -> Any:
    """Return what a relationship leads to for an annotated type: the class, or its name as text."""
    if isinstance(type_, ForwardRef):
        return type_.__forward_arg__
    return type_
