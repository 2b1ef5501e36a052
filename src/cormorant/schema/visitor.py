"""Visits of schema objects by a method per kind: `visit_table`, `visit_column`, `visit_foreign_key_constraint`."""

from __future__ import annotations

import re
from typing import Any

from ..util.owned import own_path
from .base import SchemaItem

SchemaVisitable = SchemaItem


def visit_name_of(item: Any) -> str:
    """Return the name under which visitors receive a schema object: its class in snake case."""
    for base in type(item).__mro__:
        if own_path(base) is not None and not base.__name__.startswith("Annotated"):
            return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", base.__name__).lower()
    return type(item).__name__.lower()


class SchemaVisitor:
    """A visitor of schema objects as a class."""

    def traverse_single(self, obj: Any, **kw: Any) -> Any:
        """Visit one object; return what its method returns, None where there is none."""
        visit = getattr(self, f"visit_{visit_name_of(obj)}", None)
        return None if visit is None else visit(obj, **kw)
