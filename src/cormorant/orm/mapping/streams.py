"""The slots for what reading a relationship gives whose members are never in memory as a whole."""

from __future__ import annotations

from typing import Any


class Views:
    """Each makes, from the attribute and the state of the owner, what a read gives; filled by who knows how."""

    write_only: Any = None
    dynamic: Any = None


views = Views()
