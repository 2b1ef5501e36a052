"""How elements of a program's own say what their attributes hold: pairs of name and member of `InternalTraversal`.

In: `_traverse_internals` of a class. Out: the fields that a node declares in `_structure`. Attributes that say
`dp_ignore` are no part of the structure; everything else is, so that no statement finds the text of another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from .shapes import NODE, OPAQUE, TREE, TYPE, Kind


class InternalTraversal(Enum):
    """What an attribute of an element holds."""

    dp_has_cache_key = "HC"
    dp_has_cache_key_list = "HL"
    dp_clauseelement = "CE"
    dp_fromclause_canonical_column_collection = "FC"
    dp_clauseelement_tuples = "CTS"
    dp_clauseelement_list = "CL"
    dp_clauseelement_tuple = "CT"
    dp_executable_options = "EO"
    dp_compile_state_funcs = "WC"
    dp_fromclause_ordered_set = "CO"
    dp_string = "S"
    dp_string_list = "SL"
    dp_anon_name = "AN"
    dp_boolean = "B"
    dp_operator = "O"
    dp_type = "T"
    dp_plain_dict = "PD"
    dp_dialect_options = "DO"
    dp_string_clauseelement_dict = "CD"
    dp_string_multi_dict = "MD"
    dp_annotations_key = "AK"
    dp_plain_obj = "PO"
    dp_named_ddl_element = "DD"
    dp_prefix_sequence = "PS"
    dp_table_hint_list = "TH"
    dp_setup_join_tuple = "SJ"
    dp_memoized_select_entities = "ME"
    dp_statement_hint_list = "SH"
    dp_unknown_structure = "UK"
    dp_dml_ordered_values = "DML_OV"
    dp_dml_values = "DML_V"
    dp_dml_multi_values = "DML_MV"
    dp_propagate_attrs = "PA"
    dp_params = "PM"
    dp_has_cache_key_tuples = "HT"
    dp_inspectable = "IS"
    dp_multi = "M"
    dp_multi_list = "MT"
    dp_ignore = "IG"


_KINDS: Mapping[InternalTraversal, Kind] = {
    InternalTraversal.dp_clauseelement: NODE,
    InternalTraversal.dp_type: TYPE,
    InternalTraversal.dp_ignore: OPAQUE,
}


def fields_of(internals: Iterable[tuple[str, Any]]) -> dict[str, Kind]:
    """Return the fields of an element; what holds no single node, type or nothing is looked through."""
    return {name: _KINDS.get(kind, TREE) for name, kind in internals}
