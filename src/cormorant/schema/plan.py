"""What create_all() and drop_all() do, as a list of DDL statements in order. Pure: the database is not asked.

In: tables (those that are missing, or those that exist), and the features of the dialect. Out: statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..exc import CircularDependencyError
from ..util import warn
from .base import NONE_NAME
from .ddl import (
    AddConstraint,
    CreateIndex,
    CreateSequence,
    CreateTable,
    DropConstraint,
    DropSequence,
    DropTable,
    ExecutableDDLElement,
    SetColumnComment,
    SetConstraintComment,
    SetTableComment,
)
from .named_types import create_statement, drop_statement
from .sorting import Sorted, sort_tables_and_constraints

Statements = list[ExecutableDDLElement]


def plan_create(
    metadata: Any, tables: Iterable[Any], dialect: Any, sequences: Iterable[Any] = (), types: Iterable[Any] = ()
) -> Statements:
    """Return the statements that create the tables with their indexes and comments, types and sequences before them."""
    planned: Statements = [create_statement(one) for one in types]
    wanted = [one for one in sequences if wants_sequence(one, dialect)]
    planned += [CreateSequence(one) for one in wanted if one.column is None]
    owned = {one for one in wanted if one.column is not None}
    ordered = order_create(tables, dialect)
    for table, constraints in ordered:
        if table is not None:
            planned.extend(CreateSequence(one) for one in _taken(owned, table))
            planned.extend(plan_table(table, constraints, dialect))
        elif dialect.features.alter:
            planned.extend(plan_constraint(one) for one in constraints)
    return planned


def _taken(owned: set[Any], table: Any) -> list[Any]:
    """Take out the sequences that columns of a table draw from."""
    found = [column.default for column in table.columns if column.default is not None and column.default.is_sequence]
    taken = [one for one in dict.fromkeys(found) if one in owned]
    owned.difference_update(taken)
    return taken


def order_create(tables: Iterable[Any], dialect: Any) -> Sorted:
    """Return the tables in order of creation, with the constraints to be added later at the end."""
    alter = dialect.features.alter
    return (
        sort_tables_and_constraints(tables, lambda one: None if alter else False) if alter else _without_alter(tables)
    )


def _without_alter(tables: Iterable[Any]) -> Sorted:
    ordered = sort_tables_and_constraints(tables)
    return [(table, table._sorted_foreign_key_constraints) for table, _ in ordered if table is not None]


def plan_table(table: Any, constraints: Sequence[Any] | None, dialect: Any) -> Iterator[ExecutableDDLElement]:
    """Yield CREATE TABLE and what follows it: indexes, comments."""
    maker: Any = table._creator_ddl
    yield CreateTable(table, constraints) if maker is None else maker.against(table)
    for index in table._sorted_indexes:
        if index.is_wanted(dialect):
            yield CreateIndex(index)
    features = dialect.features
    if features.comments and not features.inline_comments:
        yield from plan_comments(table, features.constraint_comments)


def plan_comments(table: Any, of_constraints: bool) -> Iterator[ExecutableDDLElement]:
    """Yield a COMMENT for each comment of a table."""
    if table.comment is not None:
        yield SetTableComment(table)
    for column in table.columns:
        if column.comment is not None:
            yield SetColumnComment(column)
    if of_constraints:
        for constraint in table._sorted_constraints:
            if constraint.comment is not None:
                yield SetConstraintComment(constraint)


def plan_constraint(constraint: Any) -> AddConstraint:
    """Return the ALTER that adds a constraint after its table."""
    return AddConstraint(constraint, isolate_from_table=False)


def wants_sequence(sequence: Any, dialect: Any) -> bool:
    """Tell whether a sequence is an object of this database."""
    features = dialect.features
    return bool(features.sequences and not (sequence.optional and features.sequences_optional))


def plan_drop(
    metadata: Any, tables: Iterable[Any], dialect: Any, sequences: Iterable[Any] = (), types: Iterable[Any] = ()
) -> Statements:
    """Return the statements that drop the tables, those that refer to others first, then sequences and types."""
    planned: Statements = []
    for table, constraints in order_drop(tables, dialect):
        if table is not None:
            maker: Any = table._dropper_ddl
            planned.append(maker.against(table) if maker is not None else DropTable(table))
        elif dialect.features.alter:
            planned.extend(DropConstraint(one) for one in constraints)
    planned.extend(DropSequence(one) for one in sequences if wants_sequence(one, dialect))
    planned.extend(drop_statement(one) for one in types)
    return planned


def order_drop(tables: Iterable[Any], dialect: Any) -> Sorted:
    """Return the constraints to be dropped first, if any, then the tables in order."""
    known = list(tables)
    can_alter = dialect.features.alter

    def droppable(constraint: Any) -> bool | None:
        return None if can_alter and constraint.name not in (None, NONE_NAME) else False

    try:
        ordered = sort_tables_and_constraints(known, droppable)
    except CircularDependencyError as error:
        if can_alter:
            raise _cannot_drop(error) from None
        _warn_unsorted(error)
        return [(table, []) for table in known]
    return ordered[::-1]


def _names(error: CircularDependencyError) -> str:
    return ", ".join(sorted(str(table.fullname) for table in error.cycles))


def _warn_unsorted(error: CircularDependencyError) -> None:
    warn(
        f"Can't sort tables for DROP; an unresolvable foreign key dependency exists between tables: {_names(error)}; "
        "and backend does not support ALTER.  To restore at least a partial sort, apply use_alter=True to ForeignKey "
        "and ForeignKeyConstraint objects involved in the cycle to mark these as known cycles that will be ignored."
    )


def _cannot_drop(error: CircularDependencyError) -> CircularDependencyError:
    return CircularDependencyError(
        f"Can't sort tables for DROP; an unresolvable foreign key dependency exists between tables: {_names(error)}.  "
        "Please ensure that the ForeignKey and ForeignKeyConstraint objects involved in the cycle have names so that "
        "they can be dropped using DROP CONSTRAINT.",
        error.cycles,
        error.edges,
    )
