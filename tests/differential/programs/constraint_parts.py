"""Constraints and their places: checks of columns, names that a convention gives late, indexes of names and columns."""

from __future__ import annotations

from typing import Any

from ..registry import program


def names(table: Any) -> list[str]:
    return sorted(f"{type(one).__name__} {one.name}" for one in table.constraints)


@program
def checks_of_columns(sa: Any, orm: Any, log: Any) -> None:
    """A CHECK given to a column belongs to it, not to the table; copies keep it there."""
    ck = sa.CheckConstraint("c > 5", name="foo")
    table = sa.Table(
        "t",
        sa.MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"}),
        sa.Column("c", sa.Integer, ck),
        sa.CheckConstraint("c > 7", name="bar"),
    )
    log("table", names(table), [one.name for one in table.c.c.constraints], ck.parent is table.c.c)
    log("ddl", str(sa.schema.CreateTable(table)))
    copy = table.to_metadata(sa.MetaData())
    log("copy", names(copy), [one.name for one in copy.c.c.constraints], str(sa.schema.CreateTable(copy)))
    with log.raises("of no table", "not bound to a table"):
        log("of no table", ck.table)


@program
def types_without_names(sa: Any, orm: Any, log: Any) -> None:
    """The CHECK of a type that nobody named is an error where it is rendered, not where it is declared."""
    convention = {"ck": "ck_%(table_name)s_%(constraint_name)s"}
    default = log.module("engine.default").DefaultDialect
    for name in (None, "given"):
        table = sa.Table(
            "t",
            sa.MetaData(naming_convention=convention),
            sa.Column("b", sa.Boolean(create_constraint=True, name=name)),
        )
        log("as text", str(sa.schema.CreateTable(table)))
        with log.raises("unnamed", "explicitly named"):
            log("default dialect", str(sa.schema.CreateTable(table).compile(dialect=default())))


@program
def default_dialect(sa: Any, orm: Any, log: Any) -> None:
    """The dialect of no database, and capabilities that a program assigns."""
    default = log.module("engine.default")
    dialect = default.DefaultDialect()
    table = sa.Table("t", sa.MetaData(), sa.Column("b", sa.Boolean(create_constraint=True)))
    for native, checks in ((None, None), (True, True), (False, True), (False, False)):
        if native is not None:
            dialect.supports_native_boolean = native
            dialect.non_native_boolean_check_constraint = checks
        log("checks", native, checks, str(sa.schema.CreateTable(table).compile(dialect=dialect)))
    log("select", str(sa.select(sa.true()).where(table.c.b).compile(dialect=default.DefaultDialect())))
    with log.raises("rows", "multirow"):
        log("rows", str(table.insert().values([{"b": True}, {"b": False}]).compile(dialect=dialect)))


@program
def mixed_columns(sa: Any, orm: Any, log: Any) -> None:
    """Names and columns together: the columns tell the table."""
    for build in (
        lambda t: sa.Index("i", "q", t.c.x),
        lambda t: sa.Index("i", "q", sa.func.lower(t.c.x)),
        lambda t: sa.Index("i", "q", t.c.x.desc()),
        lambda t: sa.UniqueConstraint("q", t.c.x),
        lambda t: sa.Index("i", "missing", t.c.x),
    ):
        table = sa.Table("t", sa.MetaData(), sa.Column("x", sa.String(5)), sa.Column("q", sa.Integer))
        with log.raises("index", "missing"):
            made = build(table)
            log("made", made.table is table, len(table.indexes), names(table))
    metadata = sa.MetaData()
    sa.Table("late", metadata, sa.Column("a", sa.Integer), sa.Index("i", "a", "b"), sa.Column("b", sa.Integer))
    log("late", str(sa.schema.CreateIndex(next(iter(metadata.tables["late"].indexes)))))


@program
def targets_with_dots(sa: Any, orm: Any, log: Any) -> None:
    """A foreign key to a table whose name has a dot is given as a ForeignKeyTarget."""
    target = sa.schema.ForeignKeyTarget(None, "my.user", "id")
    metadata = sa.MetaData()
    table = sa.Table("x", metadata, sa.Column("a", sa.Integer, sa.ForeignKey(target)))
    key = next(iter(table.foreign_keys))
    log("tokens", tuple(key.target_tokens), key.target_table_key, key.target_column)
    with log.raises("not there", "my.user"):
        log("column", key.column)
    user = sa.Table("my.user", metadata, sa.Column("id", sa.Integer, primary_key=True))
    log("refers", table.c.a.references(user.c.id), str(sa.schema.CreateTable(table)))


@program
def mock_engines(sa: Any, orm: Any, log: Any) -> None:
    """Where there is no database nothing is looked up, whatever `checkfirst` says."""
    seen: list[str] = []
    engine = sa.create_mock_engine(
        "postgresql://",
        lambda statement, *_: seen.append(str(statement.compile(dialect=engine.dialect)).split("(")[0].strip()),
    )
    metadata = sa.MetaData()
    table = sa.Table("t", metadata, sa.Column("x", sa.Integer, index=True), sa.Column("e", sa.Enum("a", name="ee")))
    metadata.create_all(engine)
    metadata.drop_all(engine)
    table.create(engine, checkfirst=True)
    table.drop(engine, checkfirst=True)
    next(iter(table.indexes)).create(engine, checkfirst=True)
    sa.Sequence("s").create(engine, checkfirst=True)
    log("seen", seen)


@program
def columns_with_annotations(sa: Any, orm: Any, log: Any) -> None:
    """A plain Column says what it is: another annotation than Mapped is nobody's business."""
    for annotation in (int, Any, "sa.Column", list[int]):
        base: Any = orm.declarative_base()
        body = {
            "__tablename__": "a",
            "__annotations__": {"x": annotation},
            "id": sa.Column(sa.Integer, primary_key=True),
            "x": sa.Column(sa.String(5)),
        }
        made: Any = type("A", (base,), body)
        log("columns", made.__table__.c.keys(), str(made.__table__.c.x.type))


@program
def begin_by_listener(sa: Any, orm: Any, log: Any) -> None:
    """The way to whole transactions on SQLite that its documentation tells: a listener sends BEGIN."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)

    @sa.event.listens_for(engine, "connect")
    def connect(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    table = sa.Table("t", sa.MetaData(), sa.Column("x", sa.Integer))
    table.create(engine)
    with engine.connect() as connection:
        connection.execute(table.insert(), {"x": 1})
        connection.commit()
        connection.execute(table.insert(), {"x": 2})
        connection.rollback()
        log("rows", connection.scalars(sa.select(table.c.x)).all())


@program
def names_of_values_in_checks_of_types(sa: Any, orm: Any, log: Any) -> None:
    enum = sa.Enum("a", "b", native_enum=False, create_constraint=True, name="kinds")
    table = sa.Table("t", sa.MetaData(), sa.Column("b", sa.Boolean(create_constraint=True)), sa.Column("e", enum))
    checks = [each for each in table.constraints if isinstance(each, sa.CheckConstraint)]
    for text in sorted(str(check.sqltext) for check in checks):
        log("check", text)
    log.text("table", sa.schema.CreateTable(table))
