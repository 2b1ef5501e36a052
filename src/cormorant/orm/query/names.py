"""What rows call the columns of an ORM statement.

In: the columns and how the statement labels them. Out: a name for each; None where rows have none for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...sql.naming import (
    LABEL_STYLE_LEGACY_ORM,
    LABEL_STYLE_NONE,
    PROXY_KEY,
    SelectLabelStyle,
    given_name_of,
    name_items,
    proxy_key,
)


def row_names(elements: Sequence[Any], style: SelectLabelStyle) -> list[str | None]:
    """Return the names of columns: numbered where they occur twice, unless the style says nothing of labels."""
    if style is LABEL_STYLE_LEGACY_ORM:
        return [_own_name(element) for element in elements]
    keys: list[str | None] = [item.key for item in name_items(elements, style)]
    if style is LABEL_STYLE_NONE:
        return [_own_name(element) or key for element, key in zip(elements, keys, strict=True)]
    return keys


def _own_name(element: Any) -> str | None:
    """Return the name that a program gave an expression, or that of a column; None for any other expression."""
    if element.is_text:
        return None
    known: str | None = element._annotations.get(PROXY_KEY) or given_name_of(element)
    if known is not None:
        return known
    return proxy_key(element) if element.is_named and not element.is_label else None
