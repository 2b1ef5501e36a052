"""lambda_stmt(): statements written as functions.

The function is called once, at once: a statement that is built is found by its structure, so that there is no cache of
functions, no variable to track and nothing for the options to turn off. What it returns is the statement itself, and
statements take further functions with `+`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .closures import called
from .coercion import as_statement


def lambda_stmt(
    lmb: Callable[[], Any],
    enable_tracking: bool = True,
    track_closure_variables: bool = True,
    track_on: Any = None,
    global_track_bound_values: bool = True,
    track_bound_values: bool = True,
    lambda_cache: Any = None,
) -> Any:
    """Return the statement that a function builds; the options concern a cache that is not needed here."""
    return as_statement(called(lmb))
