"""What packages take from SQLAlchemy's private modules and use: small classes and functions on Cormorant's own parts.

Cormorant itself uses none of them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..engine.reflection_info import ReflectionInfo
from ..sql.visitors import replacement_traverse
from ..util.immutable import immutabledict

EMPTY_DICT: immutabledict[Any, Any] = immutabledict()


class ColumnEntity:
    """A column of a legacy query's private list; there is none here."""


class MapperEntity:
    """A class of a legacy query's private list; there is none here."""


class NamedVisits:
    """Takes functions that packages put on a private compiler class; here types bring their own text."""


class ClauseAdapter:
    """Puts the columns of one FROM clause in the place of those that they stand for."""

    def __init__(self, selectable: Any) -> None:
        self.selectable = selectable

    def traverse(self, obj: Any) -> Any:
        """Return a copy of an expression with its columns replaced."""
        return replacement_traverse(obj, {}, self._replace)

    def _replace(self, element: Any, **_options: Any) -> Any:
        is_column = getattr(element, "table", None) is not None
        return self.selectable.corresponding_column(element) if is_column else None


async def ensure_sync_result(result: Any, calling_method: Any) -> Any:
    """Return a result that is in memory, which those of `execute()` are."""
    return result


def inspect_formatargspec(
    args: Sequence[str],
    varargs: str | None = None,
    varkw: str | None = None,
    defaults: Sequence[Any] | None = None,
    kwonlyargs: Sequence[str] = (),
    kwonlydefaults: Mapping[str, Any] | None = None,
    annotations: Mapping[str, Any] | None = None,
    formatarg: Callable[[str], str] = str,
    formatvarargs: Callable[[str], str] = "*{}".format,
    formatvarkw: Callable[[str], str] = "**{}".format,
    formatvalue: Callable[[Any], str] = "={!r}".format,
    formatreturns: Callable[[str], str] = " -> {}".format,
    formatannotation: Callable[[Any], str] = inspect.formatannotation,
) -> str:
    """Return the text of a signature, as a function of that name in older Pythons did."""
    notes = annotations or {}

    def named(name: str) -> str:
        text = formatarg(name)
        return f"{text}: {formatannotation(notes[name])}" if name in notes else text

    given = [*[None] * (len(args) - len(defaults or ())), *(formatvalue(value) for value in defaults or ())]
    parts = [named(name) + (value or "") for name, value in zip(args, given, strict=True)]
    if varargs is not None:
        parts.append(formatvarargs(named(varargs)))
    elif kwonlyargs:
        parts.append("*")
    parts += [
        named(name) + (formatvalue(kwonlydefaults[name]) if kwonlydefaults and name in kwonlydefaults else "")
        for name in kwonlyargs
    ]
    if varkw is not None:
        parts.append(formatvarkw(named(varkw)))
    returns = formatreturns(formatannotation(notes["return"])) if "return" in notes else ""
    return f"({', '.join(parts)}){returns}"


def reflection_info(*, unreflectable: dict[Any, Any], **answers: dict[Any, Any]) -> ReflectionInfo:
    """Return what an inspector found of tables, put together by a package: kind -> table -> answer."""
    return ReflectionInfo(answers=answers, unreflectable=unreflectable)


def get_table_key(name: str, schema: str | None) -> str:
    """Return the key of a table in its MetaData."""
    return name if schema is None else f"{schema}.{name}"
