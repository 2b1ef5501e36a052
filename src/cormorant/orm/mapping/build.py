"""build_mapper(): from a class, a table and arguments to a Mapper, in named passes.

In: what the program gave, imperatively or through the declarative scan. Out: the mapper, its class instrumented for all
columns; relationships wait for `configure`. Errors name the class and the remedy, and leave the class unmapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...exc import ArgumentError, InvalidRequestError, NoReferenceError, SAWarning
from ...util.notices import warn
from ..instance.checks import is_a
from ..instance.construct import refusing_constructor
from ..instance.errors import UnmappedClassError
from ..instance.manager import manager_of_class
from .concrete import add_missing_attributes
from .entity import without_entities
from .inheritance import abstract_error, check_identity, place_under_parent, resolve_column, set_discriminator
from .instrument import make_manager, put_descriptor, unmap_class
from .listeners import enlist
from .mapper import Mapper
from .polymorphic import rule_of
from .properties import ColumnProperty, MapperProperty, SynonymProperty

SIMPLE = (
    "eager_defaults",
    "confirm_deleted_rows",
    "batch",
    "passive_updates",
    "passive_deletes",
    "always_refresh",
    "allow_partial_pks",
    "concrete",
    "legacy_is_orphan",
    "include_properties",
    "exclude_properties",
    "column_prefix",
    "polymorphic_load",
    "polymorphic_abstract",
)
"""Arguments that the mapper keeps as they are."""
KNOWN = frozenset(
    {
        *SIMPLE,
        "properties",
        "primary_key",
        "inherits",
        "inherit_condition",
        "inherit_foreign_keys",
        "polymorphic_on",
        "polymorphic_identity",
        "version_id_col",
        "version_id_generator",
        "with_polymorphic",
    }
)


def build_mapper(
    class_: Any, local_table: Any, registry: Any, *, into: Mapper | None = None, **arguments: Any
) -> Mapper:
    """Return the mapper of a class; `into` is one that was begun as an instance of a program's own class."""
    if not isinstance(class_, type):
        raise ArgumentError(f"Argument 'cls_' is expected to be of type '{type}', got '{type(class_)}'")
    _check_arguments(class_, arguments)
    parent = _parent_of(arguments.get("inherits"))
    above = None if parent is None or arguments.get("concrete") else parent.class_manager
    manager = make_manager(class_, above, registry.constructor)
    mapper = Mapper.__new__(Mapper) if into is None else into
    mapper.start(class_, manager, registry)
    manager.mapper, manager.registry, manager.configure = mapper, registry, registry.configure
    enlist(manager)
    try:
        _fill(mapper, parent, local_table, arguments)
    except Exception:
        unmap_class(manager)
        if parent is not None and mapper in parent.children:
            parent.children.remove(mapper)
        raise
    if "__table__" not in class_.__dict__ and local_table is not None:
        class_.__table__ = mapper.local_table  # type: ignore[attr-defined]
    class_.__mapper__ = mapper  # type: ignore[attr-defined]
    return mapper


def _build_into(mapper: Mapper, class_: Any, local_table: Any, arguments: dict[str, Any]) -> None:
    """Fill a mapper that a program made by calling the class."""
    registry = getattr(class_, "_sa_registry", None) or getattr(class_, "registry", None)
    if registry is None:
        raise ArgumentError(f"The Mapper for {class_!r} has no registry: map the class by a registry")
    build_mapper(class_, local_table, registry, into=mapper, **arguments)


Mapper.build = _build_into


def _check_arguments(class_: Any, arguments: Mapping[str, Any]) -> None:
    for name in arguments:
        if name not in KNOWN:
            raise TypeError(f"mapper() of {class_} got an unexpected keyword argument {name!r}")


def _parent_of(inherits: Any) -> Mapper | None:
    if inherits is None:
        return None
    if isinstance(inherits, Mapper):
        return inherits
    manager = manager_of_class(inherits)
    if manager is None or manager.mapper is None:
        raise UnmappedClassError(inherits)
    found: Mapper = manager.mapper
    return found


def _fill(mapper: Mapper, parent: Mapper | None, local_table: Any, arguments: dict[str, Any]) -> None:
    for name in SIMPLE:
        if name in arguments:
            setattr(mapper, name, arguments[name])
    mapper.polymorphic_rule = rule_of(arguments.get("with_polymorphic"))
    mapper.local_table = _from_element(local_table)
    _place(mapper, parent, arguments.get("inherit_condition"))
    _find_primary_key(mapper, arguments.get("primary_key"))
    _add_properties(mapper, parent, arguments)
    set_discriminator(mapper, arguments.get("polymorphic_on"), arguments.get("polymorphic_identity"))
    _set_version(mapper, arguments)
    _finish_keys(mapper)
    check_identity(mapper)
    if mapper.polymorphic_abstract:
        class_: Any = mapper.class_
        class_.__init__ = refusing_constructor(class_, class_.__init__, lambda: abstract_error(mapper))
    if mapper.concrete and parent is not None:
        add_missing_attributes(mapper, parent)


def _from_element(local_table: Any) -> Any:
    if local_table is None or getattr(local_table, "is_from_clause", False):
        return None if local_table is None else without_entities(local_table)
    if hasattr(local_table, "__clause_element__"):
        return local_table.__clause_element__()
    hint = "; give its subquery()" if getattr(local_table, "is_select_statement", False) else ""
    raise ArgumentError(
        f"FROM expression, such as a Table or alias() object expected for argument 'local_table'; got {local_table!r}: "
        f"a class is mapped to a Table or another FROM element, not to {local_table!r}{hint}"
    )


def _place(mapper: Mapper, parent: Mapper | None, inherit_condition: Any) -> None:
    if parent is not None:
        mapper.inherits = parent
        place_under_parent(mapper, parent, inherit_condition)
        return
    if mapper.local_table is None:
        raise ArgumentError(f"Mapper '{mapper}' does not have a persist_selectable specified: give it a table")
    mapper.persist_selectable = mapper.local_table
    mapper.tables = list(_tables_in(mapper.local_table))


def _tables_in(element: Any) -> Iterable[Any]:
    """Yield the tables that rows are spread over: those of a join, else the element itself."""
    if hasattr(element, "left") and hasattr(element, "right"):
        yield from _tables_in(element.left)
        yield from _tables_in(element.right)
    else:
        yield (
            getattr(element, "element", element) if hasattr(element, "self_group") and element.name is None else element
        )


def _find_primary_key(mapper: Mapper, given: Iterable[Any] | None) -> None:
    if given is not None:
        mapper.has_own_key = True
        mapper.primary_key = tuple(resolve_column(mapper, column) for column in given)
    elif mapper.inherits is not None and not mapper.concrete:
        mapper.has_own_key = mapper.inherits.has_own_key
        mapper.primary_key = mapper.inherits.primary_key if mapper.persist_selectable.primary_key else ()
    else:
        mapper.primary_key = tuple(_reduced(mapper.persist_selectable.primary_key))
    if not mapper.primary_key:
        raise ArgumentError(
            f"Mapper {mapper} could not assemble any primary key columns for mapped table "
            f"'{mapper.persist_selectable.description}'"
        )


def _reduced(columns: Iterable[Any]) -> list[Any]:
    """Leave out the key columns of a join that only repeat another of its key columns."""
    kept = list(columns)
    for column in list(kept):
        for key in column.foreign_keys:
            if any(other is not column and _refers_to(key, other) for other in kept):
                kept.remove(column)
                break
    return kept


def _refers_to(key: Any, column: Any) -> bool:
    """Tell whether a foreign key refers to a column; one whose table is not there yet refers to none."""
    try:
        return key.references(column.table) and key.column is column
    except NoReferenceError:
        return False


# --- properties


def _add_properties(mapper: Mapper, parent: Mapper | None, arguments: dict[str, Any]) -> None:
    if parent is not None and not mapper.concrete:
        for key, prop in parent.properties.items():
            _inherit(mapper, key, prop)
    placed = _add_explicit(mapper, arguments.get("properties") or {})
    include, exclude = arguments.get("include_properties"), arguments.get("exclude_properties")
    prefix = arguments.get("column_prefix") or ""
    if parent is not None:
        _own_first(mapper, parent)
    if mapper.shares_table:
        return
    for column in mapper.local_table.c:
        if column in placed:
            add_property(mapper, *placed[column])
        if column in mapper.column_properties:
            continue
        key = prefix + column.key
        if _is_wanted(column, include, exclude) or column in mapper.primary_key:
            _check_name(mapper, key, column)
            add_property(mapper, key, column)


def _check_name(mapper: Mapper, key: str, column: Any) -> None:
    """Refuse a column whose name is that of another property."""
    present = mapper.properties.get(key)
    if present is None or (is_plain(present) and present.parent is not mapper):
        return
    if isinstance(present, ColumnProperty):
        raise InvalidRequestError(
            f"Implicitly combining column {present.columns[0]} with column {column} under attribute '{key}'.  Please "
            "configure one or more attributes for these same-named columns explicitly."
        )
    raise ArgumentError(
        f"WARNING: when configuring property '{key}' on {mapper}, column '{column.key}' conflicts with property "
        f"'{present!r}'. To resolve this, map the column to the class under a different name in the 'properties' "
        "dictionary.  Or, to remove all awareness of the column entirely (including its availability as a foreign "
        "key), use the 'include_properties' or 'exclude_properties' mapper arguments to control specifically which "
        "table columns get mapped."
    )


def _own_first(mapper: Mapper, parent: Mapper) -> None:
    """Put what the class itself declares besides columns before what it inherits."""
    own = {key: prop for key, prop in mapper.properties.items() if key not in parent.properties and not is_plain(prop)}
    rest = {key: prop for key, prop in mapper.properties.items() if key not in own}
    mapper.properties = own | rest


def is_plain(prop: MapperProperty) -> bool:
    """Tell whether a property is a column of a table."""
    return isinstance(prop, ColumnProperty) and not prop.is_expression


def _add_explicit(mapper: Mapper, given: Mapping[str, Any]) -> dict[Any, tuple[str, MapperProperty]]:
    """Add the properties that were given; those of table columns wait for their place among the columns."""
    placed: dict[Any, tuple[str, MapperProperty]] = {}
    own = set(mapper.local_table.c)
    for key, one in given.items():
        prop = as_property(mapper, key, one)
        first = prop.columns[0] if isinstance(prop, ColumnProperty) else None
        if first is not None and not mapper.shares_table and first in own:
            placed[first] = key, prop
        else:
            add_property(mapper, key, prop)
    return placed


def _is_wanted(column: Any, include: Any, exclude: Any) -> bool:
    names = {column.key, column}
    if include is not None and not names & set(include):
        return False
    return not (exclude is not None and names & set(exclude))


def _inherit(mapper: Mapper, key: str, prop: MapperProperty) -> None:
    """Take over a property of the parent; the attribute on the class is the mapper's own."""
    mapper.properties[key] = prop
    if isinstance(prop, ColumnProperty):
        for column in prop.columns:
            mapper.column_properties[column] = prop
    if key in prop.parent.class_manager.attributes or not prop.is_column:
        put_descriptor(mapper.class_manager, mapper, prop)


def add_property(mapper: Mapper, key: str, given: Any) -> MapperProperty:
    """Map an attribute to what is given: a column, several columns, or a property."""
    prop = as_property(mapper, key, given)
    if isinstance(prop, ColumnProperty):
        prop = _merge_columns(mapper, key, prop)
        for column in prop.columns:
            mapper.column_properties[column] = prop
    elif isinstance(prop, SynonymProperty) and prop.map_column:
        _map_synonym(mapper, key, prop)
    prop.key = key
    prop.parent = mapper
    mapper.properties[key] = prop
    put_descriptor(mapper.class_manager, mapper, prop)
    if prop.is_relationship:
        mapper.configured = False
    return prop


def _map_synonym(mapper: Mapper, key: str, prop: Any) -> None:
    """Map the column that a synonym has the name of to the attribute that the synonym stands for."""
    column = mapper.local_table.c.get(key)
    if column is None:
        raise ArgumentError(
            f"Can't compile synonym '{prop.name}': no column on table '{mapper.local_table.description}' named '{key}'"
        )
    other = mapper.local_table.c.get(prop.name)
    if other is not None:
        raise InvalidRequestError(
            f"Implicitly combining column {column} with column {other} under attribute '{prop.name}'.  Please "
            "configure one or more attributes for these same-named columns explicitly."
        )
    add_property(mapper, prop.name, column)


def as_property(mapper: Mapper, key: str, given: Any) -> MapperProperty:
    """Return the property that stands for what a program gave."""
    if is_a(given, MapperProperty):
        prop: MapperProperty = given
        return prop
    if is_a(given, list, tuple):
        return ColumnProperty(*[_mapped_column(mapper, key, column) for column in given])
    return ColumnProperty(_mapped_column(mapper, key, given))


def _mapped_column(mapper: Mapper, key: str, given: Any) -> Any:
    column = given.__clause_element__() if hasattr(given, "__clause_element__") else given
    if not getattr(column, "is_column", False):
        raise ArgumentError(
            f"Only SQLAlchemy-like properties and columns can be mapped: attribute {key!r} of {mapper.class_.__name__} "
            f"got {given!r}; use a Column, column_property() or relationship()"
        )
    return column


def _merge_columns(mapper: Mapper, key: str, prop: ColumnProperty) -> ColumnProperty:
    """Let an attribute of a joined subclass hold its own column and the parent's of the same name."""
    present = mapper.properties.get(key)
    if not isinstance(present, ColumnProperty) or mapper.inherits is None or mapper.concrete:
        return prop
    if any(column is known for column in prop.columns for known in present.columns):
        return prop
    _check_merge(mapper, key, present.columns[0], prop.columns[0])
    prop.columns = [*prop.columns, *present.columns]
    return prop


def _check_merge(mapper: Mapper, key: str, inherited: Any, own: Any) -> None:
    """Warn of a column that shares an attribute with a parent's column only because of its name."""
    if mapper.single or any(inherited is one and own is other for one, other in mapper.inherit_pairs):
        return
    if inherited is mapper.version_id_col or own is mapper.version_id_col or inherited.shares_lineage(own):
        return
    warn(
        f"Implicitly combining column {inherited} with column {own} under attribute '{key}'.  Please configure one or "
        "more attributes for these same-named columns explicitly.",
        SAWarning,
    )


def _set_version(mapper: Mapper, arguments: dict[str, Any]) -> None:
    if arguments.get("version_id_col") is not None:
        mapper.version_id_col = resolve_column(mapper, arguments["version_id_col"])
        generator = arguments.get("version_id_generator")
        mapper.version_id_generator = next_version if generator is None else generator


def next_version(version: int | None) -> int:
    """Return the version number after the given one; 1 for a new row."""
    return (version or 0) + 1


def _finish_keys(mapper: Mapper) -> None:
    mapper.pk_keys = tuple(mapper.key_of(column) for column in mapper.primary_key)
    manager = mapper.class_manager
    manager.pk_key = mapper.pk_keys[0] if mapper.pk_keys else None
    manager.is_composite = len(mapper.pk_keys) > 1
    _remember_stored(mapper)
    discriminator = mapper.discriminator_key
    if discriminator is not None and mapper.polymorphic_identity is not None:
        manager.initial_values = ((discriminator, mapper.polymorphic_identity),)


def _remember_stored(mapper: Mapper) -> None:
    """Have keys and versions know what the row holds before they are overwritten: a flush finds rows by these."""
    version = mapper.version_id_col
    keys = mapper.pk_keys if version is None else (*mapper.pk_keys, mapper.key_of(version))
    for key in keys:
        attribute = mapper.class_manager.attributes.get(key)
        if attribute is not None:
            attribute.active_history = True
