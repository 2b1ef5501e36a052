"""Collections of related objects, and how programs declare their own."""

from .instance.adapter import CollectionAdapter
from .instance.containers import InstrumentedDict, InstrumentedList, InstrumentedSet
from .instance.keyed import (
    KeyFuncDict,
    MappedCollection,
    attribute_keyed_dict,
    attribute_mapped_collection,
    column_keyed_dict,
    column_mapped_collection,
    keyfunc_mapping,
    mapped_collection,
)
from .instance.roles import collection
from .instance.swap import bulk_replace, collection_adapter

__all__ = [
    "CollectionAdapter",
    "InstrumentedDict",
    "InstrumentedList",
    "InstrumentedSet",
    "KeyFuncDict",
    "MappedCollection",
    "attribute_keyed_dict",
    "attribute_mapped_collection",
    "bulk_replace",
    "collection",
    "collection_adapter",
    "column_keyed_dict",
    "column_mapped_collection",
    "keyfunc_mapping",
    "mapped_collection",
]
