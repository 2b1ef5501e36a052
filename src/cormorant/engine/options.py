"""Execution options: refuse what exists elsewhere and not here, rather than ignoring it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..exc import InvalidRequestError

_NOT_THERE = {
    "compiled_cache": "a cache of one's own is not available; set query_cache_size for the engine",
}


def check_options(options: Mapping[str, Any]) -> None:
    """Raise InvalidRequestError for an option that would be ignored."""
    for name in _NOT_THERE.keys() & options.keys():
        if options[name]:
            raise InvalidRequestError(f"execution option {name!r}: {_NOT_THERE[name]}")
