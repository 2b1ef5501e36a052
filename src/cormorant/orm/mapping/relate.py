"""What an annotation says of a relationship: its target, whether it is a collection, and of which kind.

In: `Mapped[list["Post"]]`, `Mapped[Post | None]` and their like. Out: the relationship's `argument`, `uselist` and
`collection_class`, where the program left them open.
"""

from __future__ import annotations

import collections.abc
import inspect
from typing import Any, ForwardRef, get_args, get_origin

from ...exc import ArgumentError
from ...util import NO_ARG
from ..instance.checks import is_a
from .annotated import DynamicMapped, MappedType, WriteOnlyMapped, class_name_in, without_none
from .relationship import RelationshipProperty

STREAMED: dict[Any, str] = {DynamicMapped: "dynamic", WriteOnlyMapped: "write_only"}


def annotate_relationship(prop: RelationshipProperty, class_: type, key: str, mapped: Any) -> None:
    """Complete a relationship from its annotation; raise ArgumentError where neither says where it leads."""
    prop.key = key
    if isinstance(mapped, MappedType):
        lazy = STREAMED.get(mapped.container)
        if lazy is not None:
            prop.lazy = lazy
            prop.uselist = True if prop.uselist is None else prop.uselist
        _complete(prop, class_, mapped)
    if prop.argument is None:
        raise ArgumentError(
            f'Python typing annotation is required for attribute "{class_.__name__}.{key}" when primary argument(s) '
            "for "
            '"Relationship" construct are None or not present'
        )


def _complete(prop: RelationshipProperty, class_: type, mapped: MappedType) -> None:
    collection = _collection_of(mapped.bare)
    target = mapped.bare
    if collection is not None:
        args = get_args(target)
        target = args[-1] if args else None
        if prop.collection_class is None:
            _require_concrete(collection)
            prop.collection_class = collection
            _check_factory(prop, class_, collection)
        if prop.uselist is None:
            prop.uselist = True
        if prop.uselist and prop.dataclass_options.get("default", NO_ARG) is None:
            raise ArgumentError(
                f"On relationship {class_.__name__}.{prop.key}, the dataclass default for relationship may only be set "
                "for a relationship that references a scalar value, i.e. many-to-one or explicitly uselist=False"
            )
    elif prop.uselist is None:
        prop.uselist = prop.collection_class is not None
    if isinstance(target, str):
        target = ForwardRef(target)
    target, _ = without_none(target)
    if prop.argument is None and target is not None:
        prop.argument = class_name_in(target)
        prop.is_argument_annotated = True


def _collection_of(type_: Any) -> Any:
    """Return the collection class of a generic type, or None where it is none."""
    origin: Any = get_origin(type_)
    return origin if is_a(origin, type) and _is_collection(origin) else None


def _require_concrete(collection: type) -> None:
    if inspect.isabstract(collection):
        raise ArgumentError(
            f"Collection annotation type {collection} cannot be instantiated; please provide an explicit "
            "'collection_class' parameter (e.g. list, set, etc.) to the relationship() function to accompany this "
            "annotation"
        )


def _check_factory(prop: RelationshipProperty, class_: type, collection: Any) -> None:
    """Refuse a `default_factory` that makes something else than the attribute holds."""
    factory = prop.dataclass_options.get("default_factory", collection)
    if factory is not collection:
        raise ArgumentError(
            f"For relationship {class_.__name__}.{prop.key} using dataclass options, default_factory must be exactly "
            f"{collection}"
        )


def _is_collection(cls: Any) -> bool:
    return issubclass(cls, collections.abc.Collection)
