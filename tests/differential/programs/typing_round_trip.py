"""Values through each type and back, with NULLs, on SQLite: what the driver gets and what comes out."""

from __future__ import annotations

import datetime
import decimal
import enum
import uuid
from typing import Any

from ..registry import PROGRAMS, program

D = decimal.Decimal
WHEN = datetime.datetime(2026, 1, 31, 12, 30, 45, 123456)


class Colour(enum.Enum):
    red = "r"
    green = "g"


ROUND_TRIPS: dict[str, tuple[str, list[Any]]] = {
    "integer": ("sa.Integer", [0, -1, 2**31, None]),
    "big_integer": ("sa.BigInteger", [2**62, None]),
    "string": ("sa.String(20)", ["", "x", "ä'\"%\\", "\U0001f600", None]),
    "text": ("sa.Text", ["", "line\nbreak", None]),
    "boolean": ("sa.Boolean", [True, False, None]),
    "float": ("sa.Float", [0.0, -1.5, 1e300, 3, None]),
    "float_decimal": ("sa.Float(asdecimal=True)", [1.5, None]),
    "numeric": ("sa.Numeric(10, 2)", [D("1.10"), D("-0.01"), D("1000"), None]),
    "numeric_plain": ("sa.Numeric", [D("1.1"), D("12345.678901234"), 5, None]),
    "numeric_float": ("sa.Numeric(10, 2, asdecimal=False)", [D("1.10"), 2.5, None]),
    "date": ("sa.Date", [datetime.date(2026, 1, 31), datetime.date(1, 1, 1), None]),
    "datetime": ("sa.DateTime", [WHEN, WHEN.replace(microsecond=0), None]),
    "time": ("sa.Time", [datetime.time(1, 2, 3), datetime.time(23, 59, 59, 999999), None]),
    "binary": ("sa.LargeBinary", [b"", b"\x00\xff", None]),
    "json": ("sa.JSON", [{"a": [1, None, "ä"]}, [], "text", 5, 1.5, True, None]),
    "json_none_as_null": ("sa.JSON(none_as_null=True)", [{}, None]),
    "uuid": ("sa.Uuid", [uuid.UUID(int=5), None]),
    "enum_strings": ("sa.Enum('a', 'b')", ["a", "b", None]),
    "enum_class": ("sa.Enum(Colour)", [Colour.red, Colour.green, None]),
    "interval": ("sa.Interval", [datetime.timedelta(days=1, seconds=2, microseconds=3), datetime.timedelta(0), None]),
    "pickle": ("sa.PickleType", [{"a": (1, 2)}, None]),
    "unicode": ("sa.Unicode(10)", ["ä", None]),
}


def add(name: str, kind: str, values: list[Any]) -> None:
    def run(sa: Any, orm: Any, log: Any) -> None:
        metadata = sa.MetaData()
        made = eval(kind, {"sa": sa, "Colour": Colour})
        table = sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("x", made))
        engine = log.engine(metadata)
        with engine.begin() as connection:
            for value in values:
                connection.execute(sa.insert(table).values(x=value))
            connection.execute(sa.insert(table), [{"x": value} for value in values])
            found = connection.execute(sa.select(table.c.x).order_by(table.c.id)).scalars().all()
            log("values", found, [type(value).__name__ for value in found])
            for value in values:
                log("found", connection.execute(sa.select(table.c.id).where(table.c.x == value)).scalars().all())
            log("bound", connection.scalar(sa.select(sa.literal(values[0], made))))
            log("max", connection.scalar(sa.select(sa.func.count(table.c.x))))
        if name != "pickle":
            log.dump("t")

    PROGRAMS[f"typing_round_trip.{name}"] = run


for _name, (_kind, _values) in ROUND_TRIPS.items():
    add(_name, _kind, _values)


@program
def guessed_types(sa: Any, orm: Any, log: Any) -> None:
    values = [1, 1.5, "x", b"x", True, None, D("1.5"), datetime.date(2026, 1, 1), WHEN, datetime.time(1)]
    log("types", [type(sa.literal(value).type).__name__ for value in values])
    log("results", [type((sa.literal(1) + value).type).__name__ for value in (1, 1.5, D("1"))])


@program
def wrong_values(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    kinds = {
        "date": sa.Date,
        "datetime": sa.DateTime,
        "boolean": sa.Boolean,
        "enum": sa.Enum("a", "b"),
        "uuid": sa.Uuid,
    }
    table = sa.Table("t", metadata, *[sa.Column(name, kind) for name, kind in kinds.items()])
    engine = log.engine(metadata)
    with engine.connect() as connection:
        for name in kinds:
            with log.raises(name, ""):
                connection.execute(sa.insert(table).values({name: "nonsense"}))
        with log.raises("object", "type 'object' is not supported"):
            connection.execute(sa.select(sa.literal(object(), sa.Integer)))
        with log.raises("literal", ""):
            sa.literal(object())
    log.dump("t")


@program
def type_decorator(sa: Any, orm: Any, log: Any) -> None:
    class Upper(sa.types.TypeDecorator):
        impl = sa.String
        cache_ok = True

        def process_bind_param(self, value: Any, dialect: Any) -> Any:
            return None if value is None else value.upper()

        def process_result_value(self, value: Any, dialect: Any) -> Any:
            return None if value is None else f"<{value}>"

    metadata = sa.MetaData()
    table = sa.Table("t", metadata, sa.Column("x", Upper(10)))
    log.text("create", sa.schema.CreateTable(table))
    engine = log.engine(metadata)
    with engine.begin() as connection:
        connection.execute(table.insert(), [{"x": "a"}, {"x": None}])
        log("found", connection.execute(sa.select(table.c.x)).scalars().all())
        log("where", connection.execute(sa.select(table).where(table.c.x == "a")).all())


@program
def numeric_rounding(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    table = sa.Table("t", metadata, sa.Column("x", sa.Numeric(10, 3)))
    engine = log.engine(metadata)
    with engine.begin() as connection:
        connection.execute(table.insert(), [{"x": D("1.23456")}, {"x": 0.1}, {"x": 7}])
        log("values", connection.execute(sa.select(table.c.x, table.c.x + 1, sa.func.sum(table.c.x).over())).all())
