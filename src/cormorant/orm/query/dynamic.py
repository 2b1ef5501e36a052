"""What reading a dynamic relationship gives: a Query of the members that also adds and removes them.

In: the attribute and the state of the owner. Out: an AppenderQuery; of an owner without session the members that were
added to it. `mapping.streams.views` knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic

from ...exc import SAWarning
from ...util.notices import warn
from ..instance.state import InstanceState
from ..mapping.streamed import members_of
from .legacy import Query, T


class AppenderMixin(Generic[T]):
    """The part of an AppenderQuery that knows its owner."""

    def __init__(self, attr: Any, state: InstanceState) -> None:
        prop = attr.prop
        super().__init__(prop.mapper.node, state.session)  # type: ignore[call-arg]
        self.attr = attr
        self._owner = state
        self.instance = state.require_object()
        self._select: Any = members_of(prop, self.instance)

    # --- changes

    def append(self, item: T) -> None:
        """Add a member; the flush writes it."""
        self.attr.add_member(self._owner, item)

    add = append

    def extend(self, iterator: Iterable[T]) -> None:
        """Add several members."""
        for item in iterator:
            self.append(item)

    add_all = extend

    def remove(self, item: T) -> None:
        """Remove a member; the flush writes it."""
        self.attr.remove_member(self._owner, item)

    # --- members of an owner without session

    def _unstored(self) -> list[Any] | None:
        """Return the members that were added to an owner without session; None where there is one."""
        if self._owner.session is not None:
            return None
        if self._owner.pk is not None:
            warn(
                f"Instance {self._owner.name} is detached, dynamic relationship cannot return a correct result.   This "
                "warning will become a DetachedInstanceError in a future release.",
                SAWarning,
            )
        found: list[Any] = list(self.attr.held(self._owner, None))
        return found

    def __iter__(self) -> Iterator[T]:
        found = self._unstored()
        return super().__iter__() if found is None else iter(found)  # type: ignore[misc]

    def __getitem__(self, index: Any) -> Any:
        found = self._unstored()
        return super().__getitem__(index) if found is None else found[index]  # type: ignore[misc]

    def count(self) -> int:
        """Return how many members there are."""
        found = self._unstored()
        return super().count() if found is None else len(found)  # type: ignore[misc]

    def all(self) -> list[T]:
        """Return all members."""
        found = self._unstored()
        return super().all() if found is None else found  # type: ignore[misc]


class AppenderQuery(AppenderMixin[T], Query[T]):
    """A Query of the members of a dynamic relationship of one object."""


_classes: dict[type, type] = {Query: AppenderQuery}


def appender_query(attr: Any, state: InstanceState) -> Any:
    """Return the query of a relationship, of the class that its `query_class` asks for."""
    base: Any = attr.prop.query_class or Query
    made: Any = _classes.get(base)
    if made is None:
        made = _classes[base] = _appending(base)
    return made(attr, state)


def _appending(base: Any) -> Any:
    is_ready = bool(issubclass(base, AppenderMixin))
    return base if is_ready else type(f"Appender{base.__name__}", (AppenderMixin, base), {})
