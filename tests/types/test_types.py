"""Types: text, structure, results of operators, types of literals, and conversions made of several."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
import warnings
from decimal import Decimal
from typing import Any

import pytest

from cormorant import create_engine, exc, literal, select
from cormorant import types as t
from cormorant.types import operators as ops
from cormorant.types.conversion import Conversion, as_processor


class PlainDialect:
    """A dialect whose driver takes everything as it is, but text, which it wants in upper case."""

    name = "plain"

    class features:
        native_interval = False
        native_enum = False

    def bind_conversion(self, type_: Any) -> Conversion | None:
        return Conversion(str.upper) if isinstance(type_, t.String) else None

    def result_conversion(self, type_: Any) -> Conversion | None:
        return Conversion(str.lower) if isinstance(type_, t.String) else None

    def literal_conversion(self, type_: Any) -> Conversion | None:
        return Conversion(lambda value: f"'{value}'")


plain = PlainDialect()


def sent(type_: t.TypeEngine[Any], value: Any) -> Any:
    process = as_processor(type_.bind_conversion(plain))
    return value if process is None else process(value)


def read(type_: t.TypeEngine[Any], value: Any) -> Any:
    process = as_processor(type_.result_conversion(plain))
    return value if process is None else process(value)


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (t.String(50), "String(length=50)"),
        (t.Integer(), "Integer()"),
        (t.Numeric(10, 2), "Numeric(precision=10, scale=2)"),
        (t.Float(asdecimal=True), "Float(asdecimal=True)"),
        (t.Enum("a", "b", name="e"), "Enum('a', 'b', name='e')"),
        (t.ARRAY(t.String(5), dimensions=2), "ARRAY(String(length=5), dimensions=2)"),
        (t.Interval(native=False), "Interval()"),
        (t.TupleType(t.Integer, t.String), "TupleType(Integer(), String())"),
        (t.Boolean(create_constraint=True, name="b"), "Boolean(create_constraint=True, name='b')"),
    ],
)
def test_repr_is_the_call_that_makes_it(type_: t.TypeEngine[Any], text: str) -> None:
    assert repr(type_) == text


def test_keys_are_equal_for_equal_arguments() -> None:
    assert t.String(50).key == t.String(50).key
    assert t.String(50).key != t.String(51).key
    assert t.String(50).key != t.VARCHAR(50).key
    assert t.Enum("a", "b").key != t.Enum("a", "c").key
    assert t.String(5).with_variant(t.Text(), "x").key != t.String(5).key


def test_a_programs_type_says_whether_it_has_a_key() -> None:
    class Silent(t.TypeDecorator[str]):
        impl = t.String

    class Safe(t.TypeDecorator[str]):
        impl = t.String
        cache_ok = True

        def __init__(self, mark: str) -> None:
            super().__init__()
            self.mark = mark

    assert Silent().key is None
    statement = select(literal("x", t.ARRAY(Silent())))
    assert str(statement) == "SELECT :param_1 AS anon_1"
    with pytest.warns(exc.SAWarning, match="will not produce a cache key because the ``cache_ok`` attribute"):
        create_engine("sqlite://").plan_for(statement)
    assert Safe("a").key == Safe("a").key
    assert Safe("a").key != Safe("b").key


@pytest.mark.parametrize(
    ("left", "op", "right", "expected"),
    [
        (t.Integer(), ops.add, t.Integer(), t.Integer),
        (t.Integer(), ops.add, t.Numeric(), t.Numeric),
        (t.Integer(), ops.truediv, t.Integer(), t.Numeric),
        (t.Integer(), ops.floordiv, t.Integer(), t.Integer),
        (t.SmallInteger(), ops.add, t.Integer(), t.SmallInteger),
        (t.Date(), ops.sub, t.Date(), t.Integer),
        (t.DateTime(), ops.sub, t.DateTime(), t.Interval),
        (t.Interval(), ops.add, t.Date(), t.DateTime),
        (t.Integer(), ops.eq, t.Integer(), t.Boolean),
        (t.Enum("a"), ops.concat_op, t.String(), t.String),
        (t.NULLTYPE, ops.add, t.String(), t.String),
        (t.NULLTYPE, ops.sub, t.Integer(), t.NullType),
    ],
)
def test_types_of_operators(left: Any, op: Any, right: Any, expected: type[Any]) -> None:
    assert type(left.result_type(op, right)) is expected


def test_plus_of_text_is_concatenation() -> None:
    assert t.String().adapt_operator(ops.add, t.String()) is ops.concat_op
    assert t.String().adapt_operator(ops.add, t.Integer()) is ops.add
    assert t.NULLTYPE.adapt_operator(ops.add, t.Text()) is ops.concat_op


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, t.Integer),
        (True, t.Boolean),
        ("a", t.String),
        (1.5, t.Double),
        (Decimal(1), t.Numeric),
        (b"a", t.LargeBinary),
        (dt.date(2020, 1, 1), t.Date),
        (dt.timedelta(1), t.Interval),
        (uuid.UUID(int=1), t.Uuid),
        (None, t.NullType),
        ([], t.NullType),
    ],
)
def test_types_of_literals(value: Any, expected: type[Any]) -> None:
    assert type(t.literal_type(value)) is expected


def test_a_literal_of_the_same_kind_takes_the_type_compared_with() -> None:
    column_type = t.String(50)
    assert column_type.coerce_compared_value(ops.eq, "a") is column_type
    assert column_type.coerce_compared_value(ops.eq, None) is column_type
    assert type(column_type.coerce_compared_value(ops.add, 5)) is t.Integer


def test_variants_stand_in_for_the_type() -> None:
    type_ = t.Integer().with_variant(t.Text(), "plain")
    assert sent(type_, "a") == "A"
    assert repr(type_) == "Integer()"
    with pytest.raises(exc.ArgumentError, match="already present"):
        type_.with_variant(t.Text(), "plain")
    with pytest.raises(exc.ArgumentError, match="At least one dialect name"):
        type_.with_variant(t.Text())


def test_a_decorator_wraps_the_conversions_of_its_impl() -> None:
    class Prefixed(t.TypeDecorator[str]):
        impl = t.String
        cache_ok = True

        def process_bind_param(self, value: Any, dialect: Any) -> Any:
            return None if value is None else f"x{value}"

        def process_result_value(self, value: Any, dialect: Any) -> Any:
            return "nothing" if value is None else value[1:]

    assert sent(Prefixed(), "abc") == "XABC"
    assert read(Prefixed(), "XABC") == "abc"
    assert read(Prefixed(), None) == "nothing"
    assert Prefixed(50).length == 50
    assert repr(Prefixed(50)) == "Prefixed(length=50)"


def test_a_type_may_override_the_processors() -> None:
    class Shouting(t.String):
        def bind_processor(self, dialect: Any) -> Any:
            inner = super().bind_processor(dialect)
            assert inner is not None
            return lambda value: inner(value) + "!"

    assert sent(Shouting(), "a") == "A!"


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


def test_enumerations_are_stored_by_name() -> None:
    type_ = t.Enum(Colour)
    assert (type_.enums, type_.name, type_.length) == (["RED", "BLUE"], "colour", 4)
    assert type_.name_of(Colour.RED) == "RED"
    assert type_.member_of("BLUE") is Colour.BLUE
    with pytest.raises(LookupError, match=r"'x' is not among the defined enum values. Enum name: colour"):
        type_.member_of("x")
    with pytest.raises(ValueError, match="length must be larger"):
        t.Enum("abc", length=2)
    with pytest.raises(LookupError):
        t.Enum("a", validate_strings=True).name_of("b")
    assert t.Enum(Colour, values_callable=lambda class_: [str(member.value) for member in class_]).enums == ["1", "2"]


def test_intervals_count_from_the_epoch_where_there_is_no_such_type() -> None:
    assert sent(t.Interval(), dt.timedelta(days=1)) == dt.datetime(1970, 1, 2)
    assert read(t.Interval(), dt.datetime(1970, 1, 2)) == dt.timedelta(days=1)


def test_pickles_and_arrays() -> None:
    assert read(t.PickleType(), sent(t.PickleType(), {"a": 1})) == {"a": 1}
    assert sent(t.ARRAY(t.String), [["a"], ["b"]]) == [["A"], ["B"]]
    assert read(t.ARRAY(t.String, as_tuple=True), ["A"]) == ("a",)
    with pytest.raises(ValueError, match="Do not nest ARRAY types"):
        t.ARRAY(t.ARRAY(t.Integer))


def test_json_none_is_null_of_the_document_unless_told_otherwise() -> None:
    assert t.JSON().writer(repr)(None) == "None"
    assert t.JSON(none_as_null=True).writer(repr)(None) is None
    assert t.JSON(none_as_null=True).writer(repr)(t.JSON.NULL) == "None"
    assert t.JSON().should_evaluate_none
    assert not t.JSON(none_as_null=True).should_evaluate_none


def test_subscripts() -> None:
    json_type = t.JSON()
    op, index, index_type, result = json_type.subscript(("a", 1))
    assert (op, index, type(index_type), result) == (ops.json_path_getitem_op, ("a", 1), t.JSON.JSONPathType, json_type)
    assert t.ARRAY(t.Integer, zero_indexes=True).subscript(0)[1] == 1
    assert type(t.ARRAY(t.Integer).subscript(1)[3]) is t.Integer


def test_truth_values_are_checked() -> None:
    assert [t.Boolean.as_integer(value) for value in (True, 0, None)] == [1, 0, None]
    with pytest.raises(TypeError, match="Not a boolean value: 'x'"):
        t.Boolean.as_integer("x")
    with pytest.raises(ValueError, match="Value 2 is not None, True, or False"):
        t.Boolean.as_integer(2)


def test_generic_types_behind_named_ones() -> None:
    assert repr(t.VARCHAR(5).as_generic()) == "String(length=5)"
    assert repr(t.TIMESTAMP(timezone=True).as_generic()) == "DateTime(timezone=True)"


def test_no_warning_for_built_in_types() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert t.Interval().key is not None
        assert t.PickleType().key is not None
