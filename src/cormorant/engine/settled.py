"""Values that a plan holds itself: those in loader options, which the statements that follow the first one are made of.

In: a statement and its binds. Out: which of the binds are meant, and their values as part of the plan's key. All other
values are given anew to each execution.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..sql.kinds import class_of
from ..sql.node import statement_key

LISTS: tuple[type[Any], ...] = (list, tuple, set, frozenset)


def settled_binds(statement: Any) -> tuple[int, ...]:
    """Return the numbers of the binds in the options of a statement, in the order of `statement_key`."""
    options = getattr(statement, "with_options", ())
    mine = {id(bind) for option in options if option.refs for bind in statement_key(option)[1]}
    if not mine:
        return ()
    return tuple([number for number, bind in enumerate(statement_key(statement)[1]) if id(bind) in mine])


def settled_values(binds: Sequence[Any], numbers: Sequence[int]) -> tuple[Any, ...]:
    """Return values in the form of a key; one that has no hash leaves the key without."""
    return tuple([_as_key(binds[number]) for number in numbers])


def _as_key(bind: Any) -> Any:
    if bind.callable is not None:
        return bind.callable  # asked again whenever a statement runs
    return _typed(bind.value)


def _typed(value: Any) -> Any:
    kind = class_of(value)
    if kind in LISTS:
        return kind, tuple([_typed(member) for member in value])
    return kind, value
