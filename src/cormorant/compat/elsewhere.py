"""What packages take from SQLAlchemy's private modules and use: small classes and functions on Cormorant's own parts.

Cormorant itself uses none of them.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any

from ..engine.reflection_info import ReflectionInfo
from ..inspection import inspect as inspect_object
from ..orm.mapping.configure import REGISTRIES
from ..schema.ddl import ExecutableDDLElement
from ..sql.visitors import replacement_traverse
from ..util.immutable import immutabledict
from .modules import ALIAS

EMPTY_DICT: immutabledict[Any, Any] = immutabledict()


class QueryEntity:
    """What a legacy query asks for: `expr` is the class's mapper or alias, or the attribute or expression."""

    def __init__(self, expr: Any) -> None:
        self.expr = expr


class ColumnEntity(QueryEntity):
    """A column of a legacy query."""


class MapperEntity(QueryEntity):
    """A class of a legacy query."""


class CompileState:
    """What a legacy query knows of its entities."""

    def __init__(self, query: Any) -> None:
        self._entities = [_query_entity(described) for described in query.column_descriptions]

    def _mapper_zero(self) -> Any:
        return next((entity.expr for entity in self._entities if isinstance(entity, MapperEntity)), None)


def _query_entity(described: dict[str, Any]) -> QueryEntity:
    expression, entity = described["expr"], described["entity"]
    if entity is not None and expression is entity:
        return MapperEntity(inspect_object(entity))
    return ColumnEntity(expression)


class LabelReference:
    """A label that ORDER BY names; here ORDER BY holds the name itself."""


class ClassResolver:
    """What a relationship is given by name; here the property knows the name and finds the class itself."""


class CreateDropBase(ExecutableDDLElement):
    """Base of statements that create or drop one thing."""

    def __init__(self, element: Any) -> None:
        self.element = element


def all_registries() -> set[Any]:
    """Return the registries of all mappings."""
    return set(REGISTRIES)


class PrivateCompiler:
    """Renders a statement with its values, each through a method that packages override."""

    def __init__(self, dialect: Any, statement: Any = None) -> None:
        self.dialect = dialect
        self.statement = statement

    def render_literal_value(self, value: Any, type_: Any) -> str:
        """Return a value as SQL text."""
        return str(self.dialect.literal_text(value, type_))

    def process(self, statement: Any, **_options: Any) -> str:
        """Return the text of a statement."""
        dialect = copy(self.dialect)
        dialect.literal_text = self.render_literal_value
        return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


class NamedVisits:
    """Takes functions that packages put on a private compiler class; here types bring their own text."""


class Annotated:
    """The class of copies that carry annotations; here nodes carry them without a class of their own."""


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


def state_session(state: Any) -> Any:
    """Return the session of a state, or None."""
    return state.session


def preload_module(*_names: str) -> Callable[[Any], Any]:
    """Return a decorator that changes nothing: what `preloaded` is asked for is imported then."""
    return lambda function: function


class Preloaded:
    """Modules by their path with underscores in place of dots: `preloaded.sql_schema`."""

    def __getattr__(self, name: str) -> Any:
        return importlib.import_module(f"{ALIAS}.{name.replace('_', '.')}")


PRELOADED = Preloaded()


class BoundLater:
    """A method with further keyword arguments, as types give it to constraints."""

    def __init__(self, meth: Callable[..., Any], kwargs: Mapping[str, Any] = EMPTY_DICT) -> None:
        self.meth = meth
        self.kwargs = kwargs

    def __call__(self, *arg: Any, **kw: Any) -> Any:
        """Call the method."""
        return self.meth(*arg, **self.kwargs, **kw)
