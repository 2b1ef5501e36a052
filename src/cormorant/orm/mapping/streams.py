"""The slots for what higher rungs make of attributes: reads of streamed relationships, composites in statements."""

from __future__ import annotations

from typing import Any


class Views:
    """Each is filled by who knows how. The first two make what a read gives, from attribute and owner's state."""

    write_only: Any = None
    dynamic: Any = None
    composite: Any = None
    """Makes, from a composite and its columns, what stands for it in statements."""


views = Views()
