"""RETURNING with entities: their columns, and the plan that makes objects of the returned rows."""

from __future__ import annotations

from typing import Any

from ...sql.naming import PROXY_KEY
from ..mapping.entity import EntityNode
from .adapt import keep
from .branch import EMPTY
from .drafts import Columns, EntityDraft
from .items import column_item
from .joining import add_columns
from .plan import Item, LoadPlan


def returned_items(elements: tuple[Any, ...]) -> tuple[list[Any], LoadPlan | None]:
    """Return the columns of RETURNING and the load plan; None where no class is named."""
    columns = Columns()
    makers: list[Any] = []
    for element in elements:
        if isinstance(element, EntityNode):
            makers.append(_draft(element, columns))
        else:
            found = element.c if element.is_from_clause else (element,)
            makers += [(column, columns.add(column, False)) for column in found]
    if not any(isinstance(maker, EntityDraft) or PROXY_KEY in maker[0]._annotations for maker in makers):
        return columns.own, None
    items: list[Item] = [
        maker.finish(columns) if isinstance(maker, EntityDraft) else column_item(maker[0], columns.position(maker[1]))
        for maker in makers
    ]
    return columns.own, LoadPlan(tuple(items))


def _draft(node: EntityNode, columns: Columns) -> EntityDraft:
    draft = EntityDraft(node.row_name, node.mapper, lookup=(node.entity.entity, node))
    add_columns(draft, columns, keep, EMPTY, False)
    return draft
