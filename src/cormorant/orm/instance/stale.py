"""What stands for the attribute of a collection that was expired since the program read it.

In: changes of the old collection, by a program that kept it over a commit or a refresh. Out: a warning, and the same
change made to what the owner holds now, loaded or not: nothing is lost.
"""

from __future__ import annotations

from typing import Any

from ...exc import SAWarning
from ...util.notices import warn
from .errors import ObjectDereferencedError
from .symbols import STATE


class StaleLink:
    """Passes changes of an old collection on to its owner; takes the place of the collection's attribute."""

    key = None
    """An old collection is pickled without its owner."""

    def __init__(self, attribute: Any) -> None:
        self.attribute = attribute

    def describe(self) -> str:
        """Return `User.posts` for messages."""
        name: str = self.attribute.describe()
        return name

    def item_added(self, state: Any, collection: Any, item: Any, *_place: Any) -> Any:
        """Add a member to what the owner holds now."""
        attribute, obj = self.attribute, self._owner(state)
        if item is not None:
            attribute.check_member(item)
            attribute.link_back(state, obj, item, attribute)
        return item

    def item_removed(self, state: Any, collection: Any, item: Any, *_place: Any, stays: bool = False) -> None:
        """Remove a member from what the owner holds now."""
        attribute, obj = self.attribute, self._owner(state)
        if item is None or stays:
            return
        attribute.unlink_back(state, obj, item, attribute)
        if attribute.wire.backref_key is not None:
            child = item.__dict__[STATE]
            attribute.other_side(child).unlink_back(child, item, obj, attribute)

    def _owner(self, state: Any) -> Any:
        obj = state()
        if obj is None:
            raise dereferenced(self.attribute, state)
        warn(
            f"This collection has been invalidated. {self.describe()} was expired since it was read; the change is "
            "made to the object as it is now. Read the attribute again",
            SAWarning,
        )
        return obj


def dereferenced(attribute: Any, state: Any) -> ObjectDereferencedError:
    """Return the error for a change of a collection whose owner nobody refers to any more."""
    return ObjectDereferencedError(
        f"Can't emit change event for attribute '{attribute.describe()}' - parent object of type "
        f"<{state.class_.__name__}> has been garbage collected. Keep a reference to it while its collection is changed"
    )
