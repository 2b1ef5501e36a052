"""How a relationship acts on instances: which attribute answers on the other side, and what follows a change.

The mapping package fills one `Wire` per relationship when mappers are configured; attributes only read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(eq=False, slots=True, repr=False)
class Wire:
    """The part of a relationship that its attribute needs."""

    key: str
    uselist: bool = False
    backref_key: str | None = None
    """The attribute of the related object that refers back, kept in step by every change."""
    sync_backref: bool = True
    save_update: bool = True
    """Whether an object put into the attribute joins the parent's session."""
    delete_orphan: bool = False
    """Whether an object taken out of the attribute is an orphan."""
    tracks_parent: bool = False
    """Whether children remember their parent: where there is one at most."""
    single_parent: bool = False
    """Whether a second parent is an error."""
    collection_factory: Any = None
    """Makes an empty collection; None for a reference."""
    holds_other_key: bool = False
    """Whether the related row holds the foreign key: what an assignment replaces must be known when it is written."""
    load_on_pending: bool = False
    """Whether it is loaded for an instance without a row, by what that instance holds."""
    property: Any = None
    """The relationship, for who needs more."""

    def __repr__(self) -> str:
        return f"<Wire {self.property or self.key}>"
