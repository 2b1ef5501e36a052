"""All elements of FROM and statements that yield rows, from the files that declare them."""

from .aliases import CTE, Alias, AliasedReturnsRows, Lateral, Subquery, TableSample
from .compound import CompoundKeyword, CompoundSelect
from .fromclause import (
    FromClause,
    FromGrouping,
    NamedFromClause,
    ReturnsRows,
    Selectable,
    TableClause,
    TextFrom,
)
from .joins import Join
from .naming import NamedItem, SelectLabelStyle
from .prefixes import HasPrefixes, HasSuffixes
from .select import HasHints, Select
from .selectbase import Exists, ForUpdateArg, GenerativeSelect, HasCTE, ScalarSelect, SelectBase, SelectGrouping
from .textual import TextualSelect
from .values import ScalarValues, Values

__all__ = [
    "CTE",
    "Alias",
    "AliasedReturnsRows",
    "CompoundKeyword",
    "CompoundSelect",
    "Exists",
    "ForUpdateArg",
    "FromClause",
    "FromGrouping",
    "GenerativeSelect",
    "HasCTE",
    "HasHints",
    "HasPrefixes",
    "HasSuffixes",
    "Join",
    "Lateral",
    "NamedFromClause",
    "NamedItem",
    "ReturnsRows",
    "ScalarSelect",
    "ScalarValues",
    "Select",
    "SelectBase",
    "SelectGrouping",
    "SelectLabelStyle",
    "Selectable",
    "Subquery",
    "TableClause",
    "TableSample",
    "TextFrom",
    "TextualSelect",
    "Values",
]
