"""What a call of `prepare()` decided, and the classes that it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...orm.mapping.planned import PlannedMapping
from ...schema import Table


@dataclass
class Choices:
    """What a call of `prepare()` decided."""

    base: Any
    collection_class: Any
    modulename: Callable[..., str | None] | None
    classname: Callable[..., str]
    scalar: Callable[..., str]
    collection: Callable[..., str]
    generate: Callable[..., Any]
    plans: dict[Table, PlannedMapping] = field(default_factory=dict[Table, PlannedMapping])
    """The classes to be mapped, by table."""
    backrefs: set[tuple[type, str]] = field(default_factory=set[tuple[type, str]])
    """The properties that will come into being as the other sides of relationships."""
