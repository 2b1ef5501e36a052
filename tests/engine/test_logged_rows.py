"""What `echo="debug"` writes of rows and of statements that are not kept."""

from __future__ import annotations

import logging

import pytest

from cormorant import Column, Integer, MetaData, String, Table, create_engine, insert, literal, select


def test_long_values_of_rows_are_shortened(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "cormorant.engine")
    with create_engine("sqlite://").connect() as connection:
        connection.execute(select(literal("x" * 400), literal(1))).all()
        connection.execute(select(literal(b"x" * 400))).first()
    rows = [record.getMessage() for record in caplog.records if record.getMessage().startswith("Row ")]
    assert rows[0] == "Row ('" + "x" * 149 + " ... (102 characters truncated) ... " + "x" * 149 + "', 1)"
    assert "(103 characters truncated)" in rows[1]
    assert rows[1].endswith(",)")


def test_lists_of_values_have_no_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "cormorant.engine")
    table = Table("t", MetaData(), Column("a", Integer), Column("b", String))
    with create_engine("sqlite://").connect() as connection:
        table.create(connection)
        connection.execute(insert(table).values([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]))
    assert any(record.getMessage().startswith("[no key") and "'y'" in record.getMessage() for record in caplog.records)
