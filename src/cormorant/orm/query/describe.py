"""What the items of an ORM statement are: `Select.column_descriptions`.

In: a Select. Out: one dictionary per item: name, type, whether it is seen through an alias, expression and entity.
"""

from __future__ import annotations

from typing import Any

from ...sql.naming import ATTRIBUTE_NAME, LABEL_STYLE_DISAMBIGUATE_ONLY, PROXY_KEY, name_items
from ..mapping.entity import ENTITY, PROPERTY, EntityNode
from .bundle import Bundle
from .items import configure_entities


def describe_items(select: Any) -> list[dict[str, Any]]:
    """Return the descriptions of a statement's items."""
    configure_entities(select.raw_columns)
    elements = [part for element in select.raw_columns for part in _parts(element)]
    plain = [element for element in elements if not isinstance(element, (EntityNode, Bundle))]
    keys = iter([item.key for item in name_items(plain, LABEL_STYLE_DISAMBIGUATE_ONLY)])
    return [_describe(element, keys) for element in elements]


def _parts(element: Any) -> list[Any]:
    """Return the columns of a table, else the element itself."""
    return list(element.c) if element.is_from_clause and not isinstance(element, EntityNode) else [element]


def _describe(element: Any, keys: Any) -> dict[str, Any]:
    if isinstance(element, EntityNode):
        return _entity(element.entity)
    owner = _owner(element)
    found: dict[str, Any] = {
        "aliased": owner is not None and owner.is_aliased_class,
        "entity": None if owner is None else owner.entity,
    }
    if isinstance(element, Bundle):
        return {"name": element.name, "type": Bundle, "expr": element, **found}
    name = next(keys)
    if element.is_label:
        name = element._annotations.get(PROXY_KEY, name)
    return {"name": name, "type": element.type, "expr": _as_given(element, owner), **found}


def _entity(entity: Any) -> dict[str, Any]:
    aliased = bool(entity.is_aliased_class)
    name = entity.name if aliased else entity.class_.__name__
    given = entity.entity
    return {"name": name, "type": entity.class_, "aliased": aliased, "expr": given, "entity": given}


def _owner(element: Any) -> Any:
    """Return the entity that an element mentions first; None where it mentions none."""
    node = element._annotations.get(ENTITY)
    if node is not None:
        return node.entity
    if element.is_select_statement or element.is_from_clause:
        return None
    return next((owner for child in element._children() if (owner := _owner(child)) is not None), None)


def _as_given(element: Any, owner: Any) -> Any:
    """Return the attribute for a column that was given as one."""
    annotations = element._annotations
    key = annotations.get(ATTRIBUTE_NAME) or annotations.get(PROXY_KEY) or annotations.get(PROPERTY)
    return element if key is None or owner is None else getattr(owner.entity, key, element)
