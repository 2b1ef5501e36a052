"""How a mapper that inherits fits under its parent: tables, join, discriminator, identity.

In: a mapper whose `inherits` is set. Out: its table fields. Single-table: the parent's table. Joined: the parent's rows
joined to the own table. Concrete: the own table alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...exc import AmbiguousForeignKeysError, ArgumentError, InvalidRequestError, NoForeignKeysError, SAWarning
from ...sql.joins import join_condition
from ...sql.simple import Label
from ...util.notices import warn
from .mapper import Mapper
from .properties import ColumnProperty


def place_under_parent(mapper: Mapper, parent: Mapper, inherit_condition: Any) -> None:
    """Fill the fields of a mapper that follow from its parent."""
    if not issubclass(mapper.class_, parent.class_):
        raise ArgumentError(f"Class '{mapper.class_.__name__}' does not inherit from '{parent.class_.__name__}'")
    mapper.base_mapper = parent.base_mapper
    if mapper.local_table is None or mapper.local_table is parent.local_table:
        _share_table(mapper, parent)
    elif mapper.concrete:
        mapper.persist_selectable = mapper.local_table
        mapper.tables = [mapper.local_table]
    else:
        _join_table(mapper, parent, inherit_condition)
    shared = ("version_id_col", "version_id_generator", "polymorphic_on", "polymorphic_map")
    for name in ("polymorphic_map",) if mapper.concrete else shared:
        setattr(mapper, name, getattr(parent, name))
    parent.children.append(mapper)
    _load_with_parent(mapper, parent)


def _load_with_parent(mapper: Mapper, parent: Mapper) -> None:
    """Note how the columns of the mapper come with a SELECT of its parent."""
    if mapper.polymorphic_load not in (None, "inline", "selectin"):
        raise ArgumentError(
            f"unknown argument for polymorphic_load: {mapper.polymorphic_load!r}; give 'inline' or 'selectin'"
        )
    if mapper.polymorphic_load == "inline":
        parent.bring_along(mapper)
    for above in parent.iterate_to_root():
        above.forget_plans()


def _share_table(mapper: Mapper, parent: Mapper) -> None:
    mapper.single = mapper.local_table is None
    mapper.local_table = parent.local_table
    mapper.persist_selectable = parent.persist_selectable
    mapper.tables = parent.tables


def _join_table(mapper: Mapper, parent: Mapper, condition: Any) -> None:
    if condition is None:
        condition = _inherit_condition(mapper, parent)
    mapper.inherit_condition = condition
    mapper.persist_selectable = parent.persist_selectable.join(mapper.local_table, condition)
    mapper.tables = [*parent.tables, mapper.local_table]
    mapper.inherit_pairs = tuple(_pairs(condition, mapper.local_table))


def _inherit_condition(mapper: Mapper, parent: Mapper) -> Any:
    """Return the condition between the tables of a class and its parent, by their foreign keys."""
    problem = f"'{parent.local_table.description}' and inheriting table '{mapper.local_table.description}'"
    problem = f"Can't determine the inherit condition between inherited table {problem}; tables have "
    try:
        return join_condition(parent.local_table, mapper.local_table)
    except NoForeignKeysError as error:
        raise NoForeignKeysError(
            f"{problem}no foreign key relationships established.  Please ensure the inheriting table has a foreign key "
            "relationship to the inherited table, or provide an 'on clause' using the 'inherit_condition' mapper "
            "argument."
        ) from error
    except AmbiguousForeignKeysError as error:
        raise AmbiguousForeignKeysError(
            f"{problem}more than one foreign key relationship established.  Please specify the 'on clause' using the "
            "'inherit_condition' mapper argument."
        ) from error


def _pairs(condition: Any, own: Any) -> Iterator[tuple[Any, Any]]:
    """Yield (parent's column, own column) for each equality of the condition."""
    for part in getattr(condition, "clauses", (condition,)):
        left, right = part.left, part.right
        yield (left, right) if right.table is own else (right, left)


def set_discriminator(mapper: Mapper, polymorphic_on: Any, polymorphic_identity: Any) -> None:
    """Fill the discriminator and enter the mapper in the map of the hierarchy."""
    if polymorphic_on is not None:
        mapper.polymorphic_on = _discriminator(mapper, polymorphic_on)
        _select_discriminator(mapper)
    mapper.polymorphic_identity = polymorphic_identity
    if polymorphic_identity is None:
        return
    present = mapper.polymorphic_map.get(polymorphic_identity)
    if present is not None and present is not mapper and present.class_ is not mapper.class_:
        warn(
            f"Reassigning polymorphic association for identity {polymorphic_identity!r} from {present!r} to "
            f"{mapper!r}: Check for duplicate use of {polymorphic_identity!r} as value for polymorphic_identity.",
            SAWarning,
        )
    mapper.polymorphic_map[polymorphic_identity] = mapper


def check_identity(mapper: Mapper) -> None:
    """Warn of a class that no value of the discriminator stands for; refuse one that is abstract without need."""
    if mapper.polymorphic_abstract:
        if mapper.polymorphic_on is None:
            raise InvalidRequestError(
                "The Mapper.polymorphic_abstract parameter may only be used on a mapper hierarchy which includes the "
                "Mapper.polymorphic_on parameter at the base of the hierarchy."
            )
    elif mapper.inherits and mapper.polymorphic_identity is None and mapper.polymorphic_on is not None:
        if mapper.concrete:
            return
        warn(
            f"{mapper} does not indicate a 'polymorphic_identity', yet is part of an inheritance hierarchy that has a "
            f"'polymorphic_on' column of '{mapper.polymorphic_on}'. If this is an intermediary class that should not "
            "be instantiated, the class may either be left unmapped, or may include the 'polymorphic_abstract=True' "
            "parameter in its Mapper arguments. To leave the class unmapped when using Declarative, set the "
            "'__abstract__ = True' attribute on the class.",
            SAWarning,
        )


def abstract_error(mapper: Mapper) -> InvalidRequestError:
    """Return the error for an instance of a class that has none of its own."""
    return InvalidRequestError(f"Can't instantiate class for {mapper}; mapper is marked polymorphic_abstract=True")


def acceptable_identities(mapper: Mapper) -> frozenset[Any]:
    """Return the values of the discriminator that rows of a class may have."""
    own = [sub.polymorphic_identity for sub in mapper.self_and_descendants if sub is mapper or sub.single]
    return frozenset(own)


DISCRIMINATOR = "_sa_polymorphic_on"
"""The key of a discriminator that is an expression which no attribute holds."""


def _discriminator(mapper: Mapper, given: Any) -> Any:
    """Return the column that tells the class of a row, or an expression with a label."""
    prop = given if hasattr(given, "is_property") else getattr(given, "prop", None)
    prop = mapper.properties.get(given) if isinstance(given, str) else prop
    if prop is not None and not (prop.is_column or getattr(prop, "is_synonym", False)):
        raise ArgumentError("Only direct column-mapped property or SQL expression can be passed for polymorphic_on")
    found: Any = resolve_column(mapper, given)
    if found in mapper.column_properties or getattr(found, "table", None) is not None:
        return found
    return found if getattr(found, "is_label", False) else found.label(DISCRIMINATOR)


def _select_discriminator(mapper: Mapper) -> None:
    """Let each SELECT have a discriminator that is an expression and no attribute's; objects do not keep it."""
    on = mapper.polymorphic_on
    if isinstance(on, Label) and on not in mapper.column_properties:
        prop = ColumnProperty(on)
        prop.key, prop.parent = str(on.name), mapper
        mapper.properties[prop.key] = mapper.column_properties[on] = prop


def resolve_column(mapper: Mapper, given: Any) -> Any:
    """Return the column that a string, property or column names."""
    if isinstance(given, str):
        prop = mapper.properties.get(given)
        if prop is None:
            raise ArgumentError(
                f"Can't determine polymorphic_on value '{given}' - no attribute is mapped to this name."
            )
        return prop.columns[0]  # type: ignore[attr-defined]
    column = getattr(given, "column", given)
    column = getattr(column, "columns", (column,))[0] if hasattr(column, "is_property") else column
    element = column.__clause_element__() if hasattr(column, "__clause_element__") else column
    return element._deannotate() if hasattr(element, "_deannotate") else element
