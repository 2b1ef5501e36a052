"""The testing package under the alias: a small suite that is built on it, run by pytest in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src"
CONFTEST = "from sqlalchemy.testing.plugin.pytestplugin import *\n"
SETUP = """
[sqla_testing]
requirement_cls = needs:Needs

[db]
default = sqlite:///:memory:
"""
NEEDS = """
from sqlalchemy.testing import exclusions
from sqlalchemy.testing.requirements import Requirements

class Needs(Requirements):
    @property
    def servers(self):
        return exclusions.only_on(["postgresql", "mysql >= 8"])

    @property
    def files(self):
        return exclusions.only_if(lambda config: config.db.dialect.name == "sqlite")
"""
SUITE = """
from sqlalchemy import Column, Integer, String, Table, exc, select, testing, text
from sqlalchemy.testing import config, exclusions, eq_, expect_raises_message, fixtures, mock

class Plain(fixtures.TestBase):
    def setUp(self):
        self.calls = ["setUp"]

    def test_set_up(self):
        eq_(self.calls, ["setUp"])

    def test_engine(self, connection):
        eq_(connection.scalar(text("SELECT 1")), 1)
        assert testing.db is config.db and testing.requires.files.enabled

    @testing.combinations((1, "a"), (2, "b", exclusions.only_on("postgresql")), id_="sa", argnames="number, letter")
    def test_sets(self, number, letter):
        eq_((number, letter), (1, "a"))

    @testing.variation("style", ["long", "short"])
    def test_cases(self, style):
        assert style.long != style.short

    @testing.requires.servers
    def test_skipped(self):
        raise AssertionError

    @testing.fails_on("sqlite >= 3")
    def test_expected_failure(self):
        raise AssertionError

    @testing.fails_on("sqlite")
    def test_unexpected_success(self):
        pass

    def test_errors(self):
        with expect_raises_message(exc.ArgumentError, "given"):
            raise exc.ArgumentError("is given")

class OnlyThere(fixtures.TestBase):
    __only_on__ = "postgresql"

    @classmethod
    def setup_class(cls):
        raise AssertionError

    def test_it(self):
        raise AssertionError

@testing.combinations((True,), (False,), argnames="flag", id_="r")
class Tables(fixtures.TablesTest):
    __backend__ = True

    @classmethod
    def define_tables(cls, metadata):
        Table("t", metadata, Column("id", Integer, primary_key=True), Column("name", String(5)))

    @classmethod
    def insert_data(cls, connection):
        connection.execute(cls.tables.t.insert(), [{"name": "x"}])

    def test_rows(self, connection):
        assert self.flag in (True, False)
        eq_(connection.scalars(select(self.tables.t.c.name)).all(), ["x"])

def test_functions_are_not_collected():
    raise AssertionError
"""


def run_suite(folder: Path) -> list[str]:
    for name, text in {"conftest.py": CONFTEST, "setup.cfg": SETUP, "needs.py": NEEDS, "test_it.py": SUITE}.items():
        (folder / name).write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "cormorant.compat.pytest", "-p", "no:cacheprovider", "-rA", "-q"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    outcomes = ("PASSED", "FAILED", "ERROR", "SKIPPED")
    return [line.partition(" - ")[0] for line in done.stdout.splitlines() if line.startswith(outcomes)]


def test_a_suite(tmp_path: Path) -> None:
    lines = run_suite(tmp_path)
    passed = {line.partition("::")[2] for line in lines if line.startswith("PASSED")}
    tables = {name for name in passed if name.startswith("Tables_")}
    assert passed - tables == {
        "Plain::test_set_up",
        "Plain::test_engine",
        "Plain::test_sets[1]",
        "Plain::test_cases[long]",
        "Plain::test_cases[short]",
        "Plain::test_expected_failure",
        "Plain::test_errors",
    }
    assert sorted(name.partition("_sqlite+pysqlite_3")[0] for name in tables) == ["Tables_False", "Tables_True"]
    assert [line for line in lines if line.startswith(("FAILED", "ERROR"))] == [
        "FAILED test_it.py::Plain::test_unexpected_success"
    ]
    assert sum(int(line.split("[")[1].split("]")[0]) for line in lines if line.startswith("SKIPPED")) == 3
