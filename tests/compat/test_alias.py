"""The import alias, each case in a process of its own: imports cannot be taken back."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src"
INSTALL = "import cormorant.compat\ncormorant.compat.install()\n"


def run(code: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *(arguments or ("-c", textwrap.dedent(code)))]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, env={"PYTHONPATH": str(SOURCES), "PATH": ""}
    )


def printed(code: str) -> list[str]:
    done = run(INSTALL + textwrap.dedent(code))
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()


def test_modules_are_the_same_objects() -> None:
    assert printed(
        """
        import sqlalchemy, sqlalchemy.orm, sqlalchemy.ext.hybrid as hybrid, cormorant, cormorant.orm, sys
        from sqlalchemy.orm import Session
        print(sqlalchemy is cormorant, sqlalchemy.orm is cormorant.orm, Session is cormorant.orm.Session)
        print(sys.modules["cormorant.ext.hybrid"] is hybrid, cormorant.orm.__spec__.name)
        """
    ) == ["True True True", "True cormorant.orm"]


def test_instances_are_of_both_names() -> None:
    assert printed(
        """
        from sqlalchemy.types import Integer
        import cormorant.types
        print(isinstance(Integer(), cormorant.types.Integer), isinstance(cormorant.types.Integer(), Integer))
        print(cormorant.types.Integer is __import__("sqlalchemy").Integer)
        """
    ) == ["True True", "True"]


def test_classes_say_that_they_come_from_below_the_alias() -> None:
    assert printed(
        """
        from sqlalchemy import Column, Integer, create_engine
        from sqlalchemy.exc import IntegrityError
        from sqlalchemy.ext.hybrid import hybrid_property
        engine = create_engine("sqlite://")
        kinds = [Column, type(Integer()), type(engine), type(engine.dialect), IntegrityError, hybrid_property]
        print([kind.__module__.startswith("sqlalchemy.") for kind in kinds])
        """
    ) == [str([True] * 6)]


def test_the_version_is_that_of_the_api() -> None:
    assert printed("import sqlalchemy\nprint(sqlalchemy.__version__)") == ["2.1.9"]


def test_private_paths_come_from_the_table() -> None:
    assert printed(
        """
        from sqlalchemy.sql.schema import Column
        from sqlalchemy.sql import sqltypes
        import sqlalchemy.sql.selectable as selectable
        import sqlalchemy.dialects.postgresql.json
        from sqlalchemy.util.langhelpers import symbol
        import sqlalchemy
        print(Column is sqlalchemy.Column, sqltypes.Integer is sqlalchemy.Integer)
        print(selectable.Select is sqlalchemy.Select, sqlalchemy.sql.sqltypes is sqltypes, symbol("x") is symbol("x"))
        """
    ) == ["True True", "True True True"]


WRONG = {
    "name": ("from sqlalchemy.orm import nothing", "cannot import name 'nothing' from 'sqlalchemy.orm'"),
    "name of the table": (
        "from sqlalchemy.sql.sqltypes import Nothing",
        "name 'Nothing' from 'sqlalchemy.sql.sqltypes'",
    ),
    "module": ("import sqlalchemy.nothing", "No module named 'sqlalchemy.nothing'"),
    "attribute": ("import sqlalchemy\nsqlalchemy.nothing", "module 'sqlalchemy' has no attribute 'nothing'"),
}


@pytest.mark.parametrize(("code", "message"), WRONG.values(), ids=WRONG.keys())
def test_what_does_not_exist_is_named_with_the_table(code: str, message: str) -> None:
    last = run(INSTALL + code).stderr.splitlines()[-1]
    assert message in last
    assert "cormorant.compat.paths" in last


def test_asking_for_a_name_is_no_error() -> None:
    assert printed("import sqlalchemy\nprint(hasattr(sqlalchemy, 'nothing'), getattr(sqlalchemy, 'no', 5))") == [
        "False 5"
    ]


def test_twice_is_once() -> None:
    assert printed("cormorant.compat.install()\nprint(cormorant.compat.is_installed())") == ["True"]


def test_after_another_sqlalchemy_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sqlalchemy.py").write_text("")
    done = run("import sqlalchemy\n" + INSTALL, cwd=tmp_path)
    assert done.stderr.splitlines()[-1].startswith("cormorant.compat.alias.AliasError: sqlalchemy was imported before")


def test_objects_survive_pickling() -> None:
    assert printed(
        """
        import pickle
        from sqlalchemy import Integer, Column, Table, MetaData, String
        table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("s", String(5)))
        again = pickle.loads(pickle.dumps(table.metadata))
        print(again.tables["t"].c.s.type, type(again.tables["t"]) is Table)
        """
    ) == ["VARCHAR(5) True"]


def test_a_program_is_run_under_the_alias(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("import sqlalchemy\nname = sqlalchemy.__name__")
    (tmp_path / "app.py").write_text("import sys, helper\nprint(helper.name, __name__, sys.argv[1:])")
    script = run("", "-m", "cormorant.run", str(tmp_path / "app.py"), "-x", "y")
    assert script.stdout == "cormorant __main__ ['-x', 'y']\n", script.stderr
    module = run("", "-m", "cormorant.run", "-m", "app", "z", cwd=tmp_path)
    assert module.stdout == "cormorant __main__ ['z']\n", module.stderr
    assert run("", "-m", "cormorant.run").stderr.startswith("usage: python -m cormorant.run")


def test_tests_run_under_the_alias(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import sqlalchemy, cormorant\ndef test_it():\n    assert sqlalchemy is cormorant\n"
    )
    options = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "cormorant.compat.pytest", "test_it.py"]
    assert "1 passed" in run("", *options, cwd=tmp_path).stdout


def test_names_that_are_private_there() -> None:
    assert printed(
        """
        from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, create_engine, event
        from sqlalchemy.sql.naming import _NONE_NAME
        from sqlalchemy.schema import CheckConstraint
        metadata = MetaData()
        table = Table("t", metadata, Column("a", String(5), index=True), Column("b", ForeignKey("u.id")))
        users = Table("u", metadata, Column("id", Integer, primary_key=True))
        copy = table.c.b._copy()
        print(copy.foreign_keys, table.c.a.type._type_affinity.__name__, Boolean().__visit_name__, table.__visit_name__)
        print([index._column_flag for index in table.indexes], users._autoincrement_column)
        event.listen(table, "before_create", lambda target, connection, **kw: print(target.name, kw["checkfirst"]))
        connection = create_engine("sqlite://").connect()
        table.dispatch.before_create(table, connection, checkfirst=False)
        """
    ) == ["set() String boolean table", "[True] u.id", "t False"]


def test_statements_without_tables() -> None:
    assert printed(
        """
        from sqlalchemy import column, table
        print((table("t", column("a")).c.a > 5).compile(compile_kwargs={"include_table": False, "literal_binds": True}))
        """
    ) == ["a > 5"]


def test_own_classes_are_known_under_either_name() -> None:
    assert printed(
        """
        import warnings; warnings.simplefilter("error")
        from sqlalchemy import Integer, String, column, func, select
        statement = select(column("a", String), func.max(column("b", Integer))).where(column("a") == "x")
        print(" ".join(str(statement).split()[:2]), Integer().as_generic(), statement.__visit_name__)
        """
    ) == ["SELECT a, INTEGER select"]


def test_names_without_quotes_are_cut_as_they_are_rendered() -> None:
    assert printed(
        """
        from sqlalchemy import Column, Index, Integer, MetaData, Table
        from sqlalchemy.dialects import postgresql
        table = Table("q", MetaData(), Column("data", Integer))
        from sqlalchemy.sql.elements import conv
        index = Index(conv("x" * 70), table.c.data)
        print(postgresql.dialect().identifier_preparer.format_constraint(index, _alembic_quote=False))
        """
    ) == ["x" * 55 + "_eedd"]


def test_tests_whose_warning_filter_names_a_class_of_sqlalchemy(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error::sqlalchemy.exc.SAWarning\n")
    (tmp_path / "test_it.py").write_text(
        "import cormorant, sqlalchemy\ndef test_same():\n    assert sqlalchemy is cormorant\n"
    )
    done = run("", "-m", "pytest", "-p", "cormorant.compat.pytest", "-p", "no:cacheprovider", "-q", cwd=tmp_path)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_sqlalchemy_that_another_plugin_uses_is_not_let_go(tmp_path: Path) -> None:
    (tmp_path / "holding.py").write_text("import sqlalchemy\n")
    code = """
    import sys; sys.path.insert(0, ".")
    import holding
    try:
        import cormorant.compat.pytest
    except ImportError as error:
        print(type(error).__name__, "sqlalchemy" in sys.modules)
    """
    assert run(code, cwd=tmp_path).stdout.split() == ["AliasError", "True"]


def test_types_and_schema_say_where_generated_code_finds_them() -> None:
    assert printed(
        """
        import sqlalchemy, pickle
        from sqlalchemy.types import NullType
        print(NullType.__module__, sqlalchemy.Column.__module__, pickle.loads(pickle.dumps(NullType)) is NullType)
        """
    ) == ["sqlalchemy.sql.sqltypes sqlalchemy.sql.schema True"]


def test_an_attribute_that_a_package_brings_along() -> None:
    assert printed(
        """
        from sqlalchemy import Column, Integer, create_engine
        from sqlalchemy.orm import Session, declarative_base
        from sqlalchemy.orm.attributes import _ScalarAttributeImpl, _register_attribute
        from sqlalchemy.orm.interfaces import MapperProperty, PropComparator
        from sqlalchemy.orm.session import _state_session

        class Impl(_ScalarAttributeImpl):
            def get(self, state, dict_, passive=None):
                return dict_.get(self.key), _state_session(state) is not None

        class Prop(MapperProperty):
            class Comparator(PropComparator):
                def __init__(self, prop, mapper):
                    self.property = prop
                def __eq__(self, other):
                    return self.property.parent.class_.id == other * 2
            def init(self):
                self.ready = True
            def instrument_class(self, mapper):
                _register_attribute(
                    mapper.class_, self.key, comparator=self.Comparator(self, mapper), parententity=mapper,
                    impl_class=Impl, parent_token=self,
                )

        Base = declarative_base()

        class Thing(Base):
            __tablename__ = "thing"
            id = Column(Integer, primary_key=True)
            double = Prop()

        Base.registry.configure()
        engine = create_engine("sqlite://")
        Base.metadata.create_all(engine)
        thing = Thing(double=7)
        print(thing.double, Thing.__mapper__.attrs.double.ready)
        with Session(engine) as session:
            session.add(thing)
            print(thing.double)
            session.commit()
            print(thing.double)
            print(session.query(Thing).filter(Thing.double == 3))
        """
    ) == [
        "(7, False) True",
        "(7, True)",
        "(None, True)",
        "SELECT thing.id AS thing_id ",
        "FROM thing ",
        "WHERE thing.id = ?",
    ]


def test_elements_and_tables_as_packages_change_them() -> None:
    assert printed(
        """
        from sqlalchemy import Column, Integer, MetaData, Table, select
        from sqlalchemy.ext.compiler import compiles
        from sqlalchemy.sql.base import WriteableColumnCollection
        from sqlalchemy.sql.elements import ColumnElement

        class Row(ColumnElement):
            inherit_cache = False
            def __init__(self, table):
                self.table_ = table
            @property
            def _from_objects(self):
                return [self.table_]

        @compiles(Row)
        def render(element, compiler, **kw):
            return element.table_.name

        table = Table("t", MetaData(), Column("a", Integer), Column("b", Integer))
        print(" ".join(str(select(Row(table).label("x"))).split()))
        columns = WriteableColumnCollection()
        columns.add(table.c.b)
        table.columns = columns
        print(table.c.keys())
        """
    ) == ["SELECT t AS x FROM t", "['b']"]
