"""Logging by `echo`: an object that logs at its own level, whatever level the program has set for its logger.

In: a logger's name and an echo flag. Out: an `EchoLog` whose `is_info` and `is_debug` hot code may keep. Knows nothing
of what is logged.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

ROOT = __name__.partition(".")[0]
EchoFlag = bool | str | None


class EchoLog:
    """A logger, and the level at which one engine or pool wants to be heard."""

    def __init__(self, name: str, logging_name: str | None, echo: EchoFlag) -> None:
        self.name = f"{name}.{logging_name}" if logging_name else name
        self.logger = logging.getLogger(self.name)
        self.token: str | None = None
        self.echo = echo

    def with_token(self, token: str) -> EchoLog:
        """A log whose messages begin with `[token]`."""
        new = EchoLog(self.name, None, self._echo)
        new.token = token
        return new

    @property
    def echo(self) -> EchoFlag:
        """None or False: the logger's own level decides; True: INFO; "debug": DEBUG."""
        return self._echo

    @echo.setter
    def echo(self, flag: EchoFlag) -> None:
        self._echo = flag
        self._forced = {True: logging.INFO, "debug": logging.DEBUG}.get(flag or False)
        if self._forced is not None:
            _add_default_handler()

    @property
    def is_info(self) -> bool:
        """Whether INFO messages are heard now."""
        return self._forced is not None or self.logger.isEnabledFor(logging.INFO)

    @property
    def is_debug(self) -> bool:
        """Whether DEBUG messages are heard now."""
        return self._forced == logging.DEBUG or self.logger.isEnabledFor(logging.DEBUG)

    def _is_heard(self, level: int) -> bool:
        if self._forced is not None and self._forced <= level:
            return True
        return self.logger.isEnabledFor(level)

    def info(self, message: str, *args: Any) -> None:
        """Log at INFO."""
        self._log(logging.INFO, message, args)

    def debug(self, message: str, *args: Any) -> None:
        """Log at DEBUG."""
        self._log(logging.DEBUG, message, args)

    def error(self, message: str, *args: Any, exc_info: bool = False) -> None:
        """Log at ERROR."""
        self.logger.error(message, *args, exc_info=exc_info)

    def _log(self, level: int, message: str, args: tuple[Any, ...]) -> None:
        if not self._is_heard(level):
            return
        if self.token is not None:
            message = f"[{self.token}] {message}"
        file, line, function, _ = self.logger.findCaller(stacklevel=3)
        record = self.logger.makeRecord(self.name, level, file, line, message, args, None, function)
        self.logger.handle(record)


def _add_default_handler() -> None:
    root = logging.getLogger(ROOT)
    if root.handlers:
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
