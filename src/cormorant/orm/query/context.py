"""QueryContext: what listeners of `load` and `refresh` learn of the statement that the values came from.

In: a session and what it runs. Out: a value with public names; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from ...util.immutable import immutabledict
from ...util.record import record


@record
class QueryContext:
    """A statement under way."""

    session: Any
    query: Any = None
    """The statement; None where the session loads for itself (attributes, collections, keys)."""
    params: Any = field(default_factory=dict[str, Any])
    execution_options: Mapping[str, Any] = immutabledict()
    refresh_state: Any = None
    """The state of the one object that is loaded again, if it is that."""
    identity_token: Any = None

    @property
    def user_passed_query(self) -> Any:
        """The statement as the program gave it."""
        return self.query

    @property
    def populate_existing(self) -> bool:
        """Whether objects in memory are overwritten."""
        return bool(self.execution_options.get("populate_existing", False))

    @property
    def yield_per(self) -> int | None:
        """How many objects are loaded at a time."""
        found: int | None = self.execution_options.get("yield_per")
        return found

    @property
    def autoflush(self) -> bool:
        """Whether the session flushed before."""
        return bool(self.execution_options.get("autoflush", True))
