"""Warnings: their classes, public as `cormorant.exc`, and the way to issue one that points at the user's line.

In: a message and perhaps a class. Out: a warning attributed to the nearest frame outside this package.
"""

from __future__ import annotations

import sys
import warnings
from typing import Any, ClassVar

DOCUMENTATION = "cormorant/errors.md"
"""The page that explains the codes: a file of the installed package."""
PUBLIC_MODULE = "cormorant.exc"
_PACKAGE = __name__.partition(".")[0]


class HasDescriptionCode:
    """Something whose text ends in a pointer to the page that explains its code."""

    __module__ = PUBLIC_MODULE
    code: str | None = None
    kind: ClassVar[str] = "error"

    def __init__(self, *arg: Any, **kw: Any) -> None:
        code = kw.pop("code", None)
        if code is not None:
            self.code = code
        super().__init__(*arg, **kw)

    def _background(self) -> str:
        return f"(Background on this {self.kind} at: {DOCUMENTATION}#{self.code})" if self.code else ""


class SATestSuiteWarning(Warning):
    """Something is wrong with a test suite."""

    __module__ = PUBLIC_MODULE


class SADeprecationWarning(HasDescriptionCode, DeprecationWarning):
    """An interface will go away; `deprecated_since` is the version."""

    __module__ = PUBLIC_MODULE
    kind = "warning"
    deprecated_since: str | None = None

    def __str__(self) -> str:
        return _warning_text(self)


class Base20DeprecationWarning(SADeprecationWarning):
    """An interface of SQLAlchemy 1.x."""

    __module__ = PUBLIC_MODULE


class LegacyAPIWarning(Base20DeprecationWarning):
    """An old interface that stays."""

    __module__ = PUBLIC_MODULE


class MovedIn20Warning(Base20DeprecationWarning):
    """An interface that has moved to another place."""

    __module__ = PUBLIC_MODULE


class SAPendingDeprecationWarning(PendingDeprecationWarning):
    """An interface will be deprecated; `deprecated_since` is the version."""

    __module__ = PUBLIC_MODULE
    deprecated_since: str | None = None


class SAWarning(HasDescriptionCode, RuntimeWarning):
    """Something is probably not what the program means."""

    __module__ = PUBLIC_MODULE
    kind = "warning"

    def __str__(self) -> str:
        return _warning_text(self)


def _warning_text(warning: SAWarning | SADeprecationWarning) -> str:
    text = str(warning.args[0]) if len(warning.args) == 1 else str(warning.args)
    background = warning._background()  # pyright: ignore[reportPrivateUsage]
    return f"{text} {background}" if background else text


def _stack_level() -> int:
    """Return the stack level of the first frame outside the package, counted from the caller of this function."""
    level, frame = 1, sys._getframe(1)  # pyright: ignore[reportPrivateUsage] - the documented way to walk the stack
    while frame.f_back is not None and _is_ours(frame.f_globals.get("__name__", "")):
        level, frame = level + 1, frame.f_back
    return level


def _is_ours(module: Any) -> bool:
    return module == _PACKAGE or str(module).startswith(f"{_PACKAGE}.")


def warn(message: str | Warning, category: type[Warning] = SAWarning) -> None:
    """Issue a warning that names the line of user code which caused it."""
    warnings.warn(message, category, stacklevel=_stack_level())


def warn_deprecated(message: str, since: str | None = None) -> None:
    """Warn that something will go away; `since` is the version in which that was said first."""
    warn(SADeprecationWarning(message if since is None else f"{message} (deprecated since: {since})"))
