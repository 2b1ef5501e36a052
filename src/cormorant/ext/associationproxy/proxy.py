"""association_proxy(): the descriptor that a program puts on a class.

In: the name of a relationship and that of an attribute of its target. Out: a descriptor that finds out, class by class,
what it leads to (`instances`), and is a value or a collection of values on instances.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar, cast, overload
from weakref import WeakKeyDictionary

from ...orm.instance.inspected import InspectionAttrExtensionType, InspectionAttrInfo
from ...orm.instance.manager import manager_of_class
from ...orm.mapping.attribute import QueryableAttribute
from ...orm.mapping.inspecting import class_mapper
from ...util import NO_ARG
from .instances import (
    AmbiguousAssociationProxyInstance,
    AssociationProxyInstance,
    ColumnAssociationProxyInstance,
    ObjectAssociationProxyInstance,
)

T = TypeVar("T")
Function = Callable[..., Any]


class AssociationProxyExtensionType(InspectionAttrExtensionType):
    """The kind of association proxies, as `extension_type` of what `Mapper.all_orm_descriptors` lists."""

    ASSOCIATION_PROXY = "ASSOCIATION_PROXY"


class AssociationProxy(InspectionAttrInfo, Generic[T]):
    """A view on an attribute of related objects: `user.keywords` for `[one.keyword for one in user.links]`."""

    is_attribute: ClassVar[bool] = True
    extension_type: Any = AssociationProxyExtensionType.ASSOCIATION_PROXY

    def __init__(
        self,
        target_collection: str,
        attr: str,
        *,
        creator: Function | None = None,
        getset_factory: Function | None = None,
        proxy_factory: Function | None = None,
        proxy_bulk_set: Function | None = None,
        info: dict[str, Any] | None = None,
        cascade_scalar_deletes: bool = False,
        create_on_none_assignment: bool = False,
        attribute_options: dict[str, Any] | None = None,
    ) -> None:
        self.target_collection = target_collection
        self.value_attr = attr
        self.creator = creator
        self.getset_factory = getset_factory
        self.proxy_factory = proxy_factory
        self.proxy_bulk_set = proxy_bulk_set
        self.cascade_scalar_deletes = cascade_scalar_deletes
        self.create_on_none_assignment = create_on_none_assignment
        self.dataclass_options: dict[str, Any] = attribute_options or {}
        """What the program said of it as a dataclass field."""
        self.key = f"_{type(self).__name__}_{target_collection}_{id(self)}"
        if info is not None:
            self.__dict__["info"] = info
        self._by_class: WeakKeyDictionary[type, AssociationProxyInstance] = WeakKeyDictionary()

    @overload
    def __get__(self, instance: Any, owner: None) -> AssociationProxy[T]: ...
    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Any: ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> T: ...
    def __get__(self, instance: Any, owner: Any) -> Any:
        if owner is None or manager_of_class(_class_of(owner)) is None:
            return self
        if instance is not None:
            return self.for_class(owner, instance).get(instance)
        return self.for_class(owner)

    def __set__(self, instance: object, values: Any) -> None:
        self.for_class(type(instance), instance).set(instance, values)

    def __delete__(self, instance: object) -> None:
        self.for_class(type(instance), instance).delete(instance)

    def for_class(self, class_: type[Any], obj: Any = None) -> AssociationProxyInstance:
        """Return the proxy as a class has it; an object helps where only its own target has the attribute."""
        found = self._by_class.get(class_)
        if found is None:
            found = made_for(self, class_, obj)
            if not isinstance(found, AmbiguousAssociationProxyInstance):
                self._by_class[class_] = found
        return found

    def __repr__(self) -> str:
        return f"AssociationProxy({self.target_collection!r}, {self.value_attr!r})"


def _class_of(owner: Any) -> Any:
    return owner if isinstance(owner, type) else owner._sa_entity.mapper.class_


def made_for(proxy: AssociationProxy[Any], owner: Any, obj: Any) -> AssociationProxyInstance:
    """Return the proxy as a class has it, of the kind that suits the target attribute."""
    prop: Any = class_mapper(owner).get_property(proxy.target_collection)
    if not prop.is_relationship:
        raise NotImplementedError("association proxy to a non-relationship intermediary is not supported")
    target_class = prop.mapper.class_
    arguments = (proxy, owner, target_class, proxy.value_attr)
    remote: Any = getattr(target_class, proxy.value_attr, None)
    if remote is None and obj is not None and not prop.uselist:
        target: Any = getattr(obj, proxy.target_collection)
        remote = getattr(target.__class__, proxy.value_attr, None)
    if isinstance(remote, AssociationProxyInstance):
        return ObjectAssociationProxyInstance(*arguments)
    if not isinstance(remote, QueryableAttribute):
        return AmbiguousAssociationProxyInstance(*arguments)
    target_property: Any = getattr(cast("Any", remote), "property", None)
    if getattr(target_property, "is_relationship", False):
        return ObjectAssociationProxyInstance(*arguments)
    return ColumnAssociationProxyInstance(*arguments)


def association_proxy(
    target_collection: str,
    attr: str,
    *,
    creator: Function | None = None,
    getset_factory: Function | None = None,
    proxy_factory: Function | None = None,
    proxy_bulk_set: Function | None = None,
    info: dict[str, Any] | None = None,
    cascade_scalar_deletes: bool = False,
    create_on_none_assignment: bool = False,
    init: Any = NO_ARG,
    repr: Any = NO_ARG,
    default: Any = NO_ARG,
    default_factory: Any = NO_ARG,
    compare: Any = NO_ARG,
    kw_only: Any = NO_ARG,
    hash: Any = NO_ARG,
    dataclass_metadata: Any = NO_ARG,
) -> AssociationProxy[Any]:
    """Return a proxy of the attribute `attr` of the objects that the relationship `target_collection` holds."""
    options = {
        "init": init,
        "repr": repr,
        "default": default,
        "default_factory": default_factory,
        "compare": compare,
        "kw_only": kw_only,
        "hash": hash,
        "dataclass_metadata": dataclass_metadata,
    }
    return AssociationProxy(
        target_collection,
        attr,
        creator=creator,
        getset_factory=getset_factory,
        proxy_factory=proxy_factory,
        proxy_bulk_set=proxy_bulk_set,
        info=info,
        cascade_scalar_deletes=cascade_scalar_deletes,
        create_on_none_assignment=create_on_none_assignment,
        attribute_options={name: value for name, value in options.items() if value is not NO_ARG},
    )
