# ruff: noqa: E501  (DDL in one line is easier to compare)
"""Reflection on SQLite: the Inspector's dictionaries, tables loaded from the database, events, order, errors.

The statements that reflection sends are not compared: there are fewer of them here.
"""

from __future__ import annotations

from typing import Any

from ..registry import program

SHOP = """
CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(30) NOT NULL DEFAULT 'x', amount NUMERIC(10,2) DEFAULT 5, f FLOAT UNIQUE, d DATETIME DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE child (id INTEGER NOT NULL, pid INTEGER, a INTEGER CONSTRAINT ck_a CHECK (a > 5), b INTEGER, UNIQUE (a, b), CONSTRAINT uq_b UNIQUE (b), CONSTRAINT pk_child PRIMARY KEY (id), CONSTRAINT ck2 CHECK (b < 10 AND (a > 1)), CHECK (a != ')'), CONSTRAINT fk_parent FOREIGN KEY(pid) REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE pair (x INT, y INT, z TEXT, PRIMARY KEY (y, x)) WITHOUT ROWID;
CREATE TABLE pair_child (id INTEGER PRIMARY KEY, q INT, r INT, CONSTRAINT fkx FOREIGN KEY (q, r) REFERENCES pair (y, x) ON UPDATE CASCADE);
CREATE TABLE gen (a INT, b INT GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE strictly (a INTEGER PRIMARY KEY, b TEXT) STRICT;
CREATE INDEX ix_z ON pair (z);
CREATE UNIQUE INDEX uq_z ON pair (z, x);
CREATE INDEX ix_part ON pair (z) WHERE z IS NOT NULL AND x > 5;
CREATE VIEW v AS SELECT id, name FROM parent;
CREATE TEMP TABLE temporary_one (a INTEGER PRIMARY KEY, b TEXT UNIQUE);
CREATE TABLE "Mixed Case" ("Id" INTEGER PRIMARY KEY, "Some Col" INT, "a%b" INT, "a""q" INT, FOREIGN KEY ("Some Col") REFERENCES "Mixed Case" ("Id"))
"""
QUESTIONS = (
    "get_columns", "get_pk_constraint", "get_foreign_keys", "get_indexes", "get_unique_constraints",
    "get_check_constraints", "get_table_options",
)  # fmt: skip


def shop(log: Any, ddl: str = SHOP) -> Any:
    connection = log.engine().connect()
    with log.quiet():
        for statement in ddl.strip().split(";\n"):
            connection.exec_driver_sql(statement)
    return connection


def plainly(value: Any) -> Any:
    """A value with its types and texts as text."""
    if isinstance(value, dict):
        return {name: plainly(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plainly(one) for one in value]
    return value if value is None or isinstance(value, (str, int, bool)) else f"{type(value).__name__} {value}"


def quietly(log: Any, function: Any, *args: Any, **kw: Any) -> Any:
    with log.quiet():
        return function(*args, **kw)


def log_table(sa: Any, log: Any, table: Any) -> None:
    log.text(table.name, sa.schema.CreateTable(table), "sqlite")
    for column in table.c:
        default = column.server_default
        log(
            column.key, column.name, repr(column.type), column.primary_key, column.nullable, column.index, column.unique
        )
        log("default", type(default).__name__, str(getattr(default, "arg", "")), column.autoincrement, column.comment)
    for index in sorted(table.indexes, key=lambda index: index.name):
        log("index", index.name, index.columns.keys(), bool(index.unique), plainly(dict(index.dialect_kwargs)))
    for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
        log("key", key.name, key.column_keys, [element.target_fullname for element in key.elements], key.link_to_name)
        log("options", key.ondelete, key.onupdate, key.deferrable, key.initially)
    kinds = sorted(
        [type(one).__name__, str(one.name), [column.name for column in one.columns]] for one in table.constraints
    )
    log("constraints", kinds)


@program
def names(sa: Any, orm: Any, log: Any) -> None:
    inspector = sa.inspect(shop(log))
    log("class", type(inspector).__name__, inspector.default_schema_name)
    for question in (
        "get_table_names",
        "get_view_names",
        "get_temp_table_names",
        "get_temp_view_names",
        "get_schema_names",
    ):
        log(question, quietly(log, getattr(inspector, question)))
    for question in ("get_materialized_view_names", "get_sequence_names"):
        with log.raises(question):
            getattr(inspector, question)()
    log("view", quietly(log, inspector.get_view_definition, "v"))
    with log.raises("no view", "nothing"), log.quiet():
        inspector.get_view_definition("nothing")
    for name in ("parent", "v", "temporary_one", "nothing"):
        log(name, quietly(log, inspector.has_table, name))
    log("index", quietly(log, inspector.has_index, "pair", "ix_z"), quietly(log, inspector.has_index, "pair", "none"))
    log("schema", quietly(log, inspector.has_schema, "main"), quietly(log, inspector.has_schema, "none"))
    log("elsewhere", quietly(log, inspector.has_table, "parent", schema="none"))


@program
def dictionaries(sa: Any, orm: Any, log: Any) -> None:
    inspector = sa.inspect(shop(log))
    for name in ("parent", "child", "pair", "pair_child", "gen", "strictly", "v", "temporary_one", "Mixed Case"):
        for question in QUESTIONS:
            log(f"{question} {name}", plainly(quietly(log, getattr(inspector, question), name)))
    for question in QUESTIONS:
        with log.raises(question, "nothing"), log.quiet():
            getattr(inspector, question)("nothing")
    with log.raises("comment"):
        inspector.get_table_comment("parent")


@program
def many_at_once(sa: Any, orm: Any, log: Any) -> None:
    inspector = sa.inspect(shop(log))
    kinds, scopes = log.module("engine.reflection").ObjectKind, log.module("engine.reflection").ObjectScope
    for kind in (kinds.TABLE, kinds.VIEW, kinds.ANY, kinds.ANY_VIEW, kinds.MATERIALIZED_VIEW):
        for scope in (scopes.DEFAULT, scopes.TEMPORARY, scopes.ANY):
            log(f"{kind} {scope}", sorted(quietly(log, inspector.get_multi_pk_constraint, kind=kind, scope=scope)))
    for question in ("columns", "foreign_keys", "indexes", "unique_constraints", "check_constraints", "table_options"):
        ask = getattr(inspector, f"get_multi_{question}")
        found = quietly(log, ask, filter_names=["child", "pair", "v", "nothing"])
        log(question, [[list(key), plainly(value)] for key, value in found.items()])


TYPES = (
    "BIGINT", "DOUBLE", "DOUBLE PRECISION", "VARCHAR(10)", "varchar", "NVARCHAR(5)", "CHAR(3)", "DECIMAL(5)", "BOOLEAN",
    "BOOL", "TIMESTAMP", "TIME", "DATE", "BLOB", "DATE_CHAR", "DATETIME_CHAR", "TIME_CHAR", "NCHAR(4)",
    "UNSIGNED BIG INT", "CLOB", "VARYING CHARACTER(70)", "REAL", "SMALLINT", "TINYINT", "UUID", "CHARACTER(20)",
    "LONGVARCHAR", "VARBINARY(4)", "FLOAT(3)", "TEXT(50)", "STRING", "MEDIUMINT", "INT8", "FLOATING POINT", "MONEY", "XBLOBX",
    "POINT", "INT(11)", "NUMERIC(3, 4)", "blah(3,4)", "",
)  # fmt: skip


@program
def type_names(sa: Any, orm: Any, log: Any) -> None:
    columns = ", ".join(f"c{number} {name}" for number, name in enumerate(TYPES))
    inspector = sa.inspect(shop(log, f"CREATE TABLE t ({columns})"))
    for column, name in zip(inspector.get_columns("t"), TYPES, strict=True):
        log(name, repr(column["type"]), type(column["type"]).__name__)


FORMS = (
    "a INT REFERENCES p(id) ON DELETE CASCADE",
    "a INT REFERENCES p ON DELETE RESTRICT",
    "a INT CONSTRAINT fkx REFERENCES p(id) DEFERRABLE",
    "a INT, constraint fkx foreign key(a) references p (id) on delete cascade on update set null deferrable initially deferred",
    'a INT, CONSTRAINT "fk x" FOREIGN KEY("a") REFERENCES "p" ("id") ON DELETE CASCADE',
    "a INT, FOREIGN KEY(a) REFERENCES p(id) ON DELETE NO ACTION ON UPDATE RESTRICT NOT DEFERRABLE INITIALLY IMMEDIATE",
    "a INT REFERENCES p(id), b INT, FOREIGN KEY(a) REFERENCES p(k)",
    "a INT REFERENCES p(id), b INT, FOREIGN KEY(a) REFERENCES p(id)",
    "a INT, b INT, CONSTRAINT z FOREIGN KEY(a) REFERENCES p(id), CONSTRAINT y FOREIGN KEY (b) REFERENCES p(id)",
    "a INT CHECK (a > 0) REFERENCES p(id), CONSTRAINT foo CHECK(a in (1,2)) ",
    "a INT NOT NULL CONSTRAINT uq UNIQUE CONSTRAINT ck CHECK (a > (1)) CONSTRAINT fk REFERENCES p",
    "a INT, CONSTRAINT uq UNIQUE (a) ON CONFLICT FAIL, constraint pk primary key (a)",
    "a INT CONSTRAINT pk PRIMARY KEY, b INT, CONSTRAINT uu UNIQUE(b,a), UNIQUE (a,b)",
    "a INT UNIQUE, b INT UNIQUE ON CONFLICT REPLACE, UNIQUE (a, b)",
    "a INT, b TEXT DEFAULT ('x' || 'y'), c DATETIME DEFAULT (datetime('now')), d INT DEFAULT -1, g TEXT default NULL",
    "a INT,\n\tb INTEGER GENERATED ALWAYS AS (a + 1) STORED NOT NULL",
    'a INT, "b c" INTEGER GENERATED ALWAYS AS (a + (1)) VIRTUAL',
    'a INT, CONSTRAINT "a b" CHECK (a > 1), CONSTRAINT `c d` CHECK (a > 2), CONSTRAINT [e f] CHECK (a>3)',
    "a INT, CONSTRAINT x CHECK (\n a > 1\n and a < 5\n)",
    "a INT COLLATE NOCASE, CHECK (a > 1) CHECK (a>2)",
)


@program
def forms_of_constraints(sa: Any, orm: Any, log: Any) -> None:
    connection = shop(log, "CREATE TABLE p (id INTEGER PRIMARY KEY, k INT UNIQUE)")
    for form in FORMS:
        with log.quiet():
            connection.exec_driver_sql("DROP TABLE IF EXISTS t")
            connection.exec_driver_sql(f"CREATE TABLE t ({form})")
        inspector = sa.inspect(connection)
        for question in QUESTIONS:
            log(f"{question} {form}", plainly(quietly(log, getattr(inspector, question), "t")))


@program
def tables(sa: Any, orm: Any, log: Any) -> None:
    connection = shop(log)
    for name in ("parent", "child", "pair", "pair_child", "gen", "v", "Mixed Case"):
        metadata = sa.MetaData()
        table = quietly(log, sa.Table, name, metadata, autoload_with=connection)
        log("loaded", sorted(metadata.tables))
        log_table(sa, log, table)
    with log.raises("missing", "nothing"), log.quiet():
        sa.Table("nothing", sa.MetaData(), autoload_with=connection)


@program
def chosen_and_overridden_columns(sa: Any, orm: Any, log: Any) -> None:
    connection = shop(log)

    def load(name: str, *items: Any, **options: Any) -> None:
        log_table(sa, log, quietly(log, sa.Table, name, sa.MetaData(), *items, autoload_with=connection, **options))

    load("child", include_columns=["id", "a"])
    load("pair", include_columns=["x", "z"])
    load("pair_child", include_columns=["id", "q"])
    load("child", sa.Column("a", sa.String(5), key="aa"), sa.Column("extra", sa.Integer))
    load("gen", sa.Column("a", sa.Integer, primary_key=True))
    load("pair", sa.Column("z", sa.Text, primary_key=True))
    load("child", resolve_fks=True)


@program
def known_tables(sa: Any, orm: Any, log: Any) -> None:
    connection = shop(log)
    for options in (
        {"extend_existing": True},
        {"extend_existing": True, "autoload_replace": False},
        {"keep_existing": True},
        {},
    ):
        metadata = sa.MetaData()
        table = sa.Table("child", metadata, sa.Column("a", sa.Text), sa.Column("zz", sa.Text))
        again = quietly(log, sa.Table, "child", metadata, autoload_with=connection, **options)
        log("same", table is again)
        log_table(sa, log, table)
    for extend in ({"extend_existing": True}, {"extend_existing": True, "autoload_replace": False}, {}):
        metadata = sa.MetaData()
        table = sa.Table("child", metadata, sa.Column("a", sa.Text), sa.Column("zz", sa.Text))
        quietly(log, metadata.reflect, connection, only=["child"], **extend)
        log_table(sa, log, table)


@program
def whole_metadata(sa: Any, orm: Any, log: Any) -> None:
    connection = shop(log)
    for options in (
        {}, {"only": ["child", "gen"]}, {"only": lambda name, metadata: name.startswith("c")}, {"views": True},
        {"views": True, "only": ["v"]}, {"only": ["child"], "resolve_fks": False},
    ):  # fmt: skip
        metadata = sa.MetaData()
        quietly(log, metadata.reflect, connection, **options)
        log("loaded", list(metadata.tables))
    with (
        log.raises("missing", "Could not reflect: requested table(s) not available in Engine(sqlite://): (zzz)"),
        log.quiet(),
    ):
        sa.MetaData().reflect(connection, only=["child", "zzz"])
    with log.raises("no bind"):
        sa.MetaData().reflect("x")


@program
def column_reflect(sa: Any, orm: Any, log: Any) -> None:
    connection = shop(log)
    metadata = sa.MetaData()

    @sa.event.listens_for(metadata, "column_reflect")
    def change(inspector: Any, table: Any, info: Any) -> None:
        log("told", type(inspector).__name__, table.name, sorted(info), info["name"])
        info["key"] = f"attr_{info['name']}"
        if info["name"] == "a":
            info.update(info={"x": 1}, type=sa.String(7), comment="cc", autoincrement=False, quote=True)
        elif info["name"] == "b":
            info.update(default=sa.text("99"), nullable=False)

    with log.quiet():
        metadata.reflect(connection, only=["child"])
    for table in metadata.tables.values():
        log_table(sa, log, table)
    log("info", metadata.tables["child"].c.attr_a.info)


@program
def attach_events(sa: Any, orm: Any, log: Any) -> None:
    connection = shop(log)
    seen: list[Any] = []
    event = sa.event
    table_seen = event.listens_for(sa.Table, "after_parent_attach")(
        lambda table, parent: seen.append(("table", table.name))
    )
    column_seen = event.listens_for(sa.Column, "after_parent_attach")(
        lambda column, table: seen.append((column.name, table.name))
    )
    index_seen = event.listens_for(sa.Index, "after_parent_attach")(
        lambda index, table: seen.append((index.name, table.name))
    )
    quietly(log, sa.Table, "pair", sa.MetaData(), autoload_with=connection)
    event.remove(sa.Table, "after_parent_attach", table_seen)
    event.remove(sa.Column, "after_parent_attach", column_seen)
    event.remove(sa.Index, "after_parent_attach", index_seen)
    log("seen", [list(one) for one in seen])


@program
def cache(sa: Any, orm: Any, log: Any) -> None:
    connection = shop(log)
    inspector = sa.inspect(connection)
    log("same", inspector.get_columns("gen") is inspector.get_columns("gen"))
    with log.quiet():
        inspector.get_table_names()
        connection.exec_driver_sql("CREATE TABLE later (a INT)")
    log("known", "later" in quietly(log, inspector.get_table_names))
    inspector.clear_cache()
    log("known", "later" in quietly(log, inspector.get_table_names))


@program
def order(sa: Any, orm: Any, log: Any) -> None:
    connection = shop(
        log,
        "CREATE TABLE zp (id INTEGER PRIMARY KEY);\nCREATE TABLE ch (id INTEGER PRIMARY KEY, pid INT, CONSTRAINT fk1 FOREIGN KEY (pid) REFERENCES zp(id));\nCREATE TABLE aa (id INT, CONSTRAINT fkc FOREIGN KEY (id) REFERENCES ch(id))",
    )
    inspector = sa.inspect(connection)
    log("names", plainly(quietly(log, inspector.get_sorted_table_and_fkc_names)))
    log("keys", plainly(quietly(log, inspector.sort_tables_on_foreign_key_dependency)))
    with log.quiet():
        connection.exec_driver_sql(
            "CREATE TABLE b1 (id INTEGER PRIMARY KEY, x INT, CONSTRAINT fkb FOREIGN KEY (x) REFERENCES b2(id))"
        )
        connection.exec_driver_sql(
            "CREATE TABLE b2 (id INTEGER PRIMARY KEY, x INT, CONSTRAINT fka FOREIGN KEY (x) REFERENCES b1(id))"
        )
        inspector.clear_cache()
        *tables, (last, waiting) = inspector.get_sorted_table_and_fkc_names()
    log("tables", plainly(tables))
    log("waiting", last, sorted(plainly(waiting)))


@program
def other_database(sa: Any, orm: Any, log: Any) -> None:
    engine = log.engine()
    raw = engine.raw_connection()
    raw.cursor().execute("ATTACH ':memory:' AS other")
    raw.close()
    connection = engine.connect()
    with log.quiet():
        connection.exec_driver_sql(
            "CREATE TABLE other.ot (id INTEGER PRIMARY KEY, x INT, UNIQUE (x), FOREIGN KEY (x) REFERENCES ot2 (id))"
        )
        connection.exec_driver_sql("CREATE TABLE other.ot2 (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE INDEX other.ix_ot ON ot (x)")
    inspector = sa.inspect(connection)
    log("schemas", quietly(log, inspector.get_schema_names), quietly(log, inspector.get_table_names, schema="other"))
    for question in QUESTIONS:
        log(question, plainly(quietly(log, getattr(inspector, question), "ot", schema="other")))
    for metadata, options in ((sa.MetaData(), {"schema": "other"}), (sa.MetaData(schema="other"), {})):
        quietly(log, metadata.reflect, connection, **options)
        log("loaded", list(metadata.tables))
        log_table(sa, log, metadata.tables["other.ot"])


@program
def round_trip(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )
    sa.Table(
        "a",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("n", sa.String(20), unique=True, server_default="x"),
        sa.Column("on", sa.Boolean, sa.CheckConstraint("n != 'y'", name="ny")),
        sqlite_autoincrement=True,
    )
    sa.Table(
        "b",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("aid", sa.ForeignKey("a.id", ondelete="SET NULL"), index=True),
        sa.Column("twice", sa.Integer, sa.Computed("id * 2", persisted=True)),
        sa.Column("at", sa.DateTime, server_default=sa.func.current_timestamp()),
    )
    engine = log.engine(metadata)
    found = sa.MetaData()
    quietly(log, found.reflect, engine)
    for table in found.sorted_tables:
        log_table(sa, log, table)
