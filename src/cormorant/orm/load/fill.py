"""The statements that give a new object its state and its values, in the text of generated functions."""

from __future__ import annotations

from typing import Any

from ..instance.life import PERSISTENT
from ..instance.state import NO_KEYS, forget, forget_peer
from ..instance.symbols import NOTHING
from .parts import Lines, Part
from .storage import Filling

STATE_NAMES: dict[str, Any] = {
    "forget": forget,
    "forget_peer": forget_peer,
    "no_changes": NOTHING,
    "no_keys": NO_KEYS,
    "persistent": PERSISTENT,
}
"""What the text about new states refers to."""


def state_statements(part: Part, key: str) -> Lines:
    """Return the statements that tell a new state where it belongs."""
    lines = [
        f"state.pk = {key}",
        "state.owner = owner",
        f"state.home = entries{part.n}",
        "state.committed = no_changes",
        "state.life = persistent",
        "state.expired_attributes = no_keys",  # asked for soon, and an unset slot costs a call
    ]
    return [*lines, f"state.context = branch{part.n}"] if part.load.branch is not None else lines


def fill_statements(part: Part, stores: dict[str, str]) -> Lines:
    """Return the statements that store values in a new object."""
    n, filling = part.n, part.storage.filling
    if filling is Filling.SWITCH:
        return [*(f"e{n}.{key} = {value}" for key, value in stores.items()), f"e{n}.__class__ = cls{n}"]
    literal = "{" + ", ".join(f"{key!r}: {value}" for key, value in stores.items()) + "}"
    return [f"e{n}.__dict__ = {literal}" if filling is Filling.ASSIGN else f"e{n}.__dict__.update({literal})"]
