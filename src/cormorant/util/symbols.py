"""Named constants that are themselves and nothing else: for "no value given", "retain the schema" and their like."""

from __future__ import annotations

from typing import Any, ClassVar, Self


class Symbol:
    """A constant known by its name; it is a singleton, survives copying and pickling, and compares by identity."""

    __slots__ = ("doc", "name")
    known: ClassVar[dict[str, Symbol]] = {}

    name: str
    doc: str | None

    def __new__(cls, name: str, doc: str | None = None) -> Self:
        found = cls.known.get(name)
        if found is None:
            found = object.__new__(cls)
            found.name, found.doc = name, doc
            found = cls.known.setdefault(name, found)
        return found  # type: ignore[return-value]

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.name,)

    def __repr__(self) -> str:
        return f"symbol({self.name!r})"


NO_ARG = Symbol("NO_ARG", "An argument that was not given, where None means something.")
