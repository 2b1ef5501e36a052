"""Association proxies: attributes of related objects as attributes of the object itself."""

from .dicts import AssociationDict
from .instances import (
    AliasedAssociationProxyInstance,
    AmbiguousAssociationProxyInstance,
    AssociationProxyInstance,
    ColumnAssociationProxyInstance,
    ObjectAssociationProxyInstance,
)
from .lists import AssociationList
from .proxy import AssociationProxy, AssociationProxyExtensionType, association_proxy
from .sets import AssociationSet

__all__ = [
    "AliasedAssociationProxyInstance",
    "AmbiguousAssociationProxyInstance",
    "AssociationDict",
    "AssociationList",
    "AssociationProxy",
    "AssociationProxyExtensionType",
    "AssociationProxyInstance",
    "AssociationSet",
    "ColumnAssociationProxyInstance",
    "ObjectAssociationProxyInstance",
    "association_proxy",
]
