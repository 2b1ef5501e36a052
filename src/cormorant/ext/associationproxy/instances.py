"""An association proxy as one class has it: reading and writing on instances, conditions in statements.

In: a proxy, the class that owns it, and what its target attribute is there. Out: `User.keywords`. The kinds differ in
what the proxy leads to: columns (`==`, `like`, ...), objects (`contains`, `any`), or nothing that is mapped.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar
from weakref import WeakValueDictionary

from ...exc import ArgumentError, InvalidRequestError
from ...orm.instance.collections import Tracked
from ...sql.logic import or_
from ...types.operators import ColumnOperators
from ...util.generics import SUBSCRIPTED
from .backing import AssociationCollection, LazyCollection
from .dicts import AssociationDict
from .lists import AssociationList
from .sets import AssociationSet

KINDS: dict[type, type[AssociationCollection]] = {list: AssociationList, set: AssociationSet, dict: AssociationDict}


class AssociationProxyInstance:
    """A proxy on its class; `owning_class.target_collection` leads to `target_class.value_attr`."""

    __class_getitem__: ClassVar[Any] = SUBSCRIPTED

    def __init__(self, parent: Any, owning_class: Any, target_class: Any, value_attr: str) -> None:
        self.parent = parent
        self.key: str = parent.key
        self.owning_class = owning_class
        self.target_collection: str = parent.target_collection
        self.target_class = target_class
        self.value_attr = value_attr
        self.collection_class: Any = None
        """list, set or dict; known once an instance was read."""
        self.entity: Any = owning_class
        """The class, or the alias of it, that conditions are about."""
        self._alive: WeakValueDictionary[int, Any] = WeakValueDictionary()

    @property
    def info(self) -> dict[str, Any]:
        """The dictionary of the proxy."""
        info: dict[str, Any] = self.parent.info
        return info

    @property
    def attribute_name(self) -> str | None:
        """The name under which the class has the proxy."""
        bases: tuple[type, ...] = self.owning_class.__mro__
        return next((key for base in bases for key, value in base.__dict__.items() if value is self.parent), None)

    # --- what it leads to

    @property
    def local_attr(self) -> Any:
        """The relationship on the owning class."""
        return getattr(self.entity, self.target_collection)

    @property
    def remote_attr(self) -> Any:
        """The attribute on the target class."""
        return getattr(self.target_class, self.value_attr)

    @property
    def attr(self) -> tuple[Any, Any]:
        """Both: what joins along the proxy are made of."""
        return self.local_attr, self.remote_attr

    @property
    def scalar(self) -> bool:
        """Whether the relationship holds one object."""
        return not self.local_attr.property.uselist

    @property
    def _further(self) -> AssociationProxyInstance | None:
        """The proxy that the target attribute is, or None."""
        remote = self.remote_attr
        return remote if isinstance(remote, AssociationProxyInstance) else None

    @property
    def _leads_to_objects(self) -> bool:
        return False

    @property
    def _holds_one(self) -> bool:
        """Whether the target attribute holds one value."""
        return not self.remote_attr.property.uselist if self._leads_to_objects else True

    def _check_mapped(self) -> None:
        """Raise where conditions cannot be made."""

    # --- conditions

    def any(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that some object at the end fulfils the criteria."""
        self._check_mapped()
        if self._further is None and self.scalar and self._holds_one:
            raise InvalidRequestError("'any()' not implemented for scalar attributes. Use has().")
        return self.exists(criterion, **kwargs)

    def has(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that the object at the end fulfils the criteria."""
        self._check_mapped()
        if self._further is None and not (self.scalar and self._holds_one):
            raise InvalidRequestError("'has()' not implemented for collections. Use any().")
        if not self._leads_to_objects and self._further is None and criterion is not None and not kwargs:
            raise ArgumentError("Non-empty has() not allowed for column-targeted association proxy; use ==")
        return self.exists(criterion, **kwargs)

    def exists(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that something at the end fulfils the criteria, one or several."""
        further = self._further
        if further is not None:
            inner = further.exists(criterion, **kwargs)
        elif self._leads_to_objects:
            inner = self.remote_attr.comparator.exists(criterion, **kwargs)
        elif kwargs:
            raise ArgumentError("Can't apply keyword arguments to column-targeted association proxy; use ==")
        else:
            inner = criterion
        return self.local_attr.comparator.exists(inner)

    def __clause_element__(self) -> Any:
        raise NotImplementedError(
            "The association proxy can't be used as a plain column expression; it only works inside of a comparison "
            "expression"
        )

    def adapt_to_entity(self, aliased_insp: Any) -> AssociationProxyInstance:
        """Return the proxy as an alias of the class has it."""
        made = type(self)(self.parent, self.owning_class, self.target_class, self.value_attr)
        made.entity = aliased_insp.entity
        return made

    # --- on instances

    def get(self, obj: Any) -> Any:
        """Return the value of an instance: that of the one object, or the collection of values."""
        if self.scalar:
            target = getattr(obj, self.target_collection)
            return None if target is None else self._scalar_get(target)
        found = self._alive.get(id(obj))
        if found is None:
            found = self._new(LazyCollection(obj, self.target_collection))
            with suppress(TypeError):  # what a proxy_factory made may not be referred to weakly: it is made each time
                self._alive[id(obj)] = found
        return found

    def _scalar_get(self, target: Any) -> Any:
        factory = self.parent.getset_factory
        return getattr(target, self.value_attr) if factory is None else factory(None, self)[0](target)

    def set(self, obj: Any, values: Any) -> None:
        """Set the value of an instance."""
        if not self.scalar:
            proxy = self.get(obj)
            if proxy is not values:
                proxy._bulk_replace(self, values)
            return
        target = getattr(obj, self.target_collection)
        if target is None:
            if values is not None or self.parent.create_on_none_assignment:
                setattr(obj, self.target_collection, self._creator(values))
            return
        self._scalar_set(target, values)
        if values is None and self.parent.cascade_scalar_deletes:
            setattr(obj, self.target_collection, None)

    def _scalar_set(self, target: Any, value: Any) -> None:
        factory = self.parent.getset_factory
        if factory is None:
            setattr(target, self.value_attr, value)
        else:
            factory(None, self)[1](target, value)

    def delete(self, obj: Any) -> None:
        """Delete the value of an instance, and what holds it."""
        if self.scalar:
            target = getattr(obj, self.target_collection)
            if target is not None:
                delattr(target, self.value_attr)
        delattr(obj, self.target_collection)

    @property
    def _creator(self) -> Any:
        return self.parent.creator or self.target_class

    def _new(self, lazy_collection: LazyCollection) -> Any:
        kind = self.collection_class = _kind_of(lazy_collection())
        if self.parent.proxy_factory is not None:
            return self.parent.proxy_factory(lazy_collection, self._creator, self.value_attr, self)
        factory = self.parent.getset_factory
        getter, setter = self._default_getset(kind) if factory is None else factory(kind, self)
        if kind not in KINDS:
            raise ArgumentError(
                "could not guess which interface to use for collection_class backing "
                f'"{self.target_collection}"; specify a proxy_factory and proxy_bulk_set manually'
            )
        return KINDS[kind](lazy_collection, self._creator, getter, setter, self)

    def _default_getset(self, kind: Any) -> tuple[Any, Any]:
        """Return the functions that read and set the value of a member."""
        name = self.value_attr

        def getter(member: Any) -> Any:
            return None if member is None else getattr(member, name)

        def keyed_setter(member: Any, key: Any, value: Any) -> None:
            setattr(member, name, value)

        def setter(member: Any, value: Any) -> None:
            setattr(member, name, value)

        return getter, keyed_setter if kind is dict else setter

    def set_values(self, proxy: Any, values: Any) -> None:
        """Fill a collection that was emptied."""
        if self.parent.proxy_bulk_set is not None:
            self.parent.proxy_bulk_set(proxy, values)
        elif self.collection_class is list:
            proxy.extend(values)
        else:
            proxy.update(values)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.parent!r})"


def _kind_of(collection: object) -> Any:
    """Return the built-in class that a collection is like: list, set or dict; else its own class."""
    if isinstance(collection, Tracked):
        return {"list": list, "set": set, "dict": dict}.get(collection._kind, type(collection))
    return next((kind for kind in KINDS if isinstance(collection, kind)), collection.__class__)


class ObjectAssociationProxyInstance(AssociationProxyInstance):
    """A proxy that leads to objects, or to another proxy."""

    @property
    def _leads_to_objects(self) -> bool:
        return True

    def contains(self, other: Any, **kw: Any) -> Any:
        """Return the condition that an object, or the value of a further proxy, is at the end."""
        further = self._further
        if further is not None:
            inner = further == other if further.scalar else further.contains(other)  # type: ignore[attr-defined]
            return self.local_attr.comparator.exists(inner)
        if not self.scalar:
            return self.local_attr.comparator.exists(**{self.value_attr: other})
        if self._holds_one:
            raise InvalidRequestError("contains() doesn't apply to a scalar object endpoint; use ==")
        return self.local_attr.comparator.has(self.remote_attr.contains(other))

    def __eq__(self, other: object) -> Any:
        comparator = self.local_attr.comparator
        found = comparator.has(**{self.value_attr: other})
        return or_(found, comparator == None) if other is None else found  # noqa: E711 - SQL

    def __ne__(self, other: object) -> Any:
        return self.local_attr.comparator.has(self.remote_attr != other)

    __hash__ = object.__hash__


class ColumnAssociationProxyInstance(AssociationProxyInstance, ColumnOperators):
    """A proxy that leads to columns: its operators are conditions about them."""

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        return self.exists(self.remote_attr.operate(op, *other, **kwargs))

    def __eq__(self, other: object) -> Any:
        found = self.exists(self.remote_attr == other)
        return or_(found, self.local_attr.comparator == None) if other is None else found  # noqa: E711 - SQL

    __hash__ = object.__hash__


class AmbiguousAssociationProxyInstance(AssociationProxyInstance):
    """A proxy whose target attribute is not mapped, at least not on the class itself: it works on instances only."""

    def _check_mapped(self) -> None:
        raise AttributeError(
            f"Association proxy {self.owning_class.__name__}.{self.target_collection} refers to an attribute "
            f"'{self.value_attr}' that is not directly mapped on class {self.target_class}; therefore this operation "
            "cannot proceed since we don't know what type of object is referred towards"
        )

    def exists(self, criterion: Any = None, **kwargs: Any) -> Any:
        self._check_mapped()

    def __eq__(self, other: object) -> Any:
        self._check_mapped()

    def __ne__(self, other: object) -> Any:
        self._check_mapped()

    __hash__ = object.__hash__


AliasedAssociationProxyInstance = AssociationProxyInstance
"""Proxies of aliased classes are of the same classes; `entity` is the alias."""
