"""Dates and times of MySQL: with digits after the second."""

from __future__ import annotations

from ...types import upper


class DATETIME(upper.DATETIME):
    """MySQL DATETIME; `fsp` is the number of digits after the second."""

    def __init__(self, timezone: bool = False, fsp: int | None = None) -> None:
        super().__init__(timezone)
        self.fsp = fsp


class TIMESTAMP(upper.TIMESTAMP):
    """MySQL TIMESTAMP; `fsp` is the number of digits after the second."""

    def __init__(self, timezone: bool = False, fsp: int | None = None) -> None:
        super().__init__(timezone)
        self.fsp = fsp


class TIME(upper.TIME):
    """MySQL TIME; `fsp` is the number of digits after the second."""

    def __init__(self, timezone: bool = False, fsp: int | None = None) -> None:
        super().__init__(timezone)
        self.fsp = fsp
