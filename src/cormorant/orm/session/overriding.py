"""Sessions of a program's own class: verbs that are overridden there are called by the other verbs too.

In: a session class, or a session of one that overrides something. Out: which verbs those are, decided once per class,
and what the other verbs do then. A session that overrides nothing does not come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...util.immutable import immutabledict
from ..instance.state import InstanceState
from ..load.request import LoadRequest

VERBS = ("add", "execute", "flush", "get", "get_bind")
"""What other verbs call where it is overridden."""

REQUEST = "_orm_load_request"
"""The execution option that tells a load of the session, on its way through an overridden `execute()`."""


class AlwaysTrue(dict[InstanceState, Any]):
    """A dictionary that is true though it is empty: there is always something for an overridden `flush()`."""

    def __bool__(self) -> bool:
        return True


def overridden(cls: type) -> frozenset[str]:
    """Return the verbs that a class does in another way than the sessions of this library do."""
    return frozenset(name for name in VERBS if "has_own_verbs" not in _definer(cls, name).__dict__)


def _definer(cls: type, name: str) -> type:
    return next(above for above in cls.__mro__ if name in above.__dict__)


def add_each(session: Any, instances: Iterable[object]) -> None:
    """Take objects into the session by its own `add()`."""
    options = {"_warn": False} if session._is_writing else {}
    for instance in instances:
        session.add(instance, **options)


def execute_load(session: Any, request: LoadRequest, options: Mapping[str, Any]) -> Any:
    """Run a load by the session's own `execute()`."""
    return session.execute(
        request.statement,
        params={f"{bind.key}": value for bind, value in request.places.items()},
        execution_options=immutabledict({**options, REQUEST: request}),
        bind_arguments={},
    )


def get_each(session: Any, mapper: Any, keys: Sequence[Any], options: Sequence[Any] | None) -> list[Any]:
    """Load the objects of primary keys by the session's own `get()`."""
    token = session.identity.current
    found = [session.get(mapper.class_, key, options=options, identity_token=token) for key in keys]
    return [obj for obj in found if obj is not None]
