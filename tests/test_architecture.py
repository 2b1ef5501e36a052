"""The architecture's rules hold for the sources, and each rule notices when it is broken."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.architecture.contents import database_names, foreign_imports, more_than_reexports
from tests.architecture.cycles import import_cycles
from tests.architecture.imports import imports_of
from tests.architecture.ladder import PUBLIC_INSIDE, RUNGS, ladder_complaints, public_modules
from tests.architecture.later import unseen_later
from tests.architecture.source import Module, read_tree

SOURCES = Path(__file__).parents[1] / "src/cormorant"
Tree = dict[str, Module]


@pytest.fixture(scope="module")
def sources() -> Tree:
    return read_tree(SOURCES)


def assert_none(complaints: list[str]) -> None:
    assert not complaints, "\n".join(["", *complaints])


def test_imports_go_down_the_ladder(sources: Tree) -> None:
    assert_none(ladder_complaints(sources, imports_of(sources)))


def test_no_import_cycles(sources: Tree) -> None:
    assert_none(import_cycles(sources, imports_of(sources)))


def test_databases_are_named_in_dialects_only(sources: Tree) -> None:
    assert_none(database_names(sources))


def test_public_modules_only_reexport(sources: Tree) -> None:
    assert_none(more_than_reexports(sources, public_modules(sources)))


def test_nothing_is_imported_from_sqlalchemy(sources: Tree) -> None:
    assert_none(foreign_imports(sources))


def test_what_is_imported_later_is_seen_by_the_ladder(sources: Tree) -> None:
    assert_none(unseen_later(sources))


# Each rule, broken once.


def tree(folder: Path, **files: str) -> Tree:
    """A tree `cormorant` with these files; `a__b` and `a/b` stand for `a/b.py`."""
    root = folder / "cormorant"
    for name, text in {"__init__": "", **files}.items():
        path = root / f"{name if '/' in name or name == '__init__' else name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
    return read_tree(root)


def ladder(modules: Tree) -> list[str]:
    return ladder_complaints(modules, imports_of(modules))


def cycles(modules: Tree) -> list[str]:
    return import_cycles(modules, imports_of(modules))


IMPORTS_UPWARDS = {
    "module level": "from cormorant.schema.table import Table",
    "relative": "from ..schema.table import Table",
    "the package": "from .. import schema",
    "plain": "import cormorant.schema.table as t",
    "in a function": "def f():\n    from ..schema import table",
    "for typing": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..schema.table import Table",
}


@pytest.mark.parametrize("statement", IMPORTS_UPWARDS.values(), ids=IMPORTS_UPWARDS.keys())
def test_an_import_upwards_is_noticed(tmp_path: Path, statement: str) -> None:
    files = {"schema/__init__": "", "schema/table": "Table = 1", "sql/node": statement}
    (complaint,) = ladder(tree(tmp_path, **files))
    assert complaint.startswith("cormorant/sql/node.py:")
    assert complaint.endswith("up the ladder")


def test_an_import_downwards_is_fine(tmp_path: Path) -> None:
    assert not ladder(
        tree(tmp_path, sql__node="", sql__select="from . import node", schema__table="import cormorant.sql.node")
    )


def test_an_import_across_a_rung_is_noticed(tmp_path: Path) -> None:
    (complaint,) = ladder(tree(tmp_path, orm__flush__plan="", orm__load__rows="from ..flush import plan"))
    assert complaint.endswith("orm.load.rows imports cormorant.orm.flush.plan: the same rung")


def test_an_import_of_a_public_module_is_noticed(tmp_path: Path) -> None:
    (complaint,) = ladder(tree(tmp_path, sql__node="from cormorant import something"))
    assert complaint.endswith("sql.node imports cormorant: a public module is for users only")


def test_an_import_of_a_dialect_is_noticed(tmp_path: Path) -> None:
    (complaint,) = ladder(tree(tmp_path, dialects__some__base="", engine__create="import cormorant.dialects.some.base"))
    assert complaint.endswith("nobody imports a dialect; the registry loads it by name")


def test_a_dialect_sees_the_engine(tmp_path: Path) -> None:
    files = {"engine__driver": "", "compile__frame": "", "dialects__other__base": ""}
    seen = "import cormorant.engine.driver, cormorant.compile.frame\nfrom ..other import base"
    assert not ladder(tree(tmp_path, **files, dialects__some__base=seen))


def test_a_dialect_that_sees_the_orm_is_noticed(tmp_path: Path) -> None:
    files = {"orm__mapping__mapper": "", "dialects__some__base": "from cormorant.orm.mapping import mapper"}
    (complaint,) = ladder(tree(tmp_path, **files))
    assert complaint.endswith("up the ladder")


def test_a_package_on_no_rung_may_only_reexport(tmp_path: Path) -> None:
    modules = tree(tmp_path, helpers__misc="def f(): ...", orm__attributes="from .instance import state")
    assert more_than_reexports(modules, public_modules(modules) - PUBLIC_INSIDE) == [
        "cormorant/helpers/misc.py:1: cormorant.helpers.misc is public, so it only re-exports, but has 'def f():'"
    ]


CIRCLES = {
    "module level": "from . import a",
    "in a function": "def f():\n    from . import a",
    "in a method": "class C:\n    def f(self):\n        import cormorant.sql.a",
    "for typing": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .a import X",
}


@pytest.mark.parametrize("statement", CIRCLES.values(), ids=CIRCLES.keys())
def test_a_cycle_is_noticed(tmp_path: Path, statement: str) -> None:
    modules = tree(
        tmp_path, sql__a="from . import b", sql__b="from . import c", sql__c=statement, sql__d="from . import a"
    )
    assert cycles(modules) == ["these modules import each other: cormorant.sql.a cormorant.sql.b cormorant.sql.c"]


def test_two_cycles_are_two(tmp_path: Path) -> None:
    pair = {"sql__a": "from . import b", "sql__b": "from . import a, c"}
    other = {"sql__c": "from . import d", "sql__d": "from . import c"}
    assert len(cycles(tree(tmp_path, **pair, **other))) == 2


def test_a_diamond_is_no_cycle(tmp_path: Path) -> None:
    files = {"sql__a": "from . import b, c", "sql__b": "from . import d", "sql__c": "from . import d", "sql__d": ""}
    assert not cycles(tree(tmp_path, **files))


NAMINGS = {
    "string": "if dialect == 'postgresql': pass",
    "part of a string": "raise ValueError('MySQL cannot do that')",
    "f-string": "x = f'{1} on SQLite'",
    "bytes": "x = b'duckdb'",
    "identifier": "is_oracle = True",
    "attribute": "x = dialect.mariadb_version",
    "function": "def render_mssql(): ...",
    "class": "class PostgresThing: ...",
    "argument": "def f(sqlite_on=1): ...",
    "keyword": "f(mysql_engine=1)",
    "import": "import psycopg",
    "alias": "import something as pymysql",
    "from": "from sqlite3 import connect",
    "case": "match x:\n    case 'sqlite': pass",
    "global": "def f():\n    global sqlite_lock",
}


@pytest.mark.parametrize("code", NAMINGS.values(), ids=NAMINGS.keys())
def test_a_database_name_in_code_is_noticed(tmp_path: Path, code: str) -> None:
    complaints = database_names(tree(tmp_path, sql__node=code))
    assert complaints
    assert all(one.startswith("cormorant/sql/node.py:") for one in complaints)


def test_a_database_name_in_documentation_is_fine(tmp_path: Path) -> None:
    text = '''
        """As PostgreSQL does it."""
        x = 1  # SQLite too
        """And MySQL."""
        class C:
            """Not Oracle."""
            def f(self):
                """MariaDB."""
    '''
    assert not database_names(tree(tmp_path, sql__node=text, dialects__some="name = 'duckdb'"))


@pytest.mark.parametrize("code", ["x = 1", "def f(): ...", "class C: ...", "if 1:\n    import os", "print()"])
def test_a_public_module_that_does_something_is_noticed(tmp_path: Path, code: str) -> None:
    modules = tree(tmp_path, orm__attributes=f'"""Doc."""\nfrom os import path\n{code}\n')
    (complaint,) = more_than_reexports(modules, {"cormorant.orm.attributes"})
    assert complaint.startswith(
        "cormorant/orm/attributes.py:3: cormorant.orm.attributes is public, so it only re-exports, but has"
    )


def test_a_public_module_that_reexports_is_fine(tmp_path: Path) -> None:
    text = '"""Doc."""\nfrom os import path\nimport sys as system\n__all__ = ["path"]\n__all__ += ["system"]\n'
    assert not more_than_reexports(tree(tmp_path, orm__attributes=text), {"cormorant.orm.attributes"})


def test_a_public_module_that_is_not_there_is_noticed(tmp_path: Path) -> None:
    (complaint,) = more_than_reexports(tree(tmp_path), {"cormorant.orm.attributes"})
    assert complaint == "cormorant.orm.attributes is listed as a public module and does not exist"


@pytest.mark.parametrize(
    "code",
    [
        "import sqlalchemy",
        "from sqlalchemy.orm import Session",
        "def f():\n    import sqlalchemy.exc",
        "import importlib\nimportlib.import_module('sqlalchemy')",
        "__import__('sqlalchemy')",
    ],
)
def test_an_import_of_sqlalchemy_is_noticed(tmp_path: Path, code: str) -> None:
    assert len(foreign_imports(tree(tmp_path, sql__node=code))) == 1


SEEN = "if TYPE_CHECKING:\n    from . import a\n    from .b import X\n"


@pytest.mark.parametrize(
    "statement",
    ['(a,) = later(__package__, "a")', 'g, d = on_demand(__name__, {"X": ".b", "a": ".a"})'],
)
def test_a_later_import_is_noticed_unless_typing_sees_it(tmp_path: Path, statement: str) -> None:
    assert not unseen_later(tree(tmp_path, sql__a="", sql__b="X = 1", sql__c=SEEN + statement))
    complaints = unseen_later(tree(tmp_path, sql__c=statement))
    assert complaints
    assert all(one.startswith("cormorant/sql/c.py:") for one in complaints)


def test_every_rung_of_the_design_is_in_the_table() -> None:
    low, orm = "types event exc util kernels sql schema compile engine", "mapping instance query flush load session"
    expected = {f"cormorant.{name}" for name in (*low.split(), *(f"orm.{name}" for name in orm.split()), "ext")}
    assert expected <= RUNGS.keys()
