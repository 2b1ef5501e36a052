"""Text in relationship arguments: names of classes, tables and functions, looked up when mappers are configured.

In: text such as `"Post"`, `"myapp.models.Post"` or `"and_(User.id == Post.user_id, Post.kind == 'x')"`. Out: the class,
table or expression. Only names that the registry, its metadata or this module's table know are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ...exc import InvalidRequestError
from ...sql import expression as sql_expression
from .conditions import foreign, remote
from .properties import ColumnProperty

PLAIN_NAME = re.compile(r"[A-Za-z_][\w.]*\Z")
GENERIC = re.compile(r"\w[\w.]*\s*\[")


class ClassView:
    """A mapped class inside text: its attributes are the mapped columns."""

    def __init__(self, class_: type) -> None:
        self.class_ = class_

    def __getattr__(self, key: str) -> Any:
        manager = self.class_.__dict__.get("_sa_class_manager")
        if manager is None or manager.mapper is None:
            raise AttributeError(f"Class {self.class_} does not have a mapped column named {key!r}")
        prop = manager.mapper.properties.get(key)
        if isinstance(prop, ColumnProperty):
            # annotated, because Python swaps the sides of a comparison with an instance of a subclass
            return prop.columns[0]._annotate({"from_text": True})
        if prop is None and not hasattr(self.class_, key):
            raise AttributeError(f"Class {self.class_} does not have a mapped column named {key!r}")
        return getattr(self.class_, key) if prop is None else prop


class TablesOf:
    """A schema inside text: its attributes are tables."""

    def __init__(self, metadata: Any, schema: str) -> None:
        self.metadata = metadata
        self.schema = schema

    def __getattr__(self, key: str) -> Any:
        return self.metadata.tables[f"{self.schema}.{key}"]


class Modules:
    """A dotted path of module names inside text, ending in a class."""

    def __init__(self, registry: Any, path: tuple[str, ...]) -> None:
        self.registry = registry
        self.path = path

    def __getattr__(self, key: str) -> Any:
        found = self.registry.classes_named(key, self.path)
        if len(found) == 1:
            return ClassView(found[0])
        if found:
            raise _ambiguous(key)
        return Modules(self.registry, (*self.path, key))


class Names(Mapping[str, Any]):
    """The names that text may use, in the order of look-up: classes, tables, schemas, SQL functions, modules."""

    def __init__(self, registry: Any, class_: type) -> None:
        self.registry = registry
        self.class_ = class_
        self.missing: str | None = None

    def __getitem__(self, name: str) -> Any:
        found = self.registry.classes_named(name)
        if len(found) == 1:
            return ClassView(found[0])
        if len(found) > 1:
            raise _ambiguous(name)
        metadata = self.registry.metadata
        if name in metadata.tables:
            return metadata.tables[name]
        if any(table.schema == name for table in metadata.tables.values()):
            return TablesOf(metadata, name)
        if name in EXTRA:
            return EXTRA[name]
        if name in sql_expression.__all__:
            return getattr(sql_expression, name)
        if self.registry.has_module(name):
            return Modules(self.registry, (name,))
        self.missing = name
        raise KeyError(name)

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


EXTRA: dict[str, Callable[..., Any]] = {"foreign": foreign, "remote": remote}


def _ambiguous(name: str) -> InvalidRequestError:
    return InvalidRequestError(
        f'Multiple classes found for path "{name}" in the registry of this declarative base. Please use a fully '
        "module-qualified path."
    )


def evaluate(registry: Any, mapper: Any, prop: Any, text: str) -> Any:
    """Return what text stands for; raises InvalidRequestError that names the text and the relationship's class."""
    names = Names(registry, mapper.class_)
    try:
        found = eval(text, {"__builtins__": {}}, names)
    except (NameError, KeyError) as error:
        missing = names.missing or str(error)
        raise InvalidRequestError(
            f"When initializing mapper {mapper}, expression {text!r} failed to locate a name ({missing!r}). If this "
            f"is a class name, consider adding this relationship() to the {mapper.class_!r} class after both "
            "dependent classes have been defined."
        ) from error
    except (SyntaxError, TypeError, AttributeError) as error:
        if GENERIC.match(text):
            raise InvalidRequestError(
                f'When initializing mapper {mapper}, expression "relationship({text!r})" seems to be using a generic '
                "class as the argument to relationship(); please state the generic argument using an annotation, e.g. "
                f'"{prop.key}: Mapped[{text}] = relationship()"'
            ) from error
        error.add_note(f"in the expression {text!r} of relationship {prop}")
        raise
    return found.class_ if isinstance(found, ClassView) else found
