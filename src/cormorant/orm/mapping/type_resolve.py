"""The SQL type of a mapped column from its Python type, with the listeners of `resolve_type_annotation`.

In: a registry, a class, an attribute and what its annotation says. Out: a type object, or MappedAnnotationError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ForwardRef, get_args, get_origin

from ..instance.errors import MappedAnnotationError
from .annotated import MappedType, without_none
from .type_map import sql_type_for, type_of_python_type


@dataclass(frozen=True)
class TypeResolve:
    """What listeners of `resolve_type_annotation` learn of one attribute."""

    registry: Any
    cls: type
    """The class that is being mapped."""
    key: str
    """The attribute."""
    raw_type: Any
    """The type inside `Mapped[...]`, as it was written."""
    resolved_type: Any
    """The Python type that is looked up: without None, and what stands behind an alias or `Annotated`."""
    raw_pep_593_type: Any
    """The `Annotated[...]`, or None."""
    pep_593_resolved_argument: Any
    """The type inside `Annotated[...]`, or None."""
    raw_pep_695_type: Any
    """The type alias, or None."""
    pep_695_resolved_value: Any
    """What the type alias stands for, or None."""

    def resolve(self, python_type: Any) -> Any:
        """Return the SQL type that the registry has for a Python type, or None."""
        return type_of_python_type(self.registry.type_annotation_map, python_type)


def resolved_type(registry: Any, class_: type, key: str, mapped: MappedType) -> Any:
    """Return the SQL type of an attribute; the first type that a listener returns is taken."""
    about = _describe(registry, class_, key, mapped)
    listeners: tuple[Callable[[TypeResolve], Any], ...] = registry.hooks.resolve_type_annotation or ()
    for listener in listeners:
        found = listener(about)
        if found is not None:
            return found
    found = sql_type_for(registry.type_annotation_map, mapped)
    if found is None:
        raise _unknown(about, mapped)
    return found


def _describe(registry: Any, class_: type, key: str, mapped: MappedType) -> TypeResolve:
    current: Any = mapped.bare
    alias = value = annotated = argument = None
    if hasattr(current, "__value__") and not isinstance(current, type):
        alias, value = current, current.__value__
        current, _ = without_none(value)
    if get_origin(current) is Annotated:
        annotated = current
        argument = current = get_args(current)[0]
        current, _ = without_none(current)
    return TypeResolve(registry, class_, key, mapped.inner, current, annotated, argument, alias, value)


def _unknown(about: TypeResolve, mapped: MappedType) -> MappedAnnotationError:
    if isinstance(mapped.bare, ForwardRef):
        return MappedAnnotationError(
            f'Could not resolve all types within mapped annotation: "Mapped[{mapped.bare.__forward_arg__}]".  Ensure '
            "all types are written correctly and are imported within the module in use."
        )
    outer = about.raw_pep_695_type if about.raw_pep_695_type is not None else about.raw_pep_593_type
    reason = (
        "the type object is not resolvable by the registry"
        if outer is None
        else f"neither '{outer}' nor '{about.resolved_type}' are resolvable by the registry"
    )
    return MappedAnnotationError(
        f"Could not locate SQLAlchemy Core type when resolving for Python type indicated by '{mapped.bare}' inside the "
        f"Mapped[] annotation for the '{about.key}' attribute; {reason}"
    )
