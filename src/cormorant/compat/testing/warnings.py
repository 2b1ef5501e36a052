"""What becomes of warnings in a run: those of this toolkit are errors."""

from __future__ import annotations

import warnings

from ...exc import SADeprecationWarning, SAWarning


def setup_filters() -> None:
    """Make errors of the toolkit's warnings."""
    for category in (SADeprecationWarning, SAWarning):
        warnings.filterwarnings("error", category=category)
