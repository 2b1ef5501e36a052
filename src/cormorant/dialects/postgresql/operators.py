"""The operators that PostgreSQL has beside those of the standard, as values that expressions are made of."""

from __future__ import annotations

from typing import Any

from ...types.boolean import BOOLEANTYPE
from ...types.custom_op import custom_op
from ...types.operator_facts import PRECEDENCE
from ...types.operators import eq, json_getitem_op

COMPARES = PRECEDENCE[eq]
SUBSCRIPTS = PRECEDENCE[json_getitem_op]


def _comparison(text: str, is_grouped: bool = True) -> custom_op:
    return custom_op(
        text,
        precedence=COMPARES,
        is_comparison=True,
        natural_self_precedent=is_grouped,
        eager_grouping=is_grouped,
        return_type=BOOLEANTYPE,
    )


def _part(text: str, return_type: Any = None) -> custom_op:
    return custom_op(
        text, precedence=SUBSCRIPTS, natural_self_precedent=True, eager_grouping=True, return_type=return_type
    )


ASTEXT = _part("->>")
JSONPATH_ASTEXT = _part("#>>")
DELETE_PATH = _part("#-")

HAS_KEY = _comparison("?")
HAS_ALL = _comparison("?&")
HAS_ANY = _comparison("?|")
CONTAINS = _comparison("@>")
CONTAINED_BY = _comparison("<@")
PATH_EXISTS = _comparison("@?")
PATH_MATCH = _comparison("@@")

OVERLAP = _comparison("&&", is_grouped=False)
STRICTLY_LEFT_OF = _comparison("<<", is_grouped=False)
STRICTLY_RIGHT_OF = _comparison(">>", is_grouped=False)
NOT_EXTEND_RIGHT_OF = _comparison("&<", is_grouped=False)
NOT_EXTEND_LEFT_OF = _comparison("&>", is_grouped=False)
ADJACENT_TO = _comparison("-|-", is_grouped=False)
