"""Names of classes and relationships, and how relationships are made, as long as a program says nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...orm.mapping.constructs import backref, relationship
from ...orm.mapping.direction import RelationshipDirection
from ...schema import ForeignKeyConstraint, Table


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
