"""Events: functions of a program called at named points. `catalogue` lists the points, `hooks` holds the functions."""

from ..util import Symbol
from .define import Events, EventTarget, dispatcher
from .hooks import HookTable, hook_table
from .listening import by_name, contains, listen, listens_for, remove
from .targets import Registration, register_resolver, register_target, registrations

CANCEL = Symbol("CANCEL", "Returned by a listener to stop the chain.")
NO_RETVAL = Symbol("NO_RETVAL", "Returned by a listener that has no value to give.")

__all__ = [
    "CANCEL",
    "NO_RETVAL",
    "EventTarget",
    "Events",
    "HookTable",
    "Registration",
    "by_name",
    "contains",
    "dispatcher",
    "hook_table",
    "listen",
    "listens_for",
    "register_resolver",
    "register_target",
    "registrations",
    "remove",
]
