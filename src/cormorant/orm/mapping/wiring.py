"""wire(): from the arguments of a relationship to its direction, join conditions and column pairs.

In: a relationship whose target mapper is known and whose arguments are resolved to columns and conditions. Out: its
fields filled. Errors name the relationship and say what to add. Done once per relationship, when mappers are
configured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...exc import AmbiguousForeignKeysError, ArgumentError, InvalidRequestError, NoForeignKeysError, NoReferenceError
from ...sql.logic import and_
from ...types.operators import eq
from .conditions import (
    FOREIGN,
    REMOTE,
    bare_column,
    columns_in,
    comparisons_in,
    is_only_equalities,
    is_table_column,
    only_marks,
    replaced,
    stripped,
)
from .relationship import MANYTOMANY, MANYTOONE, ONETOMANY, RelationshipProperty

Test = Callable[[Any], bool]
KEYS_REMEDY = (
    "Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or are annotated in the "
    "join condition with the foreign() annotation."
)


def wire(prop: RelationshipProperty) -> None:
    """Fill direction, join conditions and column pairs of a relationship."""
    _find_joins(prop)
    foreign = _foreign_columns(prop)
    _mark_remote(prop, foreign)
    _find_direction(prop, foreign)
    _find_pairs(prop, foreign)
    _check(prop)
    if prop.uselist is None:
        prop.uselist = prop.direction is not MANYTOONE
    if prop.is_streamed and (not prop.uselist or prop.direction is MANYTOONE):
        raise InvalidRequestError(
            f"On relationship {prop}, 'dynamic' loaders cannot be used with many-to-one/one-to-one relationships "
            "and/or uselist=False."
        )
    prop.primaryjoin = stripped(prop.marked_primaryjoin)
    if prop.secondary is not None:
        prop.secondaryjoin = stripped(prop.marked_secondaryjoin)
    prop.remote_side = prop.remote_columns
    prop.is_plain_join = is_only_equalities(prop.primaryjoin)


# --- join conditions


def _find_joins(prop: RelationshipProperty) -> None:
    consider = set(prop.foreign_keys or ())
    parent, secondary = prop.parent, prop.secondary
    if secondary is None:
        primary = prop.primaryjoin
        if primary is None:
            primary = _condition_between(prop, _own_tables(parent), _target_tables(prop), consider)
        prop.marked_primaryjoin = only_marks(primary)
        return
    primary, other = prop.primaryjoin, prop.secondaryjoin
    if other is None:
        other = _condition_between(prop, _target_tables(prop), (secondary,), consider)
    if primary is None:
        primary = _condition_between(prop, _own_tables(parent), (secondary,), consider)
    prop.marked_primaryjoin, prop.marked_secondaryjoin = only_marks(primary), only_marks(other)


def _own_tables(mapper: Any) -> tuple[Any, ...]:
    """Return the tables of a mapper, the most specific first: its foreign keys win over those of its bases."""
    return tuple(reversed(mapper.tables))


def _target_tables(prop: RelationshipProperty) -> tuple[Any, ...]:
    """Return the tables of the other side, or the FROM elements of the alias that it is."""
    entity = prop.target_entity
    if entity is None:
        return _own_tables(prop.mapper)
    return tuple(dict.fromkeys([entity.selectable, *(column.table for column in entity.selectable.c)]))


def _condition_between(prop: RelationshipProperty, left: Any, right: Any, consider: set[Any]) -> Any:
    """Return the equality by the foreign keys between two groups of tables."""
    for left_table in left:
        for right_table in right:
            found = _keys_between(left_table, right_table, consider)
            if found:
                return _only_condition(prop, _whole(found, consider))
    via = "" if prop.secondary is None else f" via secondary table '{prop.secondary.name}'"
    remedy = (
        "specify a 'primaryjoin' expression." if not via else "specify 'primaryjoin' and 'secondaryjoin' expressions."
    )
    raise NoForeignKeysError(
        f"Could not determine join condition between parent/child tables on relationship {prop} - there are no foreign "
        f"keys linking these tables{via}.  Ensure that referencing columns are associated with a ForeignKey or "
        f"ForeignKeyConstraint, or {remedy}"
    )


def _keys_between(left: Any, right: Any, consider: set[Any]) -> dict[Any, list[tuple[Any, Any]]]:
    """Return constraint -> [(referenced column, referring column)] for the foreign keys between two tables."""
    found: dict[Any, list[tuple[Any, Any]]] = {}
    for target, source in ((left, right), (right, left)) if left is not right else ((left, right),):
        for column in source.c:
            if consider and column not in consider:
                continue
            for key in column.foreign_keys:
                referred = _referred(key, target)
                if referred is not None:
                    found.setdefault(getattr(key, "constraint", None) or key, []).append((referred, column))
    return found


def _whole(found: dict[Any, list[tuple[Any, Any]]], consider: set[Any]) -> dict[Any, list[tuple[Any, Any]]]:
    """Return of several constraints those over just the columns that the program named; all where there is none."""
    whole = {key: pairs for key, pairs in found.items() if {column for _, column in pairs} == consider}
    return whole or found


def _referred(key: Any, target: Any) -> Any:
    """Return the column of the table that a foreign key refers to, or None."""
    try:
        column = key.column
    except NoReferenceError as error:
        if getattr(error, "table_name", None) == target.name:
            raise
        return None
    return column if column.table is target else None


def _only_condition(prop: RelationshipProperty, found: dict[Any, list[tuple[Any, Any]]]) -> Any:
    distinct = {frozenset((id(a), id(b)) for a, b in pairs) for pairs in found.values()}
    if len(distinct) == 1:
        return and_(*(referred == column for referred, column in next(iter(found.values()))))
    via = "" if prop.secondary is None else f" via secondary table '{prop.secondary.name}'"
    raise AmbiguousForeignKeysError(
        f"Could not determine join condition between parent/child tables on relationship {prop} - there are multiple "
        f"foreign key paths linking the tables{via}.  Specify the 'foreign_keys' argument, providing a list of those "
        "columns which should be counted as containing a foreign key reference "
        + ("to the parent table." if not via else "from the secondary table to each of the parent and child tables.")
    )


# --- foreign and remote columns


def _conditions(prop: RelationshipProperty) -> list[Any]:
    return [prop.marked_primaryjoin] + ([] if prop.secondary is None else [prop.marked_secondaryjoin])


def _foreign_columns(prop: RelationshipProperty) -> set[Any]:
    """Return the columns of the join conditions that refer: by argument, by mark, or by their foreign keys."""
    found: set[Any] = set()
    for name, condition in zip(("primary", "secondary"), _conditions(prop), strict=False):
        here = _foreign_in(prop, condition)
        if not here:
            raise ArgumentError(
                f"Could not locate any relevant foreign key columns for {name} join condition "
                f"'{stripped(condition)}' on "
                f"relationship {prop}.  {KEYS_REMEDY}"
            )
        found |= here
    return found


def _foreign_in(prop: RelationshipProperty, condition: Any) -> set[Any]:
    columns = columns_in(condition)
    marked = {bare_column(column) for column in columns if FOREIGN in column._annotations}
    if marked:
        return marked
    if prop.foreign_keys:
        return set(prop.foreign_keys) & {bare_column(column) for column in columns}
    found: set[Any] = set()
    for left, _, right in comparisons_in(condition):
        a, b = bare_column(left), bare_column(right)
        found.update(one for one, other in ((a, b), (b, a)) if _refers(one, other))
    return found


def _refers(column: Any, other: Any) -> bool:
    for key in column.foreign_keys:
        try:
            if key.column is other:
                return True
        except NoReferenceError:
            continue
    return False


def _mark_remote(prop: RelationshipProperty, foreign: set[Any]) -> None:
    """Mark each occurrence of a column on the other side in the join conditions."""
    if any(REMOTE in column._annotations for column in columns_in(prop.marked_primaryjoin)):
        if prop.remote_side:
            raise ArgumentError(
                "remote_side argument is redundant against remote() annotation in the relationship condition"
            )
        is_remote = None
    else:
        is_remote = _remote_rule(prop, foreign)
    if is_remote is not None:
        prop.marked_primaryjoin = _with_remote(prop.marked_primaryjoin, is_remote)
    if prop.secondary is not None:
        prop.marked_secondaryjoin = _with_remote(prop.marked_secondaryjoin, _remote_in_secondary(prop))
    remote = [c for condition in _conditions(prop) for c in columns_in(condition) if REMOTE in c._annotations]
    prop.remote_columns = {bare_column(column) for column in remote}
    if not prop.remote_columns:
        raise ArgumentError(
            f"Relationship {prop} could not determine any unambiguous local/remote column pairs based on join "
            "condition and remote_side arguments.  Consider using the remote() annotation to accurately mark those "
            "elements of the join condition that are on the remote side of the relationship."
        )


def _remote_rule(prop: RelationshipProperty, foreign: set[Any]) -> Test:
    if prop.remote_side:
        remote_side = set(prop.remote_side)
        return lambda column: column in remote_side
    if prop.secondary is not None:
        held = set(prop.secondary.c)
        return lambda column: column in held
    parent, target = set(prop.parent.tables), set(_target_tables(prop))
    if parent & target and all(c.table in parent and c.table in target for c in _bare_columns(prop)):
        return lambda column: column in foreign
    return lambda column: column.table in target and (column.table not in parent or column in foreign)


def _remote_in_secondary(prop: RelationshipProperty) -> Test:
    """Return the test for columns of the secondary table: where that is a join, the target may be part of it."""
    held, target = set(prop.secondary.c), set(_target_tables(prop))
    return lambda column: column in held and (column.table not in target or column.table is prop.secondary)


def _bare_columns(prop: RelationshipProperty) -> list[Any]:
    return [bare_column(column) for column in columns_in(prop.marked_primaryjoin)]


def _with_remote(condition: Any, is_remote: Test) -> Any:
    def mark(node: Any) -> Any:
        if _is_of_one_column(node):
            left = node.left
            return node._copy(left=left._annotate({REMOTE: True})) if is_remote(bare_column(left)) else node
        if not is_table_column(node):
            return None
        return node._annotate({REMOTE: True}) if is_remote(bare_column(node)) else node

    return replaced(condition, mark)


def _is_of_one_column(node: Any) -> bool:
    """Tell whether a condition compares a column with itself, as keys do that have a part in common."""
    left, right = getattr(node, "left", None), getattr(node, "right", None)
    if left is None or right is None or not (is_table_column(left) and is_table_column(right)):
        return False
    return bare_column(left) is bare_column(right)


# --- direction and pairs


def _find_direction(prop: RelationshipProperty, foreign: set[Any]) -> None:
    if prop.secondary is not None:
        prop.direction = MANYTOMANY
        return
    columns = columns_in(prop.marked_primaryjoin)
    are_marked = any(FOREIGN in c._annotations for c in columns)
    referring = [c for c in columns if (FOREIGN in c._annotations if are_marked else bare_column(c) in foreign)]
    local = {bare_column(c) for c in columns if REMOTE not in c._annotations}
    here = {bare_column(c) for c in referring if REMOTE not in c._annotations}
    there = {bare_column(c) for c in referring if REMOTE in c._annotations}
    if here and there:
        shared = local & prop.remote_columns
        here, there = here - shared, there - shared
    refers_here, refers_there = bool(here), bool(there)
    if refers_here == refers_there:
        refers_here = any(
            bare_column(c) in foreign and REMOTE not in c._annotations and c.table in prop.parent.tables
            for c in columns
        )
        refers_there = not (foreign <= local) and not refers_here
    if refers_there:
        prop.direction = ONETOMANY
    elif refers_here:
        prop.direction = MANYTOONE
    else:
        raise ArgumentError(
            f"Can't determine relationship direction for relationship '{prop}' - foreign key columns are present in "
            "neither the parent nor the child's mapped tables"
        )


def _find_pairs(prop: RelationshipProperty, foreign: set[Any]) -> None:
    pairs: list[tuple[Any, Any]] = []
    for condition in _conditions(prop):
        pairs.extend(pair for pair in _local_remote(condition) if pair not in pairs)
    prop.local_remote_pairs = pairs
    parent_tables = set(prop.parent.tables)
    prop.local_columns = {bare_column(c) for c in columns_in(prop.marked_primaryjoin) if REMOTE not in c._annotations}
    prop.local_columns = {c for c in prop.local_columns if c.table in parent_tables} or prop.local_columns
    prop.synchronize_pairs = list(_synchronized(prop.marked_primaryjoin, foreign))
    if prop.secondary is not None:
        prop.secondary_synchronize_pairs = list(_synchronized(prop.marked_secondaryjoin, foreign))
    if not prop.viewonly and not prop.synchronize_pairs:
        raise ArgumentError(
            "Could not locate any simple equality expressions involving locally mapped foreign key columns for "
            f"primary join condition '{stripped(prop.marked_primaryjoin)}' on relationship {prop}.  {KEYS_REMEDY} To "
            "allow comparison operators other than '==', the relationship can be marked as viewonly=True."
        )


def _local_remote(condition: Any) -> Iterator[tuple[Any, Any]]:
    for left, _, right in comparisons_in(condition):
        is_left, is_right = REMOTE in left._annotations, REMOTE in right._annotations
        if is_right and not is_left:
            yield bare_column(left), bare_column(right)
        elif is_left and not is_right:
            yield bare_column(right), bare_column(left)


def _synchronized(condition: Any, foreign: set[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield (referenced column, referring column) for each equality of which one side refers."""
    for left, operator, right in comparisons_in(condition):
        a, b = bare_column(left), bare_column(right)
        if operator is not eq:
            continue
        if b in foreign and (a not in foreign or FOREIGN in right._annotations or _refers(b, a)):
            yield a, b
        elif a in foreign:
            yield b, a


# --- checks


def _check(prop: RelationshipProperty) -> None:
    if prop.cascade.delete_orphan and not prop.single_parent and prop.direction is not ONETOMANY:
        kind = "many-to-one" if prop.direction is MANYTOONE else "many-to-many"
        target, parent = prop.mapper.class_.__name__, prop.parent.class_.__name__
        raise ArgumentError(
            f'For {kind} relationship {prop}, delete-orphan cascade is normally configured only on the "one" side of a '
            'one-to-many relationship, and not on the "many" side of a many-to-one or many-to-many relationship.  To '
            f'force this relationship to allow a particular "{target}" object to be referenced by only a single '
            f'"{parent}" object at a time via the {prop} relationship, which would allow delete-orphan cascade to take '
            "place in this direction, set the single_parent=True flag.",
            code="bbf0",
        )
    if prop.passive_deletes == "all" and prop.cascade.delete:
        raise ArgumentError(
            f"On {prop}, can't set passive_deletes='all' in conjunction with 'delete' or 'delete-orphan' cascade"
        )
    if prop.direction is MANYTOONE and prop.passive_deletes == "all":
        raise ArgumentError(f"On {prop}, passive_deletes='all' has no meaning for a many-to-one relationship")
