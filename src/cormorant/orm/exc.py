"""The errors of the ORM."""

from ..exc import MultipleResultsFound, NoResultFound
from .instance.errors import (
    NO_STATE,
    ConcurrentModificationError,
    DetachedInstanceError,
    FlushError,
    LoaderStrategyException,
    MappedAnnotationError,
    MergeConflict,
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
    "MergeConflict",
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
