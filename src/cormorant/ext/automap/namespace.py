"""Things by name, as attributes and as items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Namespace:
    """Things by name, as attributes and as items; iterating gives the things themselves."""

    __slots__ = ("_things",)
    _things: dict[str, Any]

    def __init__(self) -> None:
        object.__setattr__(self, "_things", {})

    def __getattr__(self, name: str) -> Any:
        try:
            return self._things[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self._things[name] = value

    def __delattr__(self, name: str) -> None:
        del self._things[name]

    def __getitem__(self, name: str) -> Any:
        return self._things[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._things[name] = value

    def __delitem__(self, name: str) -> None:
        del self._things[name]

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._things.values()))

    def __len__(self) -> int:
        return len(self._things)

    def __dir__(self) -> list[str]:
        return list(self._things)

    def __repr__(self) -> str:
        return f"Namespace({', '.join(self._things)})"

    def get(self, name: str, default: Any = None) -> Any:
        """The thing of a name, or the default."""
        return self._things.get(name, default)

    def keys(self) -> list[str]:
        """The names."""
        return list(self._things)

    def values(self) -> list[Any]:
        """The things."""
        return list(self._things.values())

    def items(self) -> list[tuple[str, Any]]:
        """Names and things."""
        return list(self._things.items())

    def update(self, things: Mapping[str, Any]) -> None:
        """Add things by name."""
        self._things.update(things)

    def clear(self) -> None:
        """Forget everything."""
        self._things.clear()
