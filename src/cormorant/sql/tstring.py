"""Template strings of Python 3.14 as SQL: `tstring(t"SELECT * FROM t WHERE id = {wanted}")`.

In: a template. Out: a statement like text(), in which values are bind parameters and expressions are rendered; only
what the program wrote itself is SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ..exc import ArgumentError
from ..util import EMPTY
from .bind import BindParameter
from .coercion import clause_of
from .node import ATOM, NODES, Kind
from .simple import TextClause


class TString(TextClause):
    """SQL from a template string: `strings` are its texts, `parts` the elements between them."""

    _structure: ClassVar[Mapping[str, Kind]] = {"strings": ATOM, "parts": NODES}

    def __init__(self, template: Any) -> None:
        if not hasattr(template, "interpolations") or not hasattr(template, "strings"):
            raise ArgumentError("pep-750 Tstring (e.g. t'...') expected")
        self.text = ""
        self.bind_params = EMPTY
        self.strings: tuple[str, ...] = tuple(template.strings)
        self.parts = tuple([_part(one) for one in template.interpolations])


def _part(interpolation: Any) -> Any:
    if interpolation.conversion is not None or interpolation.format_spec:
        raise ArgumentError(
            f"{{{interpolation.expression}}}: values are bind parameters, which take neither conversion nor format"
        )
    node = clause_of(interpolation.value)
    return BindParameter(None, interpolation.value, unique=True) if node is None else node


def tstring(template: Any) -> TString:
    """Return a template string of Python 3.14 as SQL; raises ArgumentError for anything else, strings included."""
    return TString(template)
