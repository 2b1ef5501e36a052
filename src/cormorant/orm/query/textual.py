"""Entities from the rows of another statement: `select(User).from_statement(...)`.

In: a Select with a source statement. Out: that statement and a load plan. The columns of text without declared columns
are matched to attributes by name when the first row comes; other statements must have the entity's columns by name.
"""

from __future__ import annotations

from typing import Any

from ...compile.lowering import Lowered
from ...exc import ArgumentError, NoSuchColumnError
from ...sql.textual import TextualSelect
from ..mapping.entity import EntityNode
from .drafts import Columns, EntityDraft, Slot
from .inheritance import discriminator_key
from .plan import LoadPlan


def lower_from_statement(select: Any) -> Lowered:
    """Return the source statement and the plan that makes entities of its rows."""
    source = select.source_statement
    nodes = [element for element in select.raw_columns if isinstance(element, EntityNode)]
    if len(nodes) != len(select.raw_columns):
        raise ArgumentError("from_statement() loads mapped classes: select entities, not single columns")
    if source.is_text and not isinstance(source, TextualSelect):
        source = _typed(source, nodes)
    names = [_name_of(item) for item in source.named_items()]
    columns = Columns()
    columns.own = list(names)
    items = tuple([_draft(node, names).finish(columns) for node in nodes])
    return Lowered(source, LoadPlan(items))


def _typed(text: Any, nodes: list[EntityNode]) -> Any:
    """Return text with the columns of the entities, in the order of the mapping."""
    found = [prop.columns[0] for node in nodes for prop in node.mapper.column_attrs if not prop.deferred]
    return text.columns(*found)


def _name_of(item: Any) -> str:
    element = item.element
    name = getattr(element, "name", None)
    return str(name if isinstance(name, str) else item.key)


def _draft(node: EntityNode, names: list[str]) -> EntityDraft:
    mapper = node.mapper
    draft = EntityDraft(node.row_name, mapper, lookup=(node.entity.entity, node))
    for prop in mapper.column_attrs:
        for column in prop.columns:
            if column.name in names:
                draft.slots[prop.key] = Slot(False, names.index(column.name))
                break
    told_by = discriminator_key(mapper)
    needed = mapper.pk_keys if told_by is None else (*mapper.pk_keys, told_by)
    missing = [key for key in needed if key not in draft.slots]
    if missing:
        raise NoSuchColumnError(f"Could not locate column in row for column '{mapper.class_.__name__}.{missing[0]}'")
    return draft
