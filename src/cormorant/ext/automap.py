"""Classes and relationships made from tables, which mostly are read from a database.

In: a base made by `automap_base()`, on which classes may be declared. Out: `Base.prepare()` reads the tables, makes
a class for each that has a primary key and a relationship for each foreign key; tables that only hold two foreign keys
become many-to-many relationships. Names and relationships are decided by functions that a program may replace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..exc import SADeprecationWarning
from ..orm.mapping.constructs import backref, relationship
from ..orm.mapping.declarative import declarative_base as make_base
from ..orm.mapping.declarative import map_planned
from ..orm.mapping.direction import MANYTOMANY, MANYTOONE, ONETOMANY, RelationshipDirection
from ..orm.mapping.planned import PlannedMapping, planned_below
from ..schema import ForeignKeyConstraint, MetaData, Table
from ..sql.expression import and_
from ..util import warn

__all__ = [
    "AutomapBase",
    "automap_base",
    "classname_for_table",
    "generate_relationship",
    "name_for_collection_relationship",
    "name_for_scalar_relationship",
]


class Namespace:
    """Things by name, as attributes and as items; iterating gives the things themselves."""

    __slots__ = ("_things",)
    _things: dict[str, Any]

    def __init__(self) -> None:
        object.__setattr__(self, "_things", {})

    def __getattr__(self, name: str) -> Any:
        try:
            return self._things[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self._things[name] = value

    def __delattr__(self, name: str) -> None:
        del self._things[name]

    def __getitem__(self, name: str) -> Any:
        return self._things[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._things[name] = value

    def __delitem__(self, name: str) -> None:
        del self._things[name]

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._things.values()))

    def __len__(self) -> int:
        return len(self._things)

    def __dir__(self) -> list[str]:
        return list(self._things)

    def __repr__(self) -> str:
        return f"Namespace({', '.join(self._things)})"

    def get(self, name: str, default: Any = None) -> Any:
        """The thing of a name, or the default."""
        return self._things.get(name, default)

    def keys(self) -> list[str]:
        """The names."""
        return list(self._things)

    def values(self) -> list[Any]:
        """The things."""
        return list(self._things.values())

    def items(self) -> list[tuple[str, Any]]:
        """Names and things."""
        return list(self._things.items())

    def update(self, things: Mapping[str, Any]) -> None:
        """Add things by name."""
        self._things.update(things)

    def clear(self) -> None:
        """Forget everything."""
        self._things.clear()


# names and relationships, as long as a program says nothing else


def classname_for_table(base: type[Any], tablename: str, table: Table) -> str:
    """Return the name of the class for a table: the name of the table."""
    return str(tablename)


def name_for_scalar_relationship(
    base: type[Any], local_cls: type[Any], referred_cls: type[Any], constraint: ForeignKeyConstraint
) -> str:
    """Return the name of a relationship to one object: that of its class in lower case."""
    return referred_cls.__name__.lower()


def name_for_collection_relationship(
    base: type[Any], local_cls: type[Any], referred_cls: type[Any], constraint: ForeignKeyConstraint
) -> str:
    """Return the name of a relationship to many objects: that of their class in lower case, and `_collection`."""
    return f"{referred_cls.__name__.lower()}_collection"


def generate_relationship(
    base: type[Any],
    direction: RelationshipDirection,
    return_fn: Callable[..., Any],
    attrname: str,
    local_cls: type[Any],
    referred_cls: type[Any],
    **kw: Any,
) -> Any:
    """Return `relationship()` to a class or `backref()` of a name, whichever `return_fn` is; None makes none."""
    if return_fn is backref:
        return return_fn(attrname, **kw)
    if return_fn is relationship:
        return return_fn(referred_cls, **kw)
    raise TypeError(f"Unknown relationship function: {return_fn}")


# the base


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
            classname_for_table or _DEFAULTS["classname"],
            name_for_scalar_relationship or _DEFAULTS["scalar"],
            name_for_collection_relationship or _DEFAULTS["collection"],
            generate_relationship or _DEFAULTS["generate"],
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


@dataclass
class Choices:
    """What a call of `prepare()` decided."""

    base: Any
    collection_class: Any
    modulename: Callable[..., str | None] | None
    classname: Callable[..., str]
    scalar: Callable[..., str]
    collection: Callable[..., str]
    generate: Callable[..., Any]
    plans: dict[Table, PlannedMapping] = field(default_factory=dict[Table, PlannedMapping])
    """The classes to be mapped, by table."""
    backrefs: set[tuple[type, str]] = field(default_factory=set[tuple[type, str]])
    """The properties that will come into being as the other sides of relationships."""


_DEFAULTS: dict[str, Callable[..., Any]] = {
    "classname": classname_for_table,
    "scalar": name_for_scalar_relationship,
    "collection": name_for_collection_relationship,
    "generate": generate_relationship,
}


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
        _relate_by_keys(chosen, planned)
    for table, first, second in between:
        _relate_by_table(chosen, table, first, second)
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
    body["__module__"] = __name__ if module is None else module
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


# relationships


def _relate_by_keys(chosen: Choices, local: PlannedMapping) -> None:
    """Make the relationships of the foreign keys of a class, on both sides."""
    if not isinstance(local.table, Table):
        return
    for key in local.table._sorted_foreign_key_constraints:
        referred = chosen.plans.get(_referred_table(key))
        if referred is None or (referred is not local and issubclass(local.class_, referred.class_)):
            continue
        _relate(chosen, key, local, referred)


def _referred_table(key: ForeignKeyConstraint) -> Any:
    return key.elements[0].column.table


def _relate(chosen: Choices, key: ForeignKeyConstraint, local: PlannedMapping, referred: PlannedMapping) -> None:
    one = chosen.scalar(chosen.base, local.class_, referred.class_, key)
    many = chosen.collection(chosen.base, referred.class_, local.class_, key)
    options = {**_collection_options(key), "collection_class": chosen.collection_class}
    if one not in local.properties:
        columns = {
            "foreign_keys": [element.parent for element in key.elements],
            "remote_side": [element.column for element in key.elements],
        }
        pair = _Pair(chosen, local, one, referred, many)
        pair.make(MANYTOONE, columns, ONETOMANY, options)
    elif many not in referred.properties and (referred.class_, many) not in chosen.backrefs:
        options["foreign_keys"] = [element.parent for element in key.elements]
        pair = _Pair(chosen, referred, many, local, one)
        pair.complete(ONETOMANY, options)


def _collection_options(key: ForeignKeyConstraint) -> dict[str, Any]:
    """What ON DELETE and NOT NULL of a foreign key mean for the collection of those that refer."""
    on_delete = (key.ondelete or "").upper()
    if not any(element.parent.nullable for element in key.elements):
        passive = {"passive_deletes": True} if on_delete == "CASCADE" else {}
        return {"cascade": "all, delete-orphan", **passive}
    return {"passive_deletes": True} if on_delete == "SET NULL" else {}


def _relate_by_table(chosen: Choices, table: Table, first: ForeignKeyConstraint, second: ForeignKeyConstraint) -> None:
    """Make the many-to-many relationship over a table."""
    local, referred = chosen.plans.get(_referred_table(first)), chosen.plans.get(_referred_table(second))
    if local is None or referred is None:
        return
    here = chosen.collection(chosen.base, local.class_, referred.class_, first)
    there = chosen.collection(chosen.base, referred.class_, local.class_, second)
    shared = {"collection_class": chosen.collection_class, "overlaps": "__*" if table in chosen.plans else None}
    if here not in local.properties:
        joins = {"secondary": table, "primaryjoin": _join(first), "secondaryjoin": _join(second)}
        _Pair(chosen, local, here, referred, there).make(MANYTOMANY, {**shared, **joins}, MANYTOMANY, shared)
    elif there not in referred.properties:
        joins = {"secondary": table, "primaryjoin": _join(second), "secondaryjoin": _join(first)}
        _Pair(chosen, referred, there, local, here).complete(MANYTOMANY, {**shared, **joins})


def _join(key: ForeignKeyConstraint) -> Any:
    conditions: Iterable[Any] = [element.column == element.parent for element in key.elements]
    return and_(*conditions)


@dataclass
class _Pair:
    """A relationship to be made on one class, and its other side."""

    chosen: Choices
    local: PlannedMapping
    name: str
    referred: PlannedMapping
    other_name: str

    def make(
        self,
        direction: RelationshipDirection,
        options: dict[str, Any],
        other_direction: RelationshipDirection,
        other_options: dict[str, Any],
    ) -> None:
        """Make it, with the other side as its backref unless there is such a property already."""
        theirs: MutableMapping[str, Any] = self.referred.properties
        back, is_there = None, self.other_name in theirs
        if not is_there:
            back = self.chosen.generate(
                self.chosen.base, other_direction, backref, self.other_name, self.referred.class_, self.local.class_,
                **other_options,
            )  # fmt: skip
        made = self.chosen.generate(
            self.chosen.base, direction, relationship, self.name, self.local.class_, self.referred.class_,
            **options, backref=back,
        )  # fmt: skip
        if made is None:
            return
        self.local.properties[self.name] = made
        if back is not None:
            self.chosen.backrefs.add((self.referred.class_, self.other_name))
        if is_there:
            theirs[self.other_name].back_populates = self.name

    def complete(self, direction: RelationshipDirection, options: dict[str, Any]) -> None:
        """Make it as the other side of a property that is there."""
        made = self.chosen.generate(
            self.chosen.base, direction, relationship, self.name, self.local.class_, self.referred.class_,
            **options, back_populates=self.other_name,
        )  # fmt: skip
        if made is not None:
            self.local.properties[self.name] = made
            self.referred.properties[self.other_name].back_populates = self.name
