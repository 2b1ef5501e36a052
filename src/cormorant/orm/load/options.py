"""Execution options of a statement for what is loaded after its rows: names of schemas, and what listeners are told.

In: the options of an execution. Out: a block in which the session loads under those that are no matter of the statement
alone.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from ...util.immutable import immutabledict
from .protocol import LoadSession

NOTHING: immutabledict[str, Any] = immutabledict()
OF_ONE_STATEMENT = frozenset(
    {
        "autoflush",
        "identity_token",
        "max_row_buffer",
        "populate_existing",
        "prebuffer_rows",
        "stream_results",
        "yield_per",
    }
)
"""Options that say how one statement is run or its rows are read."""


def follow_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that hold for the statements that follow."""
    return {name: value for name, value in options.items() if name not in OF_ONE_STATEMENT} if options else {}


@contextmanager
def under(session: LoadSession, connection: Any, options: Mapping[str, Any]) -> Generator[None]:
    """A block in which the session's loads on a connection have these options."""
    before, session.load_options = session.load_options, options
    try:
        with connection.under(options):
            yield
    finally:
        session.load_options = before
