"""The base of classes that are made from tables, and `prepare()`, which makes them.

In: a base, on which classes may be declared. Out: a class for each table that has a primary key, mapped with a
relationship for each foreign key. Names and relationships are decided by functions that a program may replace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ...exc import SADeprecationWarning
from ...orm.mapping.declarative import declarative_base as make_base
from ...orm.mapping.declarative import map_planned
from ...orm.mapping.planned import planned_below
from ...schema import ForeignKeyConstraint, MetaData, Table
from ...util import warn
from . import naming
from .choices import Choices
from .namespace import Namespace
from .relating import relate_by_keys, relate_by_table

_MODULE = __name__.rpartition(".")[0]


class AutomapBase:
    """The base of generated classes; use `automap_base()` to make one."""

    __abstract__ = True
    _sa_decl_prepare: ClassVar[str] = "AutomapBase"
    classes: ClassVar[Any]
    """The generated classes by name."""
    by_module: ClassVar[Any]
    """The generated classes by module and name: `by_module.package.module.name`."""
    metadata: ClassVar[MetaData]
    _automapped: ClassVar[set[str]]

    @classmethod
    def prepare(
        cls,
        autoload_with: Any = None,
        engine: Any = None,
        reflect: bool = False,
        schema: str | None = None,
        classname_for_table: Callable[..., str] | None = None,
        modulename_for_table: Callable[..., str | None] | None = None,
        collection_class: Any = None,
        name_for_scalar_relationship: Callable[..., str] | None = None,
        name_for_collection_relationship: Callable[..., str] | None = None,
        generate_relationship: Callable[..., Any] | None = None,
        reflection_options: Mapping[str, Any] | None = None,
    ) -> None:
        """Read the tables, make classes and relationships, and map all classes that wait."""
        source = _source(autoload_with, engine, reflect)
        if source is not None:
            options = dict(reflection_options or {})
            cls.metadata.reflect(source, schema=schema, extend_existing=True, autoload_replace=False, **options)
        chosen = Choices(
            cls,
            collection_class or list,
            modulename_for_table,
            classname_for_table or naming.classname_for_table,
            name_for_scalar_relationship or naming.name_for_scalar_relationship,
            name_for_collection_relationship or naming.name_for_collection_relationship,
            generate_relationship or naming.generate_relationship,
        )
        _map_all(chosen)


def automap_base(declarative_base: type[Any] | None = None, **kw: Any) -> Any:
    """Return a base whose `prepare()` makes classes; keywords are those of `declarative_base()`."""
    base: Any = make_base(**kw) if declarative_base is None else declarative_base
    body: dict[str, Any] = {
        "__abstract__": True,
        "classes": Namespace(),
        "by_module": Namespace(),
        "_automapped": set(),
    }
    return type(base)(base.__name__, (AutomapBase, base), body)


def _source(autoload_with: Any, engine: Any, reflect: bool) -> Any:
    """Return what to reflect from, given in the present way or in one of the earlier ones."""
    for name, value, remedy in (
        ("engine", engine, "Please use the AutomapBase.prepare.autoload_with parameter."),
        ("reflect", reflect, "Reflection is enabled when AutomapBase.prepare.autoload_with is passed."),
    ):
        if value:
            warn(
                f"The AutomapBase.prepare.{name} parameter is deprecated and will be removed in a future release.  "
                f"{remedy}",
                SADeprecationWarning,
            )
    return autoload_with if autoload_with is not None else engine


def _map_all(chosen: Choices) -> None:
    base = chosen.base
    declared = list(planned_below(base))
    chosen.plans.update({planned.table: planned for planned in declared if isinstance(planned.table, Table)})
    between: list[tuple[Table, ForeignKeyConstraint, ForeignKeyConstraint]] = []
    for table in list(base.metadata.tables.values()):
        ends = _ends_of(table)
        if ends is not None:
            between.append((table, *ends))
        elif len(table.primary_key) and table not in chosen.plans and table.key not in base._automapped:
            _make_class(chosen, table)
    for planned in list(chosen.plans.values()):
        relate_by_keys(chosen, planned)
    for table, first, second in between:
        relate_by_table(chosen, table, first, second)
    for planned in list(planned_below(base)):
        if isinstance(planned.table, Table):
            base._automapped.add(planned.table.key)
        map_planned(planned)


def _ends_of(table: Table) -> tuple[ForeignKeyConstraint, ForeignKeyConstraint] | None:
    """Return the two foreign keys of a table that holds nothing else."""
    keys: list[ForeignKeyConstraint] = table._sorted_foreign_key_constraints
    members = {column for key in keys for column in key.columns}
    if len(keys) != 2 or members != set(table.c):
        return None
    return keys[0], keys[1]


def _make_class(chosen: Choices, table: Table) -> None:
    """Make the class of a table; it waits, and gets its relationships first."""
    base = chosen.base
    body: dict[str, Any] = {"__table__": table}
    module = chosen.modulename(base, str(table.name), table) if chosen.modulename is not None else None
    body["__module__"] = _MODULE if module is None else module
    name = chosen.classname(base, str(table.name), table)
    made = type(base)(name, (base,), body)
    if module is None:
        base.classes[name] = made
    place = base.by_module
    for part in made.__module__.split("."):
        if part not in place:
            place[part] = Namespace()
        place = place[part]
    place[name] = made
    chosen.plans.update({one.table: one for one in planned_below(made)})
