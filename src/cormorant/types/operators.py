"""Operators: the functions, the facts about them, and the mixins of what they apply to.

Public as `cormorant.sql.operators`.
"""

from . import operator_functions
from .custom_op import OperatorClass, custom_op
from .operands import ColumnOperators, Operators, OrderingOperators
from .operator_facts import (
    commutative_op,
    comparison_op,
    is_associative,
    is_boolean,
    is_commutative,
    is_comparison,
    is_natural_self_precedent,
    is_order_by_modifier,
    is_ordering_modifier,
    is_precedent,
    mirror,
)
from .operator_functions import *  # noqa: F403

__all__ = [
    "ColumnOperators",
    "OperatorClass",
    "Operators",
    "OrderingOperators",
    "commutative_op",
    "comparison_op",
    "custom_op",
    "is_associative",
    "is_boolean",
    "is_commutative",
    "is_comparison",
    "is_natural_self_precedent",
    "is_order_by_modifier",
    "is_ordering_modifier",
    "is_precedent",
    "mirror",
]
__all__ += operator_functions.__all__
