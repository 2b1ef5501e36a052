"""Private attributes and methods that packages use on objects, in terms of public ones; put in place with the alias.

`PATCHES` is data: `module:class` below the package -> private name -> what stands for it.
"""

from __future__ import annotations

import importlib
import operator
import sys
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from ..event.hooks import Dispatch
from ..orm.instance.hooks import InstanceHooks
from ..orm.mapping.hooks import mapper_hooks
from ..schema.base import NULL_UNSPECIFIED
from ..schema.column import Column
from ..schema.columns import columns_of
from ..schema.named_types import create_statement, types_of_tables
from ..schema.run import fire, has_type, run_statement
from ..schema.sequences import COUNTER_OPTIONS
from ..sql.clause import ClauseElement
from ..sql.node import Node
from ..util.immutable import immutabledict
from ..util.topological import sort
from .elsewhere import CompileState, PrivateCompiler

_OWN = __name__.partition(".")[0]


def given_nullable(column: Any) -> Any:
    """Return what a program said about NULL, or a mark that it said nothing."""
    return NULL_UNSPECIFIED if column.nullable_given is None else column.nullable_given


def copy_column(self: Any, **options: Any) -> Any:
    """Return a column of no table to a package; Cormorant itself means the copy of a node by the same name."""
    is_ours = sys._getframe(1).f_globals["__name__"].partition(".")[0] == _OWN
    return Node._copy(self, **options) if is_ours else self.copied(with_keys=self.table is None, **options)


def identity_options(self: Any) -> dict[str, Any]:
    """Return the options of an identity column that were given."""
    names = [name for name in COUNTER_OPTIONS if name != "order"]
    found = {name: value for name in names if (value := getattr(self, name, None)) is not None}
    return {"always": self.always, **found}


def is_type_bound(constraint: Any) -> bool:
    """Tell whether a type, not the program, made a constraint."""
    return bool(constraint.type_bound)


@contextmanager
def operation_context(self: Any) -> Any:
    """Give the connection on which an inspector asks."""
    with self._connection() as connection:
        yield connection


def create_rule(constraint: Any) -> Callable[[Any], Any] | None:
    """Return what tells whether a constraint is created: asked with a compiler, or what else has a dialect."""
    rule = constraint.create_rule
    return None if rule is None else lambda compiler: rule(getattr(compiler, "dialect", compiler))


def is_by_flag(item: Any) -> bool:
    """Tell whether an index or a constraint comes from a flag of its column."""
    return bool(item.column_flag)


def topological_sort(pairs: Any, items: Any, deterministic_order: bool = True) -> list[Any]:
    """Return items in an order that honours pairs; it is deterministic always."""
    return sort(pairs, items)


class TableDispatch(Dispatch):
    """Calls the listeners of a table that a package creates: the types that its columns need come before it."""

    def __init__(self, table: Any) -> None:
        super().__init__(table.hooks)

    def before_create(self, target: Any, connection: Any, **options: Any) -> None:
        """Create the types, and call the listeners."""
        for type_ in types_of_tables([target], connection.dialect):
            if not options.get("checkfirst") or not has_type(connection, type_):
                run_statement(connection, create_statement(type_), options)
        fire(target, "before_create", connection, options)


class VariantMapping:
    """The variants of a type by dialect; a class has none."""

    def __get__(self, instance: Any, owner: Any) -> Any:
        return immutabledict(owner.variants if instance is None else instance.variants)


def exclude_elements(constraint: Any) -> list[tuple[Any, Any, Any]]:
    """Return expression, name of the first column, and operator of the elements of an EXCLUDE constraint."""
    return [(_element(one), _element_name(one), operator) for one, operator in constraint.elements]


def _element(one: Any) -> Any:
    return Column(one) if isinstance(one, str) else one


def _element_name(one: Any) -> str | None:
    if isinstance(one, str):
        return one
    own = str(one.name) if getattr(one, "is_column", False) and one.name else None
    return own or next((str(column.name) for column in columns_of(one)), None)


def target_fullname(key: Any) -> str:
    """Return the target of a foreign key as text."""
    return str(key.target_fullname)


def attach(self: Any, parent: Any, **options: Any) -> None:
    """Become part of a column or table."""
    self._attach(parent, **options)


def manager_dispatch(manager: Any) -> Dispatch:
    """Return what calls the listeners of a mapped class."""
    return Dispatch(manager.hooks or InstanceHooks())


def mapper_dispatch(mapper: Any) -> Dispatch:
    """Return what calls the listeners of a mapper."""
    return Dispatch(mapper_hooks(mapper))


def class_by_name(prop: Any, name: str) -> Callable[[], Any]:
    """Return what gives the class that a relationship names."""
    return lambda: prop.parent.registry.classes_named(name)[0]


def order_by_clauses(query: Any) -> tuple[Any, ...]:
    """Return what a legacy query is ordered by."""
    return tuple(query._select.order_by_clauses)


def copy_element(element: Any, **_options: Any) -> Any:
    """Return a copy of an element."""
    return Node._copy(element)


def source_of(select: Any) -> Any:
    """Return the statement whose rows stand for the columns of a SELECT; there is none for others."""
    if select.source_statement is None:
        raise AttributeError(f"{type(select).__name__!r} object has no attribute 'element'")
    return select.source_statement


def set_source(select: Any, statement: Any) -> None:
    """Put another statement in that place."""
    select.source_statement = statement


def select_order(select: Any) -> tuple[Any, ...]:
    """Return what a SELECT is ordered by."""
    return tuple(select.order_by_clauses)


def select_distinct(select: Any) -> bool:
    """Tell whether a SELECT says DISTINCT."""
    return bool(select.is_distinct)


def all_selected(select: Any) -> list[Any]:
    """Return the columns of a SELECT, entities as their columns."""
    return list(select.selected_columns)


def query_statement(query: Any, **_options: Any) -> Any:
    """Return the statement of a legacy query."""
    return query.statement


def compile_state(query: Any) -> CompileState:
    """Return what a legacy query asks for."""
    return CompileState(query)


def private_compiler(_statement: Any, dialect: Any, **_options: Any) -> PrivateCompiler:
    """Return what renders a statement."""
    return PrivateCompiler(dialect)


def format_type(self: Any, type_: Any, use_schema: bool = True) -> str:
    """Return the name of a type of the database's own, with its schema."""
    schema = self.schema_of(type_) if use_schema else None
    name = self.quote(type_.name)
    return f"{self.quote_schema(schema)}.{name}" if schema else name


def preparer_class(dialect: Any) -> Any:
    """Return the class that quotes names."""
    preparer: Any = dialect.identifier_preparer
    return preparer.__class__


def remove_column(self: Any, column: Any) -> None:
    """Take a column out of a collection."""
    self._reset([(key, one) for key, one in self.items() if one is not column])


def _overrides(_self: Any, _name: str) -> bool:
    return True


def own_sources(element: Any) -> Any:
    """Return what an element of a package brings into FROM."""
    return element._from_objects


def note_sources(cls: Any, /, **options: Any) -> None:
    """Let elements of a package say in their private way what they bring into FROM."""
    super(ClauseElement, cls).__init_subclass__(**options)
    if "_from_objects" in cls.__dict__:
        cls.has_own_froms = True
        cls.own_froms = own_sources


def set_columns(table: Any, columns: Any) -> None:
    """Let a package put other columns in the place of a table's."""
    table.c = columns


class Shown:
    """An attribute that is read from another one, until a program sets it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        return self if obj is None else getattr(obj, self.name)


PATCHES: dict[str, dict[str, Any]] = {
    "compile.preparer:IdentifierPreparer": {"format_type": format_type},
    "compile.dialect:Dialect": {
        "preparer": property(preparer_class),
        "_overrides_default": _overrides,
    },
    "orm.query.legacy_building:QueryBuilding": {
        "_compile_state": compile_state,
        "_order_by_clauses": property(order_by_clauses),
        "_statement_20": query_statement,
    },
    "sql.select:GenerativeSelect": {"_order_by_clauses": property(select_order)},
    "sql.select:Select": {
        "_all_selected_columns": property(all_selected),
        "_distinct": property(select_distinct),
        "_generate": copy_element,
        "element": property(source_of, set_source),
    },
    "orm.instance.manager:ClassManager": {"dispatch": property(manager_dispatch)},
    "orm.mapping.mapper:Mapper": {"dispatch": property(mapper_dispatch)},
    "orm.mapping.relationship:RelationshipProperty": {"_clsregistry_resolve_name": class_by_name},
    "sql.clause:ClauseElement": {
        "_clone": copy_element,
        "_compiler": private_compiler,
        "__init_subclass__": classmethod(note_sources),
    },
    "engine.reflection:Inspector": {"_operation_context": operation_context},
    "orm.session.session:Session": {"_flushing": Shown("_is_flushing")},
    "schema.column:Column": {"_copy": copy_column, "_user_defined_nullable": property(given_nullable)},
    "schema.constraints:Constraint": {"_create_rule": property(create_rule), "_type_bound": property(is_type_bound)},
    "schema.index:Index": {"_column_flag": property(is_by_flag)},
    "schema.constraints:UniqueConstraint": {"_column_flag": property(is_by_flag)},
    "schema.sequences:Identity": {"_as_dict": identity_options},
    "schema.table:Table": {
        "dispatch": property(TableDispatch),
        "_autoincrement_column": property(operator.attrgetter("autoincrement_column")),
        "columns": property(operator.attrgetter("c"), set_columns),
    },
    "schema.constraints:ColumnCollectionConstraint": {"_render_exprs": property(exclude_elements)},
    "schema.base:SchemaItem": {"_set_parent": attach},
    "schema.defaults:FetchedValue": {"_set_parent": attach},
    "schema.foreign_keys:ForeignKey": {"_get_colspec": target_fullname},
    "sql.collection:ColumnCollection": {"remove": remove_column},
    "types.base:TypeEngine": {
        "_type_affinity": property(operator.attrgetter("affinity")),
        "_variant_mapping": VariantMapping(),
    },
}


def apply(package: str) -> None:
    """Put the attributes on their classes."""
    for place, names in PATCHES.items():
        module, _, class_ = place.partition(":")
        owner = getattr(importlib.import_module(f"{package}.{module}"), class_)
        for name, value in names.items():
            setattr(owner, name, value)
    importlib.import_module(f"{package}.util.topological").__dict__["sort"] = topological_sort
