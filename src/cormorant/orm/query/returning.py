"""RETURNING with entities: their stored columns, and the plan that makes objects of the returned rows."""

from __future__ import annotations

from typing import Any

from ...sql.naming import PROXY_KEY
from ..mapping.entity import EntityNode
from .adapt import keep
from .branch import EMPTY, Branch, ColumnChoice
from .bundle import Bundle
from .drafts import Columns, EntityDraft
from .items import column_item
from .joining import add_columns
from .plan import BundleLoad, Item, LoadPlan


def returned_items(elements: tuple[Any, ...]) -> tuple[list[Any], LoadPlan | None]:
    """Return the columns of RETURNING and the load plan; None where no class is named."""
    columns = Columns()
    makers: list[Any] = []
    for element in elements:
        if isinstance(element, EntityNode):
            makers.append(_draft(element, columns))
        elif isinstance(element, Bundle):
            makers.append((element, [(column, columns.add(column, False)) for column in element.exprs]))
        else:
            found = element.c if element.is_from_clause else (element,)
            makers += [(column, columns.add(column, False)) for column in found]
    if not any(_needs_plan(maker) for maker in makers):
        return columns.own, None
    return columns.own, LoadPlan(tuple([_item(maker, columns) for maker in makers]))


def _needs_plan(maker: Any) -> bool:
    return isinstance(maker, EntityDraft) or isinstance(maker[0], Bundle) or PROXY_KEY in maker[0]._annotations


def _item(maker: Any, columns: Columns) -> Item:
    if isinstance(maker, EntityDraft):
        return maker.finish(columns)
    element, slot = maker
    if not isinstance(element, Bundle):
        return column_item(element, columns.position(slot))
    parts = [column_item(column, columns.position(place), column.key) for column, place in slot]
    return BundleLoad(element.name, element.row_function([part.name for part in parts]), tuple(parts), (element,))


def _draft(node: EntityNode, columns: Columns) -> EntityDraft:
    draft = EntityDraft(node.row_name, node.mapper, lookup=(node.entity.entity, node))
    left_out = {prop.key: ColumnChoice.DEFER for prop in node.mapper.column_attrs if prop.is_expression}
    add_columns(draft, columns, keep, Branch(columns=left_out) if left_out else EMPTY, False)
    return draft
