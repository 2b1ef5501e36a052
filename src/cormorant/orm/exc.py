"""The errors of the ORM."""

from ..exc import MultipleResultsFound, NoResultFound
from .instance.errors import (
    NO_STATE,
    ConcurrentModificationError,
    DetachedInstanceError,
    FlushError,
    LoaderStrategyException,
    MappedAnnotationError,
    ObjectDeletedError,
    ObjectDereferencedError,
    QueryBudgetExceeded,
    StaleDataError,
    UnmappedClassError,
    UnmappedColumnError,
    UnmappedError,
    UnmappedInstanceError,
)

__all__ = [
    "NO_STATE",
    "ConcurrentModificationError",
    "DetachedInstanceError",
    "FlushError",
    "LoaderStrategyException",
    "MappedAnnotationError",
    "MultipleResultsFound",
    "NoResultFound",
    "ObjectDeletedError",
    "ObjectDereferencedError",
    "QueryBudgetExceeded",
    "StaleDataError",
    "UnmappedClassError",
    "UnmappedColumnError",
    "UnmappedError",
    "UnmappedInstanceError",
]
