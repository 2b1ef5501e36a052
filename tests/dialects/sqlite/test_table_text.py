"""Reading CREATE TABLE: clauses are found, and nothing in comments, strings or names is taken for one."""

from __future__ import annotations

import pytest

from cormorant.dialects.sqlite.table_text import CheckText, KeyText, TableText, read_condition, read_table


def test_constraints_of_the_table() -> None:
    found = read_table(
        """CREATE TABLE "t x" (a INT, b INT,
        CONSTRAINT pk PRIMARY KEY (a),
        CONSTRAINT "the unique" UNIQUE (b, "a"),
        CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES [other one] (x, y)
            ON UPDATE SET NULL MATCH FULL ON DELETE NO ACTION NOT DEFERRABLE,
        CONSTRAINT ck CHECK (a > (1) AND b != ')'),
        UNIQUE (a) ON CONFLICT FAIL)"""
    )
    assert found.key_name == "pk"
    assert found.uniques == [KeyText("the unique", ("b", "a")), KeyText(None, ("a",))]
    assert found.foreign_keys == [
        KeyText("fk", ("a", "b"), "other one", ("x", "y"), (("onupdate", "SET NULL"), ("deferrable", False)))
    ]
    assert found.checks == [CheckText("ck", "a > (1) AND b != ')'")]


def test_constraints_of_columns_come_after_those_of_the_table() -> None:
    found = read_table(
        "CREATE TABLE t (a INT CONSTRAINT c1 CHECK (a > 1) UNIQUE, CONSTRAINT c2 CHECK (a < 9), UNIQUE (a))"
    )
    assert found.checks == [CheckText("c2", "a < 9"), CheckText("c1", "a > 1")]
    assert found.uniques == [KeyText(None, ("a",)), KeyText(None, ("a",))]


def test_comments_strings_and_names_are_no_clauses() -> None:
    found = read_table(
        """CREATE TEMP TABLE t (a VARCHAR(5) DEFAULT 'CHECK (x)', /* , CHECK (1) */ "CHECK" INT -- CHECK (b)
        , c TEXT CHECK (c IN ('x,y', 'UNIQUE (c)')))"""
    )
    assert found.checks == [CheckText(None, "c IN ('x,y', 'UNIQUE (c)')")]
    assert found.uniques == []


def test_generated_columns() -> None:
    found = read_table(
        "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a*2) STORED, c AS (a + (b)), \"d e\" TEXT AS ('AS (x)'))"
    )
    assert found.generated == {"b": "a*2", "c": "a + (b)", "d e": "'AS (x)'"}


@pytest.mark.parametrize(
    ("ending", "options"),
    [
        ("", {}),
        ("WITHOUT ROWID", {"sqlite_with_rowid": False}),
        ("STRICT, without rowid", {"sqlite_with_rowid": False, "sqlite_strict": True}),
    ],
)
def test_options(ending: str, options: dict[str, bool]) -> None:
    assert read_table(f"create table t (a int primary key) {ending}").options == options


def test_other_texts_say_nothing() -> None:
    for text in ("", "CREATE VIEW v AS SELECT 1 CHECK (x)", "CREATE VIRTUAL TABLE f USING fts5(a, CHECK (b))"):
        found = read_table(text)
        assert found == TableText()


def test_texts_that_end_too_early() -> None:
    for text in (
        "CREATE TABLE t",
        "CREATE TABLE t (a INT CHECK (",
        "CREATE TABLE t (FOREIGN KEY",
        "CREATE TABLE t (CONSTRAINT",
    ):
        read_table(text)


def test_condition_of_a_partial_index() -> None:
    assert (
        read_condition("CREATE INDEX i ON t (lower('WHERE')) where a > 1 AND b IS NOT NULL")
        == "a > 1 AND b IS NOT NULL"
    )
    assert read_condition("CREATE INDEX i ON t (a)") is None
