"""A dictionary that never changes: for annotations, execution options and other values shared between statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class immutabledict(dict[KeyT, ValueT]):  # noqa: N801 - public name
    """A `dict` whose changing methods raise TypeError; `union` and `merge_with` return new ones."""

    __slots__ = ()

    def _refuse(self, *args: object, **kw: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} object is immutable: use union() to make a changed copy")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse  # pyright: ignore[reportAssignmentType]

    def union(self, other: Mapping[KeyT, ValueT] | None = None, /, **kw: ValueT) -> immutabledict[KeyT, ValueT]:
        """Return a copy with the given items added; itself where there is nothing to add."""
        if not other and not kw:
            return self
        merged: dict[Any, Any] = {**self, **(other or {}), **kw}
        return immutabledict(merged)

    def merge_with(self, *others: Mapping[KeyT, ValueT] | None) -> immutabledict[KeyT, ValueT]:
        """Return a copy with the items of all mappings added; later ones win."""
        merged = self
        for other in others:
            merged = merged.union(other)
        return merged

    def __or__(self, other: Any) -> immutabledict[KeyT, ValueT]:  # type: ignore[override]
        return immutabledict({**self, **other})

    def __ror__(self, other: Any) -> immutabledict[KeyT, ValueT]:  # type: ignore[override]
        return immutabledict({**other, **self})

    def copy(self) -> immutabledict[KeyT, ValueT]:
        return self

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return immutabledict, (dict(self),)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self)!r})"

    @classmethod
    def fromkeys(cls, iterable: Iterable[KeyT], value: Any = None, /) -> immutabledict[KeyT, Any]:  # type: ignore[override]
        return immutabledict(dict.fromkeys(iterable, value))


EMPTY: immutabledict[Any, Any] = immutabledict()
