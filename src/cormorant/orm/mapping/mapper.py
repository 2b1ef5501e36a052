"""The mapper: what is mapped to what for one class. Data and questions about it; it never loads, flushes or renders.

Higher rungs keep their prepared plans in `plans`, each under a key of its own; the mapper knows nothing of their
content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from ...exc import InvalidRequestError
from ...inspection import register
from ...sql.shapes import Shape
from ...util import memoized
from ...util.generics import SUBSCRIPTED
from ...util.immutable import immutabledict
from ...util.lasting import Lasting
from ..instance.checks import is_a
from ..instance.inspected import InspectionAttr
from ..instance.manager import ClassManager, require_manager
from .conditions import Corresponding, adapted
from .entity import ENTITY, EntityNode, polymorphic_of
from .namespace import ColumnsByKey, Namespace
from .parts import stored, tables_inside
from .polymorphic import PolymorphicRule, polymorphic_join, polymorphic_mappers
from .properties import ColumnProperty, MapperProperty


class Mapper(Lasting, InspectionAttr):
    """One mapped class. Made by `build.build_mapper`, which fills the fields; complete once it is configured."""

    __class_getitem__: ClassVar[Any] = SUBSCRIPTED

    is_mapper: ClassVar[bool] = True

    build: ClassVar[Callable[..., Any]]
    """Fills a mapper from a program's arguments; `build` sets it."""

    def __init__(self, class_: type, local_table: Any = None, **arguments: Any) -> None:
        """Map a class to a table: what `registry.map_imperatively()` and declarative classes do by themselves."""
        type(self).build(self, class_, local_table, arguments)

    def start(self, class_: type, class_manager: ClassManager, registry: Any) -> None:
        """Begin as the mapper of a class, without tables and properties."""
        self.class_ = class_
        self.class_manager = class_manager
        self.registry = registry
        self.token = Shape()
        """What stands for the mapper in the structure of statements, which outlives it."""
        self.local_table: Any = None
        """The table of this very class; that of the parent for single-table inheritance."""
        self.persist_selectable: Any = None
        """What rows come from: the table, or the join of all tables of a joined hierarchy."""
        self.tables: list[Any] = []
        """The tables that a row of this class is spread over, the one of the base class first."""
        self.primary_key: tuple[Any, ...] = ()
        """The columns that identify a row, of the base table."""
        self.has_own_key = False
        """Whether the program said which columns these are, instead of the table."""
        self.pk_keys: tuple[str, ...] = ()
        """The attributes of the primary key, in the order of `primary_key`."""
        self.properties: dict[str, MapperProperty] = {}
        self.column_properties: dict[Any, ColumnProperty] = {}
        """Column -> the property that holds it."""
        self.inherits: Mapper | None = None
        self.base_mapper: Mapper = self
        self.children: list[Mapper] = []
        self.inherit_condition: Any = None
        self.inherit_pairs: tuple[tuple[Any, Any], ...] = ()
        """(column of the parent's table, column of the own table) for joined inheritance."""
        self.single = False
        """Whether it has no table of its own: rows of the parent's table are told apart by the discriminator."""
        self.concrete = False
        self.polymorphic_on: Any = None
        """The column that tells the class of a row."""
        self.polymorphic_identity: Any = None
        self.polymorphic_map: dict[Any, Mapper] = {}
        """Value of the discriminator -> mapper; shared by the hierarchy."""
        self.polymorphic_rule = PolymorphicRule()
        """Which subclasses a SELECT of the class brings along, unless the statement says otherwise."""
        self.polymorphic_load: str | None = None
        """How the columns of this subclass come with a SELECT of its parent: "inline", "selectin", or later."""
        self.polymorphic_abstract = False
        self.version_id_col: Any = None
        self.version_id_generator: Any = None
        """Makes the next version from the last; False where the program or the database sets it."""
        self.eager_defaults: bool | str = "auto"
        self.confirm_deleted_rows = True
        self.batch = True
        self.passive_updates = True
        self.passive_deletes = False
        self.always_refresh = False
        self.allow_partial_pks = True
        self.legacy_is_orphan = False
        """Whether an object without row stays in its session until all delete-orphan parents have let go of it."""
        self.include_properties: Any = None
        self.exclude_properties: Any = None
        self.column_prefix: str | None = None
        self.awaits_selectable = False
        """Whether configuration is still to find what the class selects from."""
        self.configured = False
        self.was_configured = False
        """Whether it was complete once: attributes that are added later are completed without telling anybody."""
        self.disposed = False
        self.plans: dict[Any, Any] = {}
        """Prepared plans of higher rungs; emptied when the mapping changes."""

    def __reduce__(self) -> tuple[Any, ...]:
        return mapper_of, (self.class_,)

    # --- names

    def __repr__(self) -> str:
        return f"<Mapper at {id(self):#x}; {self.class_.__name__}>"

    def __str__(self) -> str:
        name = self.local_table.description if self.local_table is not None else None
        return f"Mapper[{self.class_.__name__}({name})]"

    @property
    def path_string(self) -> str:
        """The mapper's name in loader paths."""
        return str(self)

    validators: Mapping[str, Any] = immutabledict()
    """The methods marked by `@validates`, by attribute."""

    # --- as part of a statement

    represents_outer_join: ClassVar[bool] = False

    @property
    def shares_table(self) -> bool:
        """Whether its table is that of the parent, named again or not."""
        return self.inherits is not None and self.local_table is self.inherits.local_table

    @property
    def mapper(self) -> Mapper:
        """The mapper itself; an aliased class has the same attribute."""
        return self

    @property
    def entity(self) -> type:
        """The mapped class."""
        return self.class_

    @property
    def entity_namespace(self) -> type:
        """Where `filter_by()` looks for names."""
        return self.class_

    @memoized
    def selectable(self) -> Any:
        """What a SELECT of this class reads from: its table, or with those of subclasses that it brings along."""
        given = self.polymorphic_rule.selectable
        if given is not None:
            return given
        mappers = self.with_polymorphic_mappers
        return polymorphic_join(self, mappers) if mappers else self.persist_selectable

    @property
    def with_polymorphic(self) -> Any:
        """The classes that a SELECT of this class brings along and the FROM element, or None."""
        rule = self.polymorphic_rule
        return None if rule.classes is None else tuple(rule)

    @memoized
    def adapt_column(self) -> Callable[[Any], Any] | None:
        """Leads from columns of tables to those of the FROM element that a program gave; None for the tables' own."""
        given = self.polymorphic_rule.selectable
        return None if given is None else Corresponding(given)

    @memoized
    def node(self) -> EntityNode:
        """The class as part of a statement."""
        return EntityNode(self.selectable, self, self)

    def __clause_element__(self) -> EntityNode:
        if self.awaits_selectable:
            self.ensure_configured()
        return self.node

    def column_expression(self, prop: ColumnProperty, number: int = 0) -> Any:
        """Return the column or expression of a property as the attribute gives it to statements."""
        column = prop.columns[number]
        if self.awaits_selectable:
            self.ensure_configured()
        if self.adapt_column is not None:
            column = adapted(column, self.adapt_column)
        return column._annotate({ENTITY: self.node, **prop.annotations})

    def ensure_configured(self) -> None:
        """Configure all mappers of the registry, if that is still to be done."""
        if not self.configured:
            self.registry.configure()

    # --- properties

    def get_property(self, key: str, _configure_mappers: bool = False) -> MapperProperty:
        """Return the property of that key; raises InvalidRequestError where there is none."""
        if _configure_mappers:
            self.ensure_configured()
        try:
            return self.properties[key]
        except KeyError:
            raise InvalidRequestError(
                f"Mapper '{self}' has no property {key!r}.  If this property was indicated from other mappers or "
                "configure events, ensure registry.configure() has been called."
            ) from None

    def get_property_by_column(self, column: Any) -> ColumnProperty:
        """Return the property that holds a column; raises UnmappedColumnError where none does."""
        try:
            return self.column_properties[column]
        except KeyError:
            raise self.registry.unmapped_column(self, column) from None

    def has_property(self, key: str) -> bool:
        """Tell whether there is a property of that key."""
        return key in self.properties

    def key_of(self, column: Any) -> str:
        """Return the attribute that holds a column; raises UnmappedColumnError where none does."""
        return self.get_property_by_column(column).key

    @property
    def iterate_properties(self) -> Iterator[MapperProperty]:
        """All properties, those of backrefs once the mappers are configured."""
        return iter(self.properties.values())

    @property
    def attrs(self) -> Namespace:
        """All properties by key."""
        self.ensure_configured()
        return Namespace(self.properties)

    def _kind(self, test: Callable[[MapperProperty], bool]) -> Namespace:
        self.ensure_configured()
        return Namespace({key: prop for key, prop in self.properties.items() if test(prop)})

    @memoized
    def column_attrs(self) -> Namespace:
        """The column properties by key."""
        return self._kind(lambda prop: prop.is_column)

    @memoized
    def relationships(self) -> Namespace:
        """The relationships by key; iterating gives the relationships."""
        return self._kind(lambda prop: prop.is_relationship)

    @memoized
    def synonyms(self) -> Namespace:
        """The synonyms by key."""
        return self._kind(lambda prop: prop.is_synonym)

    @memoized
    def composites(self) -> Namespace:
        """The composites by key."""
        return self._kind(lambda prop: prop.is_composite)

    @memoized
    def columns(self) -> ColumnsByKey:
        """The columns by attribute key."""
        return ColumnsByKey(
            {key: prop.columns[0] for key, prop in self.properties.items() if isinstance(prop, ColumnProperty)}
        )

    @property
    def c(self) -> ColumnsByKey:
        """The columns by attribute key."""
        return self.columns

    @memoized
    def all_orm_descriptors(self) -> Namespace:
        """The descriptors of the class that stand for SQL: mapped attributes, hybrids, association proxies."""
        bases: tuple[type, ...] = self.class_.__mro__[:-1]
        nearest: dict[str, Any] = {}
        found: dict[str, Any] = {}
        for base, above in zip(bases, self.class_.__mro__[1:], strict=True):
            for key, value in base.__dict__.items():
                nearest.setdefault(key, value)
                if key not in above.__dict__ and _is_descriptor(nearest[key]):
                    found[key] = getattr(self.class_, key) if key in self.properties else nearest[key]
        return Namespace(found)

    @memoized
    def column_keys(self) -> tuple[str, ...]:
        """The keys of the attributes that hold columns, without SQL expressions."""
        return tuple(
            key for key, prop in self.properties.items() if isinstance(prop, ColumnProperty) and not prop.is_expression
        )

    @property
    def discriminator_key(self) -> str | None:
        """The attribute that holds the discriminator, or None."""
        prop = self.column_properties.get(self.polymorphic_on)
        return None if prop is None else prop.key

    @memoized
    def written_tables(self) -> list[Any]:
        """The tables that rows are written to, the one of the base class first.

        Of a class that is mapped to a subquery or an alias: the tables inside, as far as attributes hold their keys.
        """
        if all(getattr(table, "is_table", False) for table in self.tables):
            return self.tables
        held = {column for prop in self.column_properties.values() for one in prop.columns for column in stored(one)}
        tables = dict.fromkeys(inside for table in self.tables for inside in tables_inside(table))
        return [table for table in tables if table.primary_key and held.issuperset(table.primary_key)]

    def columns_of(self, table: Any) -> tuple[tuple[str, Any], ...]:
        """Return (attribute key, column) for the columns of one of the tables that attributes hold."""
        inside = table not in self.tables
        return tuple(
            (prop.key, column)
            for prop in self.properties.values()
            if isinstance(prop, ColumnProperty)
            for given in prop.columns
            for column in (stored(given) if inside else (given,))
            if getattr(column, "table", None) is table
        )

    # --- hierarchy

    def isa(self, other: Mapper) -> bool:
        """Tell whether this mapper is the other one or inherits from it."""
        mapper: Mapper | None = self
        while mapper is not None:
            if mapper is other:
                return True
            mapper = mapper.inherits
        return False

    def isa_or_base(self, other: Mapper) -> bool:
        """Tell whether one of the two inherits from the other."""
        return self.isa(other) or other.isa(self)

    def common_parent(self, other: Mapper) -> bool:
        """Tell whether both belong to one hierarchy."""
        return self.base_mapper is other.base_mapper

    def is_sibling(self, other: Mapper) -> bool:
        """Tell whether both belong to one hierarchy and neither inherits from the other."""
        return self.common_parent(other) and not self.isa_or_base(other)

    def iterate_to_root(self) -> Iterator[Mapper]:
        """Yield this mapper and those it inherits from."""
        mapper: Mapper | None = self
        while mapper is not None:
            yield mapper
            mapper = mapper.inherits

    @property
    def self_and_descendants(self) -> list[Mapper]:
        """This mapper and all that inherit from it, parents first."""
        found: list[Mapper] = [self]
        index = 0
        while index < len(found):
            found.extend(found[index].children)
            index += 1
        return found

    def polymorphic_iterator(self) -> Iterator[Mapper]:
        """Yield this mapper and all that inherit from it."""
        return iter(self.self_and_descendants)

    @memoized
    def with_polymorphic_mappers(self) -> list[Mapper]:
        """The mappers whose columns a SELECT of this class brings along."""
        return polymorphic_mappers(self, self.polymorphic_rule.classes)

    def bring_along(self, child: Mapper) -> None:
        """Let a SELECT of this class bring the columns of a subclass along."""
        rule = self.polymorphic_rule
        if rule.classes != "*":
            self.polymorphic_rule = rule._replace(classes=[*(rule.classes or ()), child])

    def primary_mapper(self) -> Mapper:
        """Return the mapper itself: each class has one."""
        return self

    @property
    def primary_base_mapper(self) -> Mapper:
        """The mapper at the top of the hierarchy."""
        return self.base_mapper

    # --- identity

    def pk_from_values(self, values: Mapping[str, Any]) -> Any:
        """Return the raw primary key held by an instance's dictionary, None where a part of it is missing."""
        keys = self.pk_keys
        if len(keys) == 1:
            return values.get(keys[0])
        key = tuple([values.get(name) for name in keys])
        missing = [part for part in key if part is None]
        return None if len(missing) == len(key) or (missing and not self.allow_partial_pks) else key

    def raw_pk(self, ident: Any) -> Any:
        """Return a primary key given by a user (a value, sequence or dictionary) as the identity map keys it."""
        keys = self.pk_keys
        if is_a(ident, dict):
            ident = tuple(self._by_own_names(ident).values()) if len(ident) == len(keys) else tuple(ident)
        values: tuple[Any, ...] = tuple(ident) if is_a(ident, tuple, list) else (ident,)
        if len(values) != len(keys):
            columns = ",".join(f"'{column.table.description}.{column.name}'" for column in self.primary_key)
            raise InvalidRequestError(
                "Incorrect number of values in identifier to formulate primary key for session.get(); primary key "
                f"columns are {columns}"
            )
        return values[0] if len(values) == 1 else values

    def _by_own_names(self, ident: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a primary key by attribute, in the key's order; synonyms are attributes, too."""
        known = {self.synonyms[key].name if key in self.synonyms else key: value for key, value in ident.items()}
        if any(key not in known for key in self.pk_keys):
            raise InvalidRequestError(
                "Incorrect names of values in identifier to formulate primary key for session.get(); primary key "
                f"attribute names are {', '.join(map(repr, self.pk_keys))} (synonym names are also accepted)"
            )
        return {key: known[key] for key in self.pk_keys}

    def identity_key_from_primary_key(self, primary_key: Any, identity_token: Any = None) -> tuple[Any, ...]:
        """Return the identity key for the values of a primary key."""
        return self.class_manager.identity_class, tuple(primary_key), identity_token

    def identity_key_from_instance(self, instance: Any) -> tuple[Any, ...]:
        """Return the identity key that an instance has, or will have with its present values."""
        token = instance._sa_instance_state.identity_token
        return self.identity_key_from_primary_key(self.primary_key_from_instance(instance), token)

    def identity_key_from_row(self, row: Any, identity_token: Any = None, adapter: Any = None) -> tuple[Any, ...]:
        """Return the identity key that a row of this mapper's columns gives."""
        mapping = getattr(row, "_mapping", row)
        return self.identity_key_from_primary_key([mapping[column] for column in self.primary_key], identity_token)

    def primary_key_from_instance(self, instance: Any) -> list[Any]:
        """Return the primary key values that an instance has now."""
        return [getattr(instance, key) for key in self.pk_keys]

    @property
    def select_identity_token(self) -> Any:
        """The expression that tells the shard of a row; always None here."""
        return None

    # --- cascades

    def cascade_iterator(
        self, type_: str, state: Any, halt_on: Callable[[Any], bool] | None = None
    ) -> Iterator[tuple[Any, Mapper, Any, dict[str, Any]]]:
        """Yield (instance, mapper, state, dictionary) of all that a cascade reaches from a state, without itself.

        Only what is in memory is followed, except for "delete", which loads what would be deleted.
        """
        visited: set[Any] = {state}
        stack: list[Any] = [state]
        while stack:
            parent = stack.pop()
            for relationship in parent.manager.mapper.relationships:
                if type_ not in relationship.cascade:
                    continue
                for child in relationship.members_in(parent, loads=type_ == "delete"):
                    child_state = child._sa_instance_state
                    if child_state in visited or (halt_on is not None and halt_on(child_state)):
                        continue
                    visited.add(child_state)
                    stack.append(child_state)
                    yield child, child_state.manager.mapper, child_state, child.__dict__

    # --- changes after the fact

    def add_property(self, key: str, prop: Any) -> None:
        """Map one more attribute; the property is made from a column where one is given."""
        self.registry.add_property(self, key, prop)

    def add_properties(self, dict_of_properties: Mapping[str, Any]) -> None:
        """Map more attributes."""
        for key, prop in dict_of_properties.items():
            self.add_property(key, prop)

    def forget_plans(self) -> None:
        """Drop what was derived from the mapping, because it changes."""
        self.plans.clear()
        for name in (
            "column_attrs",
            "relationships",
            "synonyms",
            "composites",
            "columns",
            "column_keys",
            "all_orm_descriptors",
            "with_polymorphic_mappers",
            "adapt_column",
            "written_tables",
        ):
            self.__dict__.pop(name, None)
        self._forget_selectable()

    def _forget_selectable(self) -> None:
        """Drop what the class selects from where it is no longer that."""
        self.__dict__.pop("selectable", None)
        node = self.__dict__.get("node")
        if node is not None and (node.element is not self.selectable or node.polymorphic != polymorphic_of(self)):
            del self.__dict__["node"]


def _is_descriptor(value: Any) -> bool:
    """Tell whether a member of a class stands for SQL."""
    return bool(getattr(value, "is_attribute", False)) and not isinstance(value, type)


def mapper_of(cls: type) -> Mapper:
    """Return the mapper of a mapped class: how a pickle names it."""
    mapper: Mapper = require_manager(cls).mapper
    return mapper


register(Mapper)
