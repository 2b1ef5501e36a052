"""Small tools without any knowledge of SQL: memoized attributes, ordered and identity sets, warnings, sorting."""

from .bridge import await_only, greenlet_spawn
from .immutable import EMPTY, immutabledict
from .memo import forget, memoized
from .notices import warn, warn_deprecated
from .represent import init_names, init_parameters, represent
from .scopes import ScopedRegistry, ThreadLocalRegistry
from .sets import IdentitySet, OrderedSet
from .symbols import NO_ARG, Symbol
from .truncate import parameters_text, short_text

__all__ = [
    "EMPTY",
    "NO_ARG",
    "IdentitySet",
    "OrderedSet",
    "ScopedRegistry",
    "Symbol",
    "ThreadLocalRegistry",
    "await_only",
    "forget",
    "greenlet_spawn",
    "immutabledict",
    "init_names",
    "init_parameters",
    "memoized",
    "parameters_text",
    "represent",
    "short_text",
    "warn",
    "warn_deprecated",
]
