"""Operators as functions: what an expression names its operator by, and what applies it when called.

In: operands. Out: the result of the left operand's method of the same meaning. Python's own operators are used as they
are (`operator.eq` ...). An operator that exists in SQL only has nothing to apply to and raises TypeError when called.
"""

# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# typeshed gives no types to some functions of `operator`.

from __future__ import annotations

import operator as _python
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

add: Callable[[Any, Any], Any] = _python.add
and_: Callable[[Any, Any], Any] = _python.and_
contains: Callable[[Any, Any], Any] = _python.contains
eq: Callable[[Any, Any], Any] = _python.eq
floordiv: Callable[[Any, Any], Any] = _python.floordiv
ge: Callable[[Any, Any], Any] = _python.ge
getitem: Callable[[Any, Any], Any] = _python.getitem
gt: Callable[[Any, Any], Any] = _python.gt
le: Callable[[Any, Any], Any] = _python.le
lshift: Callable[[Any, Any], Any] = _python.lshift
lt: Callable[[Any, Any], Any] = _python.lt
matmul: Callable[[Any, Any], Any] = _python.matmul
mod: Callable[[Any, Any], Any] = _python.mod
mul: Callable[[Any, Any], Any] = _python.mul
ne: Callable[[Any, Any], Any] = _python.ne
or_: Callable[[Any, Any], Any] = _python.or_
rshift: Callable[[Any, Any], Any] = _python.rshift
sub: Callable[[Any, Any], Any] = _python.sub
truediv: Callable[[Any, Any], Any] = _python.truediv
pow_: Callable[[Any, Any], Any] = _python.pow
inv: Callable[[Any], Any] = _python.inv
neg: Callable[[Any], Any] = _python.neg


def _escaped(function: Any, other: Any, escape: str | None, autoescape: bool) -> Any:
    """Call a matching method, with the wildcards in the text escaped where `autoescape` asks for it."""
    if not autoescape:
        return function(other, escape=escape)
    if not isinstance(other, str):
        raise TypeError("String value expected when autoescape=True")
    escape = escape or "/"
    text = other if escape in "%_" else other.replace(escape, escape + escape)
    return function(text.replace("%", escape + "%").replace("_", escape + "_"), escape=escape)


def _sql_only(name: str) -> Any:
    raise TypeError(f"operator {name} exists in SQL only and cannot be applied to Python values")


def is_(a: Any, b: Any) -> Any:
    return a.is_(b)


def is_not(a: Any, b: Any) -> Any:
    return a.is_not(b)


def is_distinct_from(a: Any, b: Any) -> Any:
    return a.is_distinct_from(b)


def is_not_distinct_from(a: Any, b: Any) -> Any:
    return a.is_not_distinct_from(b)


def in_op(a: Any, b: Any) -> Any:
    return a.in_(b)


def not_in_op(a: Any, b: Any) -> Any:
    return a.not_in(b)


def like_op(a: Any, b: Any, escape: str | None = None) -> Any:
    return a.like(b, escape=escape)


def ilike_op(a: Any, b: Any, escape: str | None = None) -> Any:
    return a.ilike(b, escape=escape)


def not_like_op(a: Any, b: Any, escape: str | None = None) -> Any:
    return a.not_like(b, escape=escape)


def not_ilike_op(a: Any, b: Any, escape: str | None = None) -> Any:
    return a.not_ilike(b, escape=escape)


def between_op(a: Any, b: Any, c: Any, symmetric: bool = False) -> Any:
    return a.between(b, c, symmetric=symmetric)


def not_between_op(a: Any, b: Any, c: Any, symmetric: bool = False) -> Any:
    return ~a.between(b, c, symmetric=symmetric)


def startswith_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return _escaped(a.startswith, b, escape, autoescape)


def not_startswith_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return ~_escaped(a.startswith, b, escape, autoescape)


def endswith_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return _escaped(a.endswith, b, escape, autoescape)


def not_endswith_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return ~_escaped(a.endswith, b, escape, autoescape)


def contains_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return _escaped(a.contains, b, escape, autoescape)


def not_contains_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return ~_escaped(a.contains, b, escape, autoescape)


def istartswith_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return _escaped(a.istartswith, b, escape, autoescape)


def not_istartswith_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return ~_escaped(a.istartswith, b, escape, autoescape)


def iendswith_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return _escaped(a.iendswith, b, escape, autoescape)


def not_iendswith_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return ~_escaped(a.iendswith, b, escape, autoescape)


def icontains_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return _escaped(a.icontains, b, escape, autoescape)


def not_icontains_op(a: Any, b: Any, escape: str | None = None, autoescape: bool = False) -> Any:
    return ~_escaped(a.icontains, b, escape, autoescape)


def match_op(a: Any, b: Any, **kw: Any) -> Any:
    return a.match(b, **kw)


def not_match_op(a: Any, b: Any, **kw: Any) -> Any:
    return ~a.match(b, **kw)


def regexp_match_op(a: Any, b: Any, flags: str | None = None) -> Any:
    return a.regexp_match(b, flags=flags)


def not_regexp_match_op(a: Any, b: Any, flags: str | None = None) -> Any:
    return ~a.regexp_match(b, flags=flags)


def regexp_replace_op(a: Any, b: Any, replacement: Any, flags: str | None = None) -> Any:
    return a.regexp_replace(b, replacement=replacement, flags=flags)


def concat_op(a: Any, b: Any) -> Any:
    concat = getattr(a, "concat", None)
    return b._rconcat(a) if concat is None else concat(b)


def desc_op(a: Any) -> Any:
    return a.desc()


def asc_op(a: Any) -> Any:
    return a.asc()


def nulls_first_op(a: Any) -> Any:
    return a.nulls_first()


def nulls_last_op(a: Any) -> Any:
    return a.nulls_last()


def distinct_op(a: Any) -> Any:
    return a.distinct()


def any_op(a: Any) -> Any:
    return a.any_()


def all_op(a: Any) -> Any:
    return a.all_()


def collate(a: Any, b: Any, collation_schema: str | None = None) -> Any:
    return a.collate(b, collation_schema=collation_schema)


def bitwise_xor_op(a: Any, b: Any) -> Any:
    return a.bitwise_xor(b)


def bitwise_or_op(a: Any, b: Any) -> Any:
    return a.bitwise_or(b)


def bitwise_and_op(a: Any, b: Any) -> Any:
    return a.bitwise_and(b)


def bitwise_lshift_op(a: Any, b: Any) -> Any:
    return a.bitwise_lshift(b)


def bitwise_rshift_op(a: Any, b: Any) -> Any:
    return a.bitwise_rshift(b)


def bitwise_not_op(a: Any) -> Any:
    return a.bitwise_not()


def op(a: Any, opstring: str, b: Any) -> Any:
    return a.op(opstring)(b)


def null_op(a: Any, b: Any) -> Any:
    return a.operate(null_op, b)


def is_true(a: Any) -> Any:
    return _sql_only("is_true")


def is_false(a: Any) -> Any:
    return _sql_only("is_false")


def comma_op(a: Any, b: Any) -> Any:
    return _sql_only("comma_op")


def filter_op(a: Any, b: Any) -> Any:
    return _sql_only("filter_op")


def json_getitem_op(a: Any, b: Any) -> Any:
    return _sql_only("json_getitem_op")


def json_path_getitem_op(a: Any, b: Any) -> Any:
    return _sql_only("json_path_getitem_op")


def exists() -> Any:
    return _sql_only("exists")


def as_() -> Any:
    return _sql_only("as_")


def from_() -> Any:
    return _sql_only("from_")


def function_as_comparison_op() -> Any:
    return _sql_only("function_as_comparison_op")


istrue = is_true
isfalse = is_false
isnot = is_not
isnot_distinct_from = is_not_distinct_from
notbetween_op = not_between_op
notcontains_op = not_contains_op
notendswith_op = not_endswith_op
notilike_op = not_ilike_op
notin_op = not_in_op
notlike_op = not_like_op
notmatch_op = not_match_op
notstartswith_op = not_startswith_op
nullsfirst_op = nulls_first_op
nullslast_op = nulls_last_op

__all__ = [
    "add",
    "all_op",
    "and_",
    "any_op",
    "as_",
    "asc_op",
    "between_op",
    "bitwise_and_op",
    "bitwise_lshift_op",
    "bitwise_not_op",
    "bitwise_or_op",
    "bitwise_rshift_op",
    "bitwise_xor_op",
    "collate",
    "comma_op",
    "concat_op",
    "contains",
    "contains_op",
    "desc_op",
    "distinct_op",
    "endswith_op",
    "eq",
    "exists",
    "filter_op",
    "floordiv",
    "from_",
    "function_as_comparison_op",
    "ge",
    "getitem",
    "gt",
    "icontains_op",
    "iendswith_op",
    "ilike_op",
    "in_op",
    "inv",
    "is_",
    "is_distinct_from",
    "is_false",
    "is_not",
    "is_not_distinct_from",
    "is_true",
    "isfalse",
    "isnot",
    "isnot_distinct_from",
    "istartswith_op",
    "istrue",
    "json_getitem_op",
    "json_path_getitem_op",
    "le",
    "like_op",
    "lshift",
    "lt",
    "match_op",
    "matmul",
    "mod",
    "mul",
    "ne",
    "neg",
    "not_between_op",
    "not_contains_op",
    "not_endswith_op",
    "not_icontains_op",
    "not_iendswith_op",
    "not_ilike_op",
    "not_in_op",
    "not_istartswith_op",
    "not_like_op",
    "not_match_op",
    "not_regexp_match_op",
    "not_startswith_op",
    "notbetween_op",
    "notcontains_op",
    "notendswith_op",
    "notilike_op",
    "notin_op",
    "notlike_op",
    "notmatch_op",
    "notstartswith_op",
    "null_op",
    "nulls_first_op",
    "nulls_last_op",
    "nullsfirst_op",
    "nullslast_op",
    "op",
    "or_",
    "pow_",
    "regexp_match_op",
    "regexp_replace_op",
    "rshift",
    "startswith_op",
    "sub",
    "truediv",
]
