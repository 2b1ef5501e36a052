"""Where statements of higher rungs become Core statements before they are rendered.

In: a node whose shape names a plugin. Out: `Lowered`: a statement that can be rendered, and what its rows mean to the
plugin. Plugins enter themselves in `lowerings` when they are imported; this rung knows none of them.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol


class Lowered(NamedTuple):
    """A statement without anything that only a plugin understands."""

    statement: Any
    load_plan: Any = None
    """Kept as `Compiled.load_plan`; None where rows are nothing but rows."""
    everywhere: Any = None
    """What the plugin wants to know again when it lowers SELECTs inside this statement."""


class Lowering(Protocol):
    """What a plugin provides."""

    def statement(self, node: Any) -> Lowered:
        """Return the Core form of a statement that is executed, or of a part of one that is printed."""
        ...

    def nested(self, select: Any, everywhere: Any, shown: Any) -> Any:
        """Return the Core form of a SELECT inside another statement, whose FROM elements are `shown` around it."""
        ...


lowerings: dict[str, Lowering] = {}
"""Plugin -> its lowering."""


def lower_nested(select: Any, frame: Any) -> Any:
    """Return the Core form of a SELECT that is met while a statement is rendered."""
    if "is_lowered" in select.__dict__:
        return select
    plugin = select.shape.plugin
    if plugin is None or plugin not in lowerings:
        return select
    shown = frame.levels[-1].enclosing if frame.levels else ()
    return lowerings[plugin].nested(select, frame.everywhere, shown)
