"""The named constants of attribute access: what stands for an absent value, and how far a read may go."""

from __future__ import annotations

from enum import Enum, IntFlag
from types import MappingProxyType
from typing import Any, Final

from ...kernels._attributes import STATE

__all__ = ["ATTR_EMPTY", "ATTR_WAS_SET", "DONT_SET", "NOTHING", "NO_VALUE", "PASSIVE_NO_RESULT", "STATE"]


class LoaderCallableStatus(Enum):
    """What a read gives where there is no value to give."""

    PASSIVE_NO_RESULT = 0
    """The value exists in the database and the read was not allowed to load it."""
    PASSIVE_CLASS_MISMATCH = 1
    """The identity map holds an object of another class under the key."""
    ATTR_WAS_SET = 2
    """The loader stored the value itself."""
    ATTR_EMPTY = 3
    """There is nothing to load."""
    NO_VALUE = 4
    """The attribute has no value: it was never set or loaded."""
    DONT_SET = 5
    """A value must not be stored."""


PASSIVE_NO_RESULT: Final = LoaderCallableStatus.PASSIVE_NO_RESULT
PASSIVE_CLASS_MISMATCH: Final = LoaderCallableStatus.PASSIVE_CLASS_MISMATCH
ATTR_WAS_SET: Final = LoaderCallableStatus.ATTR_WAS_SET
ATTR_EMPTY: Final = LoaderCallableStatus.ATTR_EMPTY
NO_VALUE: Final = LoaderCallableStatus.NO_VALUE
DONT_SET: Final = LoaderCallableStatus.DONT_SET
NEVER_SET: Final = NO_VALUE


class EventConstants(Enum):
    """What a listener may return to steer the listeners after it, and the key of a member without one."""

    EXT_CONTINUE = 1
    EXT_STOP = 2
    EXT_SKIP = 3
    NO_KEY = 4


EXT_CONTINUE, EXT_STOP, EXT_SKIP, NO_KEY = EventConstants


class PassiveFlag(IntFlag):
    """How far reading an attribute may go."""

    NO_CHANGE = 0
    CALLABLES_OK = 1
    SQL_OK = 2
    RELATED_OBJECT_OK = 4
    INIT_OK = 8
    NON_PERSISTENT_OK = 16
    LOAD_AGAINST_COMMITTED = 32
    NO_AUTOFLUSH = 64
    NO_RAISE = 128
    DEFERRED_HISTORY_LOAD = 256
    INCLUDE_PENDING_MUTATIONS = 512
    """In a history, count what was queued for a collection that is not loaded."""
    PASSIVE_OFF = RELATED_OBJECT_OK | NON_PERSISTENT_OK | INIT_OK | CALLABLES_OK | SQL_OK
    """Load whatever is missing."""
    PASSIVE_NO_INITIALIZE = RELATED_OBJECT_OK | NON_PERSISTENT_OK | SQL_OK
    """Only what is in memory on this very object."""
    PASSIVE_NO_FETCH = RELATED_OBJECT_OK | NON_PERSISTENT_OK | INIT_OK | CALLABLES_OK
    """Also what the session's identity map gives, but no SQL."""
    PASSIVE_NO_FETCH_RELATED = NON_PERSISTENT_OK | INIT_OK | CALLABLES_OK | SQL_OK
    """Load this object's columns, not related objects."""
    PASSIVE_ONLY_PERSISTENT = RELATED_OBJECT_OK | INIT_OK | CALLABLES_OK | SQL_OK
    """Load, but only for objects that have a row."""


PASSIVE_OFF: Final = PassiveFlag.PASSIVE_OFF
PASSIVE_NO_INITIALIZE: Final = PassiveFlag.PASSIVE_NO_INITIALIZE
PASSIVE_NO_FETCH: Final = PassiveFlag.PASSIVE_NO_FETCH
PASSIVE_NO_FETCH_RELATED: Final = PassiveFlag.PASSIVE_NO_FETCH_RELATED
PASSIVE_ONLY_PERSISTENT: Final = PassiveFlag.PASSIVE_ONLY_PERSISTENT

may: Final = int.__and__
"""`may(passive, SQL_OK)` tells whether a read may do something; `passive & SQL_OK` would make another PassiveFlag."""

CALLABLES_OK: Final = PassiveFlag.CALLABLES_OK
SQL_OK: Final = PassiveFlag.SQL_OK
RELATED_OBJECT_OK: Final = PassiveFlag.RELATED_OBJECT_OK
INIT_OK: Final = PassiveFlag.INIT_OK
LOAD_AGAINST_COMMITTED: Final = PassiveFlag.LOAD_AGAINST_COMMITTED
NO_AUTOFLUSH: Final = PassiveFlag.NO_AUTOFLUSH
NO_RAISE: Final = PassiveFlag.NO_RAISE
INCLUDE_PENDING_MUTATIONS: Final = PassiveFlag.INCLUDE_PENDING_MUTATIONS

NOTHING: Final[MappingProxyType[str, Any]] = MappingProxyType({})
"""The empty mapping that stands for a dictionary which was never needed."""
