"""Keyword arguments of dialects: what is taken, what is seen of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cormorant import Column, Identity, Index, Integer, MetaData, Table, UniqueConstraint, update
from cormorant.dialects import mysql, postgresql, sqlite
from cormorant.exc import ArgumentError, NoSuchModuleError, SAWarning
from cormorant.schema import CreateTable

table = Table("t", MetaData(), Column("x", Integer), sqlite_strict=True, mysql_engine="InnoDB")


def test_options_by_dialect_have_their_defaults() -> None:
    assert table.dialect_options["sqlite"]["strict"] is True
    assert table.dialect_options["sqlite"]["with_rowid"] is True
    assert table.dialect_options["mysql"]["engine"] == "InnoDB"
    assert table.dialect_options["postgresql"]["inherits"] is None
    assert Index("i", "x").dialect_options["postgresql"]["using"] is False
    assert sorted(table.dialect_options) == ["mysql", "sqlite"]
    assert "postgresql" not in table.dialect_options
    with pytest.raises(NoSuchModuleError, match="nowhere"):
        table.dialect_options["nowhere"]
    with pytest.raises(KeyError):
        table.dialect_options["sqlite"]["nothing"]


def test_options_by_keyword() -> None:
    own = Table("own", MetaData(), Column("x", Integer), sqlite_strict=True)
    assert dict(own.dialect_kwargs) == {"sqlite_strict": True} == dict(own.kwargs)
    own.dialect_kwargs["sqlite_with_rowid"] = False
    assert own.dialect_options["sqlite"]["with_rowid"] is False
    assert str(CreateTable(own).compile(dialect=sqlite.dialect())).endswith(")\n WITHOUT ROWID,\n STRICT\n\n")
    del own.dialect_kwargs["sqlite_strict"]
    assert len(own.dialect_kwargs) == 1
    own.dialect_options["sqlite"]["strict"] = True
    assert own.dialect_kwargs["sqlite_strict"] is True
    with pytest.raises(KeyError):
        own.dialect_kwargs["sqlite_nothing"]
    with pytest.raises(ArgumentError, match="<dialectname>_<argname>"):
        own.dialect_kwargs["nothing"] = 1


def test_statements_have_options_too() -> None:
    statement = update(table).with_dialect_options(mysql_limit=5)
    assert statement.dialect_options["mysql"]["limit"] == 5
    assert dict(statement.dialect_kwargs) == {"mysql_limit": 5}


def test_further_arguments() -> None:
    Index.argument_for("postgresql", "colour", "red")
    assert Index("i", "x").dialect_options["postgresql"]["colour"] == "red"
    index = Index("i", "x", postgresql_colour="blue")
    assert index.get_dialect_option(postgresql.dialect(), "colour") == "blue"
    assert index.get_dialect_option(mysql.dialect(), "colour", else_=1) == 1
    assert index.get_dialect_option(mysql.dialect(), "colour", deprecated_fallback="postgresql") == "blue"
    with pytest.raises(NoSuchModuleError, match="nowhere"):
        Index.argument_for("nowhere", "x", None)


def test_unknown_options() -> None:
    with pytest.raises(ArgumentError, match="Argument 'postgresql_nothing' is not accepted by dialect 'postgresql'"):
        UniqueConstraint("x", postgresql_nothing=1)
    with pytest.warns(SAWarning, match="Can't validate argument 'nowhere_x'; can't locate any dialect named 'nowhere'"):
        Column("x", Integer, nowhere_x=1)


def test_options_of_databases_without_a_dialect_here() -> None:
    assert dict(Identity(oracle_order=True).dialect_kwargs) == {"oracle_order": True}
    assert Index("i", "x", mssql_clustered=True).dialect_options["mssql"]["include"] is None


def test_a_dialect_is_loaded_to_be_asked() -> None:
    program = "from cormorant import Column, Integer\nColumn('x', Integer, mysql_nothing=1)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "is not accepted by dialect 'mysql'" in ran.stderr
