"""The functions with which programs declare properties: relationship(), backref(), column_property(), deferred(),
synonym(), and the imperative mapper()."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...exc import ArgumentError
from ...sql.simple import null
from ...util import NO_ARG
from .composite import Composite
from .conditions import bare_column, is_table_column
from .declarative import DeclarativeRegistry
from .mapper import Mapper
from .properties import ColumnProperty, QueryExpression, SynonymProperty
from .relationship import Backref, RelationshipProperty

DATACLASS = ("init", "repr", "default", "default_factory", "compare", "kw_only", "hash", "dataclass_metadata")


def _with_dataclass_options(make: Callable[..., Any], *args: Any, **kw: Any) -> Any:
    """Return a property made from its own arguments, with those that only dataclasses have noted on it."""
    options = {name: kw[name] for name in DATACLASS if kw.get(name, NO_ARG) is not NO_ARG}
    prop = make(*args, **{name: value for name, value in kw.items() if name not in DATACLASS})
    if options:
        prop.dataclass_options = options
    return prop


def relationship(argument: Any = None, secondary: Any = None, **kw: Any) -> Any:
    """Declare a relationship to another mapped class, which is given as class, mapper, name or callable."""
    query_class = kw.pop("query_class", None)
    if kw.get("default", NO_ARG) not in (NO_ARG, None):
        raise ArgumentError("Only 'None' is accepted as dataclass default for a relationship()")
    made = _with_dataclass_options(RelationshipProperty, argument, secondary, **kw)
    if query_class is not None:
        made.query_class = query_class
    return made


def dynamic_loader(argument: Any = None, **kw: Any) -> Any:
    """Declare a dynamic relationship: `relationship(lazy="dynamic")`."""
    return relationship(argument, **{**kw, "lazy": "dynamic"})


def backref(name: str, **kwargs: Any) -> Backref:
    """Return the name and the arguments of the other side of a relationship, for its `backref` argument."""
    return Backref(name, kwargs)


def column_property(column: Any, *additional_columns: Any, **kw: Any) -> ColumnProperty[Any]:
    """Declare an attribute that holds a column with options, or a SQL expression loaded with the instance."""
    columns = [_expression(column), *(_bare(_expression(one)) for one in additional_columns)]
    made: ColumnProperty[Any] = _with_dataclass_options(ColumnProperty, *columns, **kw)
    return made


def _bare(element: Any) -> Any:
    """Return the table's own column where an attribute was given for it."""
    return bare_column(element) if is_table_column(element) else element


def _expression(given: Any) -> Any:
    element = given.__clause_element__() if hasattr(given, "__clause_element__") else given
    if getattr(element, "is_select_statement", False):
        return element.scalar_subquery()
    if not getattr(element, "is_column", False):
        raise ArgumentError(f"column_property() takes a column or SQL expression, not {given!r}")
    return element


def deferred(column: Any, *additional_columns: Any, **kw: Any) -> ColumnProperty[Any]:
    """Declare a column that is loaded only when it is read."""
    return column_property(column, *additional_columns, deferred=True, **kw)


def synonym(name: str, **kw: Any) -> SynonymProperty[Any]:
    """Declare another name for a mapped attribute."""
    made: SynonymProperty[Any] = _with_dataclass_options(SynonymProperty, name, **kw)
    return made


def synonym_for(name: str, map_column: bool = False) -> Callable[[Any], Any]:
    """Return a decorator that makes a property of a class also a synonym of a mapped attribute."""

    def decorate(fn: Any) -> Any:
        return synonym(name, map_column=map_column, descriptor=fn)

    return decorate


def composite(_class_or_attr: Any = None, /, *attrs: Any, **kw: Any) -> Composite[Any]:
    """Declare an attribute whose value is an object made of several columns."""
    made: Composite[Any] = _with_dataclass_options(Composite, _class_or_attr, *attrs, **kw)
    return made


def query_expression(
    default_expr: Any = None,
    *,
    repr: Any = NO_ARG,
    compare: Any = NO_ARG,
    expire_on_flush: bool = True,
    info: dict[str, Any] | None = None,
    doc: str | None = None,
) -> QueryExpression[Any]:
    """Declare an attribute that `with_expression()` fills; without it, it holds the default expression, or None."""
    expression = null() if default_expr is None else _expression(default_expr)
    made: QueryExpression[Any] = _with_dataclass_options(
        QueryExpression, expression, repr=repr, compare=compare, expire_on_flush=expire_on_flush, info=info, doc=doc
    )
    return made


default_registry = DeclarativeRegistry()
"""The registry of classes that are mapped with the plain function `mapper()`."""


def mapper(class_: type, local_table: Any = None, **kw: Any) -> Mapper:
    """Map a class to a table: `mapper(Product, products)`; returns the mapper.

    Classes mapped so share one registry; names in relationships are looked up there.
    """
    return default_registry.map_imperatively(class_, local_table, **kw)


mapper.is_general_mapper_target = True  # type: ignore[attr-defined]
