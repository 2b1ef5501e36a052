"""The errors of the asyncio layer."""

from __future__ import annotations

from ...exc import InvalidRequestError


class AsyncMethodRequired(InvalidRequestError):
    """A result that streams was asked for by a method that cannot await it."""


class AsyncContextNotStarted(InvalidRequestError):
    """A connection or transaction was used before it was awaited or entered."""


class AsyncContextAlreadyStarted(InvalidRequestError):
    """A connection or transaction was awaited or entered twice."""
