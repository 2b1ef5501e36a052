"""The functions whose result type, arguments or spelling are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from ..types import ARRAY, NULLTYPE, Date, DateTime, Integer, Numeric, String, Time, to_instance
from ..types.operators import comma_op
from ..util.generics import SUBSCRIPTED
from .bind import BindParameter
from .column import ColumnClause
from .constructors import cast, extract
from .function import GenericFunction, register_function
from .node import ATOM, Kind
from .operations import ClauseList, Grouping


class AnsiFunction(GenericFunction[Any]):
    """A function that is written without parentheses where it has no arguments."""

    _is_abstract: ClassVar[bool] = True
    inherit_cache: ClassVar[bool | None] = True


class ReturnTypeFromArgs(GenericFunction[Any]):
    """A function whose result has the type of its arguments."""

    __class_getitem__: ClassVar[Any] = SUBSCRIPTED

    _is_abstract: ClassVar[bool] = True
    inherit_cache: ClassVar[bool | None] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "type_" not in kwargs:
            known = [argument.type for argument in self.clauses if argument.type is not NULLTYPE]
            self.type = known[0] if known else NULLTYPE


class ReturnTypeFromOptionalArgs(ReturnTypeFromArgs):
    """The same, for functions where NULL arguments say nothing."""

    _is_abstract: ClassVar[bool] = True
    inherit_cache: ClassVar[bool | None] = True


class coalesce(ReturnTypeFromOptionalArgs):  # noqa: N801 - named like the function
    """The first argument that is not NULL."""

    inherit_cache: ClassVar[bool | None] = True


class max(ReturnTypeFromArgs):  # noqa: N801
    """The greatest value."""

    inherit_cache: ClassVar[bool | None] = True


class min(ReturnTypeFromArgs):  # noqa: N801
    """The least value."""

    inherit_cache: ClassVar[bool | None] = True


class sum(ReturnTypeFromArgs):  # noqa: N801
    """The sum."""

    inherit_cache: ClassVar[bool | None] = True


class pow(ReturnTypeFromArgs):  # noqa: N801
    """A power."""

    inherit_cache: ClassVar[bool | None] = True


class now(GenericFunction[Any]):  # noqa: N801
    """The time of the transaction."""

    type = DateTime()
    inherit_cache: ClassVar[bool | None] = True


class concat(GenericFunction[Any]):  # noqa: N801
    """Its arguments as one string."""

    type = String()
    inherit_cache: ClassVar[bool | None] = True


class char_length(GenericFunction[Any]):  # noqa: N801
    """The number of characters of a string."""

    type = Integer()
    inherit_cache: ClassVar[bool | None] = True

    def __init__(self, arg: Any, **kw: Any) -> None:
        super().__init__(arg, **kw)


class random(GenericFunction[Any]):  # noqa: N801
    """A random number."""

    inherit_cache: ClassVar[bool | None] = True


EVERYTHING = ColumnClause("*", is_literal=True)
COUNTED = Grouping(ClauseList(EVERYTHING, operator=comma_op, group_contents=True))
"""The argument of `count()`, which all of them share: its shape is found once."""


class count(GenericFunction[Any]):  # noqa: N801
    """The number of rows, or of rows where the expression is not NULL."""

    type = Integer()
    inherit_cache: ClassVar[bool | None] = True

    def __init__(self, expression: Any = None, **kwargs: Any) -> None:
        super().__init__(EVERYTHING if expression is None else expression, **kwargs)

    def _set_arguments(self, clauses: Iterable[Any]) -> None:
        given = tuple(clauses)
        if given[0] is EVERYTHING:
            self.clause_expr = COUNTED
        else:
            super()._set_arguments(given)


class current_date(AnsiFunction):  # noqa: N801
    """Today."""

    type = Date()
    inherit_cache: ClassVar[bool | None] = True


class current_time(AnsiFunction):  # noqa: N801
    """The time of day."""

    type = Time()
    inherit_cache: ClassVar[bool | None] = True


class current_timestamp(AnsiFunction):  # noqa: N801
    """Date and time."""

    type = DateTime()
    inherit_cache: ClassVar[bool | None] = True


class current_user(AnsiFunction):  # noqa: N801
    """The user whose rights apply."""

    type = String()
    inherit_cache: ClassVar[bool | None] = True


class localtime(AnsiFunction):  # noqa: N801
    """Date and time without time zone."""

    type = DateTime()
    inherit_cache: ClassVar[bool | None] = True


class localtimestamp(AnsiFunction):  # noqa: N801
    """Date and time without time zone."""

    type = DateTime()
    inherit_cache: ClassVar[bool | None] = True


class session_user(AnsiFunction):  # noqa: N801
    """The user who is connected."""

    type = String()
    inherit_cache: ClassVar[bool | None] = True


class sysdate(AnsiFunction):  # noqa: N801
    """Date and time of the server."""

    type = DateTime()
    inherit_cache: ClassVar[bool | None] = True


class user(AnsiFunction):  # noqa: N801
    """The user."""

    type = String()
    inherit_cache: ClassVar[bool | None] = True


class array_agg(ReturnTypeFromArgs):  # noqa: N801
    """The values as an array."""

    inherit_cache: ClassVar[bool | None] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "type_" not in kwargs:
            item = self.type
            self.type = item if isinstance(item, ARRAY) else ARRAY(item, dimensions=1)


class OrderedSetAgg(GenericFunction[Any]):
    """An aggregate over rows in an order: its type is that of WITHIN GROUP's first expression."""

    _is_abstract: ClassVar[bool] = True
    array_for_multi_clause: ClassVar[bool] = False
    inherit_cache: ClassVar[bool | None] = True

    def within_group_type(self, within_group: Any) -> Any:
        orders = within_group.order_by
        if orders is None:
            return None
        first = orders.clauses[0]
        type_ = getattr(first, "element", first).type if first.type is NULLTYPE else first.type
        many = self.array_for_multi_clause and len(self.clauses) > 0 and isinstance(self.clauses.clauses[0].type, ARRAY)
        return ARRAY(type_) if many else type_


class mode(OrderedSetAgg):  # noqa: N801
    """The most frequent value."""

    inherit_cache: ClassVar[bool | None] = True


class percentile_cont(OrderedSetAgg):  # noqa: N801
    """A percentile, interpolated."""

    array_for_multi_clause: ClassVar[bool] = True
    inherit_cache: ClassVar[bool | None] = True


class percentile_disc(OrderedSetAgg):  # noqa: N801
    """A percentile that is one of the values."""

    array_for_multi_clause: ClassVar[bool] = True
    inherit_cache: ClassVar[bool | None] = True


class rank(GenericFunction[Any]):  # noqa: N801
    """The rank with gaps."""

    type = Integer()
    inherit_cache: ClassVar[bool | None] = True


class dense_rank(GenericFunction[Any]):  # noqa: N801
    """The rank without gaps."""

    type = Integer()
    inherit_cache: ClassVar[bool | None] = True


class percent_rank(GenericFunction[Any]):  # noqa: N801
    """The relative rank."""

    type = Numeric()
    inherit_cache: ClassVar[bool | None] = True


class cume_dist(GenericFunction[Any]):  # noqa: N801
    """The cumulative distribution."""

    type = Numeric()
    inherit_cache: ClassVar[bool | None] = True


class cube(GenericFunction[Any]):  # noqa: N801
    """All combinations of grouping."""

    inherit_cache: ClassVar[bool | None] = True


class rollup(GenericFunction[Any]):  # noqa: N801
    """Grouping with subtotals."""

    inherit_cache: ClassVar[bool | None] = True


class grouping_sets(GenericFunction[Any]):  # noqa: N801
    """Groupings one beside the other."""

    inherit_cache: ClassVar[bool | None] = True


class CollectionAggregateFunction(GenericFunction[Any]):
    """ANY or ALL of a collection, beside a comparison."""

    _is_abstract: ClassVar[bool] = True
    inherit_cache: ClassVar[bool | None] = True


class any_(CollectionAggregateFunction):  # noqa: N801
    """Any of the members."""

    name = "any"
    inherit_cache: ClassVar[bool | None] = True


class some(CollectionAggregateFunction):  # noqa: N801
    """The same as ANY."""

    inherit_cache: ClassVar[bool | None] = True


class all_(CollectionAggregateFunction):  # noqa: N801
    """Each of the members."""

    name = "all"
    inherit_cache: ClassVar[bool | None] = True


class aggregate_strings(GenericFunction[Any]):  # noqa: N801
    """Strings joined by a separator: each database has its own function for it."""

    type = String()
    inherit_cache: ClassVar[bool | None] = True

    def __init__(self, clause: Any, separator: str) -> None:
        bind: BindParameter[Any] = BindParameter(
            "aggregate_strings", separator, String(), unique=True, literal_execute=True
        )
        super().__init__(clause, bind)


class next_value(GenericFunction[Any]):  # noqa: N801
    """The next value of a sequence; `sequence` is it."""

    type: Any = Integer()
    name = "next_value"
    _structure: ClassVar[Mapping[str, Kind]] = {"sequence": ATOM}
    inherit_cache: ClassVar[bool | None] = True

    def __init__(self, seq: Any, **kw: Any) -> None:
        self.sequence = seq
        if "type_" in kw:
            self.type = to_instance(kw["type_"])
        elif getattr(seq, "data_type", None) is not None:
            self.type = to_instance(seq.data_type)
        self.clause_expr = Grouping(ClauseList(operator=comma_op))


register_function("cast", cast)
register_function("extract", extract)
