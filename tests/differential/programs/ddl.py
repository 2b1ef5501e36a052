# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""Schemas: the text of CREATE and DROP, what create_all and drop_all send, and the schema objects themselves."""

from __future__ import annotations

from typing import Any

from ..registry import program


def log_tables(sa: Any, log: Any, metadata: Any) -> None:
    for table in metadata.sorted_tables:
        log.text(table.name, sa.schema.CreateTable(table))
        log.text(f"{table.name} on sqlite", sa.schema.CreateTable(table), "sqlite")
        for index in sorted(table.indexes, key=lambda index: index.name):
            log.text("index", sa.schema.CreateIndex(index))
    engine = log.engine()
    metadata.create_all(engine)
    metadata.drop_all(engine)


@program
def types(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    kinds = [
        sa.Integer, sa.BigInteger, sa.SmallInteger, sa.String, sa.String(20), sa.Text, sa.Boolean, sa.Float, sa.Float(24),
        sa.Double, sa.Numeric, sa.Numeric(10, 2), sa.Date, sa.DateTime, sa.DateTime(timezone=True), sa.Time,
        sa.LargeBinary, sa.JSON, sa.Unicode(10), sa.UnicodeText, sa.Uuid, sa.CHAR(3), sa.VARCHAR(9), sa.DECIMAL(5, 1),
        sa.TIMESTAMP, sa.BLOB, sa.REAL, sa.INTEGER, sa.Enum("a", "b", name="ab"), sa.Interval,
    ]  # fmt: skip
    table = sa.Table("t", metadata, *[sa.Column(f"c{index}", kind) for index, kind in enumerate(kinds)])
    engine = log.engine()
    log.text("sqlite", sa.schema.CreateTable(table), "sqlite")
    metadata.create_all(engine)
    for column in table.c:
        with log.raises(f"str of {column.name}"):
            log(column.name, str(column.type), column.type)


@program
def string_without_length_elsewhere(sa: Any, orm: Any, log: Any) -> None:
    table = sa.Table("t", sa.MetaData(), sa.Column("s", sa.String))
    log.text("default", sa.schema.CreateTable(table))
    with log.raises("mysql", "VARCHAR requires a length"):
        log.text("mysql", sa.schema.CreateTable(table), "mysql")
    log.text("postgresql", sa.schema.CreateTable(table), "postgresql")


@program
def primary_keys(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    sa.Table("single", metadata, sa.Column("id", sa.Integer, primary_key=True))
    sa.Table("text_key", metadata, sa.Column("id", sa.String(5), primary_key=True))
    sa.Table(
        "pair", metadata, sa.Column("x", sa.Integer, primary_key=True), sa.Column("y", sa.Integer, primary_key=True)
    )
    sa.Table("named", metadata, sa.Column("x", sa.Integer), sa.PrimaryKeyConstraint("x", name="pk_named"))
    sa.Table("big", metadata, sa.Column("id", sa.BigInteger, primary_key=True))
    sa.Table("without", metadata, sa.Column("x", sa.Integer))
    sa.Table("off", metadata, sa.Column("id", sa.Integer, primary_key=True, autoincrement=False))
    log_tables(sa, log, metadata)


@program
def foreign_keys(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    sa.Table("z", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("other", sa.Integer, unique=True))
    sa.Table(
        "y",
        metadata,
        sa.Column("id", sa.ForeignKey("z.id"), primary_key=True),
        sa.Column("plain", sa.Integer, sa.ForeignKey("z.id")),
        sa.Column("named", sa.Integer, sa.ForeignKey("z.other", name="fk_named")),
        sa.Column("actions", sa.Integer, sa.ForeignKey("z.id", ondelete="CASCADE", onupdate="SET NULL")),
        sa.Column("deferred", sa.Integer, sa.ForeignKey("z.id", deferrable=True, initially="DEFERRED")),
    )
    sa.Table("x", metadata, sa.Column("a", sa.Integer, primary_key=True), sa.Column("b", sa.Integer, primary_key=True))
    sa.Table(
        "w",
        metadata,
        sa.Column("a", sa.Integer),
        sa.Column("b", sa.Integer),
        sa.ForeignKeyConstraint(["a", "b"], ["x.a", "x.b"], name="fk_pair"),
    )
    sa.Table(
        "selfish", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("up", sa.ForeignKey("selfish.id"))
    )
    log("order", [table.name for table in metadata.sorted_tables])
    log_tables(sa, log, metadata)


@program
def constraints(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("one", sa.String(5), unique=True),
        sa.Column("two", sa.Integer, nullable=False),
        sa.Column("three", sa.Integer, sa.CheckConstraint("three > 0")),
        sa.UniqueConstraint("two", "three"),
        sa.UniqueConstraint("one", "two", name="uq_named"),
        sa.CheckConstraint("two < 10", name="ck_named"),
    )
    log_tables(sa, log, metadata)


@program
def check_of_expression(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    table = sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Integer))
    table.append_constraint(sa.CheckConstraint(table.c.n > 5))
    log_tables(sa, log, metadata)


@program
def server_defaults(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("word", sa.String(10), server_default="it's"),
        sa.Column("number", sa.Integer, server_default="5", nullable=False),
        sa.Column("expression", sa.Integer, server_default=sa.text("1 + 1")),
        sa.Column("function", sa.DateTime, server_default=sa.func.now()),
        sa.Column("truth", sa.Boolean, server_default=sa.true()),
    )
    log_tables(sa, log, metadata)


@program
def indexes(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    table = sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a", sa.Integer, index=True),
        sa.Column("b", sa.Integer, index=True, unique=True),
        sa.Index("ix_pair", "a", "b"),
    )
    sa.Index("ix_unique", table.c.b, unique=True)
    sa.Index("ix_desc", table.c.a.desc())
    sa.Index("ix_lower", sa.func.lower(table.c.a))
    log_tables(sa, log, metadata)


@program
def naming_convention(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    sa.Table("p", metadata, sa.Column("id", sa.Integer, primary_key=True))
    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a", sa.Integer, sa.ForeignKey("p.id"), index=True),
        sa.Column("b", sa.Integer, unique=True),
        sa.CheckConstraint("a > 0", name="positive"),
    )
    log_tables(sa, log, metadata)


@program
def quoting(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    table = sa.Table(
        "Mixed Case",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("select", sa.Integer),
        sa.Column("Upper", sa.Integer),
        sa.Column("with space", sa.Integer),
        sa.Column('quo"te', sa.Integer),
        sa.Column("1digit", sa.Integer),
        sa.Column("dollar$", sa.Integer),
        sa.Column("_under", sa.Integer),
        sa.Column("äöü", sa.Integer),
        sa.Column("user", sa.Integer),
        sa.Column("plain", sa.Integer, quote=True),
        sa.Column("per%cent", sa.Integer),
        sa.Column("co:lon", sa.Integer),
    )
    log_tables(sa, log, metadata)
    log.text("select", sa.select(table))
    log.text("insert", sa.insert(table))
    log.text(
        "where",
        sa.select(table.c.id).where(table.c["with space"] == 1, table.c["per%cent"] == 2, table.c["co:lon"] == 3),
    )


@program
def schemas(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData(schema="main")
    parent = sa.Table("parent", metadata, sa.Column("id", sa.Integer, primary_key=True))
    child = sa.Table(
        "child",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("p", sa.ForeignKey("main.parent.id")),
    )
    other = sa.Table("plain", sa.MetaData(), sa.Column("id", sa.Integer), schema="other")
    log_tables(sa, log, metadata)
    log.text("select", sa.select(parent, child.c.p).join(child))
    log.text("other", sa.select(other).where(other.c.id == 1))
    log("keys", sorted(metadata.tables), other.fullname, other.key, str(other))


@program
def create_and_drop_again(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    first = sa.Table("first", metadata, sa.Column("id", sa.Integer, primary_key=True))
    sa.Table("second", metadata, sa.Column("id", sa.ForeignKey("first.id")))
    engine = log.engine()
    first.create(engine)
    metadata.create_all(engine)
    metadata.create_all(engine)
    with log.raises("exists", "already exists"):
        metadata.create_all(engine, checkfirst=False)
    metadata.drop_all(engine, tables=[metadata.tables["second"]])
    first.drop(engine)
    metadata.drop_all(engine)
    with log.raises("absent", "no such table"):
        first.drop(engine)
    log.text("if exists", sa.schema.DropTable(first, if_exists=True))
    log.text("if not exists", sa.schema.CreateTable(first, if_not_exists=True))


@program
def create_in_transaction(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True))
    engine = log.engine()
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(sa.text("INSERT INTO t VALUES (1)"))
    log.dump("t")


@program
def cyclic_tables(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    sa.Table(
        "a",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("b_id", sa.ForeignKey("b.id", name="fk_b")),
    )
    sa.Table(
        "b",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a_id", sa.ForeignKey("a.id", name="fk_a")),
    )
    log("sorted", [table.name for table in metadata.sorted_tables])
    engine = log.engine()
    metadata.create_all(engine)


@program
def schema_objects(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    table = sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(5), key="alias", nullable=False, comment="note", info={"x": 1}),
        sa.Column("up", sa.ForeignKey("t.id")),
    )
    log("columns", [column.name for column in table.c], table.c.keys(), table.columns.alias.name)
    log("primary", [column.name for column in table.primary_key], table.c.id.primary_key, table.c.id.autoincrement)
    log("flags", table.c.alias.nullable, table.c.alias.info, table.c.alias.comment, table.c.id.nullable)
    log(
        "foreign",
        [str(key.target_fullname) for key in table.foreign_keys],
        table.c.up.type,
        table.c.up.references(table.c.id),
    )
    log("constraints", sorted(type(constraint).__name__ for constraint in table.constraints))
    log("contains", "alias" in table.c, "name" in table.c, "t" in metadata.tables, metadata.tables["t"] is table)
    log("same", sa.Table("t", metadata) is table)
    log("str", str(table), str(table.c.alias), repr(table.c.id.type), table.c.alias.table is table)
    with log.raises("unknown column"):
        table.c.nonsense  # noqa: B018
    with log.raises("unknown key"):
        table.c["nonsense"]
    with log.raises("again", "already defined for this MetaData"):
        sa.Table("t", metadata, sa.Column("id", sa.Integer))
    log("extended", [c.name for c in sa.Table("t", metadata, sa.Column("more", sa.Integer), extend_existing=True).c])
    metadata.remove(table)
    log("removed", list(metadata.tables))


@program
def to_metadata(sa: Any, orm: Any, log: Any) -> None:
    metadata, other = sa.MetaData(), sa.MetaData()
    table = sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("up", sa.ForeignKey("t.id")),
        sa.Index("ix_up", "up"),
    )
    copied = table.to_metadata(other)
    log.text("copied", sa.schema.CreateTable(copied))
    log("other", copied is not table, list(other.tables), sorted(index.name for index in copied.indexes))


@program
def missing_foreign_table(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    table = sa.Table("t", metadata, sa.Column("x", sa.Integer, sa.ForeignKey("absent.id")))
    with log.raises("create", "could not find table 'absent'"):
        metadata.create_all(log.engine())
    with log.raises("column", "could not find table 'absent'"):
        next(iter(table.foreign_keys)).column  # noqa: B018
    sa.Table("here", metadata, sa.Column("id", sa.Integer))
    wrong = sa.Table("wrong", metadata, sa.Column("x", sa.Integer, sa.ForeignKey("here.nonsense")))
    with log.raises("no column", ""):
        next(iter(wrong.foreign_keys)).column  # noqa: B018


@program
def reflection(sa: Any, orm: Any, log: Any) -> None:
    engine = log.engine()
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE p (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL)")
        connection.exec_driver_sql(
            "CREATE TABLE q (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p(id), n NUMERIC(5, 2))"
        )
    inspector = sa.inspect(engine)
    log("tables", inspector.get_table_names(), inspector.has_table("p"), inspector.has_table("zzz"))
    metadata = sa.MetaData()
    table = sa.Table("q", metadata, autoload_with=engine)
    log("columns", [(column.name, str(column.type), column.nullable, column.primary_key) for column in table.c])
    log("foreign", [key.target_fullname for key in table.foreign_keys], sorted(metadata.tables))
