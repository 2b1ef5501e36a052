# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""Engine, connection, transactions, savepoints and results."""

from __future__ import annotations

from typing import Any

from ..models import core_tables
from ..registry import program


def connected(sa: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    made = core_tables(sa)
    return made, log.engine(made.metadata, made.rows, **options)


@program
def urls(sa: Any, orm: Any, log: Any) -> None:
    for text in (
        "sqlite://",
        "sqlite:///file.db",
        "sqlite:////abs/file.db",
        "postgresql+psycopg://u:p%40ss@host:5432/db?sslmode=require",
        "mysql+pymysql://u@[::1]:3306/db",
        "postgresql://host/db",
        "oracle://scott:tiger@h",
        "sqlite:///:memory:?cache=shared",
    ):
        url = sa.engine.make_url(text)
        log("url", url.drivername, url.username, url.host, url.port, url.database, dict(url.query), str(url))
        log("shown", url.render_as_string(hide_password=False), url.get_backend_name(), repr(url))
    url = sa.engine.URL.create("postgresql+psycopg", "user", "p@:/ss", "host", 5432, "db", {"a": "b"})
    log("made", str(url), url.render_as_string(hide_password=False), url.set(host="other").host, url.password)
    log("equal", url == sa.engine.make_url(url.render_as_string(hide_password=False)))
    with log.raises("bad", "Could not parse"):
        sa.engine.make_url("nonsense")


@program
def unknown_databases(sa: Any, orm: Any, log: Any) -> None:
    with log.raises("dialect", "Can't load plugin"):
        sa.create_engine("nonsense://host/db")
    with log.raises("driver", "Can't load plugin"):
        sa.create_engine("sqlite+nonsense://")
    with log.raises("url", "Could not parse"):
        sa.create_engine("what is this")
    with log.raises("keyword", "Invalid argument"):
        sa.create_engine("sqlite://", nonsense=1)


@program
def driver_not_installed(sa: Any, orm: Any, log: Any) -> None:
    with log.raises("mysqlclient", "MySQLdb"):
        sa.create_engine("mysql+mysqldb://host/db")


@program
def engine_facts(sa: Any, orm: Any, log: Any) -> None:
    _made, engine = connected(sa, log)
    log(
        "facts",
        engine.name,
        engine.driver,
        str(engine.url),
        repr(engine),
        engine.dialect.name,
        engine.dialect.paramstyle,
    )


@program
def connect_commits_nothing(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.connect() as connection:
        log("before", connection.in_transaction())
        connection.execute(sa.delete(made.b))
        log("after", connection.in_transaction(), connection.closed)
    log("closed", connection.closed)
    log.dump("b")
    with engine.connect() as connection:
        connection.execute(sa.delete(made.b).where(made.b.c.id == 1))
        connection.commit()
        connection.execute(sa.delete(made.b).where(made.b.c.id == 2))
        connection.rollback()
    log.dump("b")


@program
def begin_block(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.begin() as connection:
        connection.execute(sa.delete(made.b).where(made.b.c.id == 1))
    with log.raises("error", "boom"), engine.begin() as connection:
        connection.execute(sa.delete(made.b).where(made.b.c.id == 2))
        raise ValueError("boom")
    with engine.connect() as connection, connection.begin():
        connection.execute(sa.delete(made.b).where(made.b.c.id == 3))
    log.dump("b")


@program
def transaction_objects(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.connect() as connection:
        transaction = connection.begin()
        log("active", transaction.is_active, transaction.is_valid, connection.get_transaction() is transaction)
        with log.raises("twice", "already initialized"):
            connection.begin()
        connection.execute(sa.delete(made.b))
        transaction.rollback()
        log("after", transaction.is_active, connection.in_transaction())
        with log.raises("commit", ""):
            transaction.commit()
        transaction.rollback()
        transaction = connection.begin()
        transaction.close()
        log("closed", connection.in_transaction())
    log.dump("b")


@program
def savepoints(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.begin() as connection:
        connection.execute(sa.delete(made.b).where(made.b.c.id == 1))
        nested = connection.begin_nested()
        connection.execute(sa.delete(made.b).where(made.b.c.id == 2))
        log("in", connection.in_nested_transaction(), connection.get_nested_transaction() is nested)
        nested.rollback()
        with connection.begin_nested():
            connection.execute(sa.delete(made.b).where(made.b.c.id == 3))
            with log.raises("inner", "boom"), connection.begin_nested():
                connection.execute(sa.delete(made.b))
                raise ValueError("boom")
        log("out", connection.in_nested_transaction())
    log.dump("b")


@program
def savepoint_autobegin(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.connect() as connection:
        with connection.begin_nested():
            connection.execute(sa.delete(made.b))
        log("in", connection.in_transaction())
        connection.commit()
    log.dump("b")


@program
def autobegin_then_begin(sa: Any, orm: Any, log: Any) -> None:
    _made, engine = connected(sa, log)
    with engine.connect() as connection:
        connection.execute(sa.select(1))
        with log.raises("begin", "already initialized"):
            connection.begin()


@program
def closed_connection(sa: Any, orm: Any, log: Any) -> None:
    _made, engine = connected(sa, log)
    connection = engine.connect()
    connection.close()
    connection.close()
    with log.raises("execute", "This Connection is closed"):
        connection.execute(sa.select(1))
    with log.raises("begin", "This Connection is closed"):
        connection.begin()


@program
def execute_forms(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.connect() as connection:
        log("text", connection.execute(sa.text("SELECT id FROM a WHERE id > :low"), {"low": 2}).all())
        log(
            "many",
            connection.execute(
                sa.text("UPDATE a SET name = :n WHERE id = :i"), [{"n": "x", "i": 1}, {"n": "y", "i": 2}]
            ).rowcount,
        )
        log("scalar", connection.scalar(sa.select(made.a.c.name).where(made.a.c.id == 1)))
        log("scalars", connection.scalars(sa.select(made.a.c.id)).all())
        log("driver", connection.exec_driver_sql("SELECT id FROM a WHERE id = ?", (2,)).all())
        log("driver many", connection.exec_driver_sql("DELETE FROM b WHERE id = ?", [(1,), (2,)]).rowcount)
        with log.raises("string", "Not an executable object"):
            connection.execute("SELECT 1")
        with log.raises("column", "Not an executable object"):
            connection.execute(made.a)
        with log.raises("positional", "expected"):
            connection.execute(sa.text("SELECT :x"), (1,))
        with log.raises("missing", "A value is required for bind parameter 'x'"):
            connection.execute(sa.text("SELECT :x"))


@program
def results(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    query = sa.select(made.a.c.id, made.a.c.name).order_by(made.a.c.id)
    with engine.connect() as connection:
        log("all", connection.execute(query).all())
        log("fetchall", connection.execute(query).fetchall())
        log("first", connection.execute(query).first())
        log("iteration", [row.name for row in connection.execute(query)])
        log("fetchmany", connection.execute(query).fetchmany(2))
        log("mappings", connection.execute(query).mappings().all())
        log("mapping first", connection.execute(query).mappings().first())
        log("scalars", connection.execute(query).scalars(1).all(), connection.execute(query).scalars("name").first())
        log("scalar", connection.execute(query).scalar())
        log("columns", connection.execute(query).columns("name").all())
        log("tuples", connection.execute(query).tuples().all())
        log("partitions", [list(part) for part in connection.execute(query).partitions(3)])
        log("unique", connection.execute(sa.select(made.b.c.title)).unique().all())
        log("unique scalars", connection.execute(sa.select(made.b.c.title)).scalars().unique().all())
        result = connection.execute(query)
        log("fetchone", result.fetchone(), result.fetchone(), list(result.keys()), result.returns_rows)
        result.close()
        with log.raises("closed", "closed"):
            result.fetchone()


@program
def results_one(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    none, one, many = (
        sa.select(made.a.c.id).where(condition) for condition in (made.a.c.id > 9, made.a.c.id == 1, made.a.c.id > 1)
    )
    with engine.connect() as connection:
        for name, query in (("none", none), ("one", one), ("many", many)):
            for method in ("one", "one_or_none", "scalar_one", "scalar_one_or_none", "first", "scalar"):
                with log.raises(f"{name}.{method}", "row was"):
                    log(f"{name}.{method}", getattr(connection.execute(query), method)())
            with log.raises(f"{name}.scalars", ""):
                log(f"{name}.scalars", connection.scalars(query).one())


@program
def results_without_rows(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.begin() as connection:
        result = connection.execute(sa.delete(made.b).where(made.b.c.id > 2))
        log("delete", result.rowcount, result.returns_rows)
        with log.raises("all", "This result object does not return rows"):
            result.all()
        result = connection.execute(sa.insert(made.a).values(name="x"))
        log("insert", result.inserted_primary_key, result.lastrowid, result.is_insert)


@program
def rows(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.connect() as connection:
        row = connection.execute(sa.select(made.a.c.id, made.a.c.name, sa.literal(5).label("five"))).first()
        log("access", row.id, row[0], row[-1], row[0:2], row._mapping["name"], row._mapping[made.a.c.id], row.five)
        log(
            "facts",
            len(row),
            row._fields,
            tuple(row),
            row._asdict(),
            row == (1, "one", 5),
            row < (2,),
            hash(row) == hash((1, "one", 5)),
        )
        log("mapping", list(row._mapping), dict(row._mapping), "name" in row._mapping, row._mapping.get("zzz"))
        log("text", str(row), repr(row), row.count(5), row.index("one"), 5 in row)
        first, *rest = row
        log("unpacked", first, rest)
        with log.raises("attribute", "Could not locate column"):
            row.nonsense  # noqa: B018
        with log.raises("key", "Could not locate column"):
            row._mapping["nonsense"]
        with log.raises("index"):
            row[7]
        with log.raises("assign"):
            row.id = 5


@program
def ambiguous_columns(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.connect() as connection:
        result = connection.execute(sa.select(made.a.c.id, made.b.c.id).where(made.a.c.id == made.b.c.a_id))
        row = result.first()
        log("row", row, row._mapping[made.a.c.id], row._mapping[made.b.c.id])
        row = connection.execute(sa.text("SELECT a.id, b.id FROM a JOIN b ON b.a_id = a.id")).first()
        with log.raises("text", "Ambiguous column name"):
            row.id  # noqa: B018


@program
def driver_errors(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    with engine.connect() as connection:
        for name, sql in (
            ("unique", "INSERT INTO a (id) VALUES (1)"),
            ("no table", "SELECT * FROM nonsense"),
            ("syntax", "SELEC"),
            ("not null", "INSERT INTO sqlite_master VALUES (1)"),
        ):
            with log.raises(name, ""):
                connection.execute(sa.text(sql))
        try:
            connection.execute(sa.insert(made.a).values(id=1))
        except sa.exc.IntegrityError as error:
            log(
                "orig",
                type(error.orig).__name__,
                str(error.orig),
                error.statement,
                error.params,
                error.connection_invalidated,
            )
            log("text", str(error).split("(Background")[0])
            log("mro", [kind.__name__ for kind in type(error).__mro__])


@program
def hide_parameters(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log, hide_parameters=True)
    with engine.connect() as connection:
        try:
            connection.execute(sa.insert(made.a).values(id=1, name="secret"))
        except sa.exc.IntegrityError as error:
            log("text", str(error).split("(Background")[0])


@program
def execution_options(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log)
    log("engine", dict(engine.execution_options(x=1).get_execution_options()), dict(engine.get_execution_options()))
    with engine.connect().execution_options(y=2) as connection:
        log("connection", dict(connection.get_execution_options()))
        query = sa.select(made.a.c.id).execution_options(z=3)
        log("statement", dict(query.get_execution_options()), connection.execute(query).first())


@program
def isolation_levels(sa: Any, orm: Any, log: Any) -> None:
    made, engine = connected(sa, log, plain=True)
    with engine.connect() as connection:
        log("default", connection.get_isolation_level(), connection.default_isolation_level)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.delete(made.b))
    log.dump("b")
    with log.raises("unknown", "Invalid value 'NONSENSE' for isolation_level"):
        engine.connect().execution_options(isolation_level="NONSENSE")


@program
def pool_facts(sa: Any, orm: Any, log: Any) -> None:
    _made, engine = connected(sa, log, file=True)
    log("pool", type(engine.pool).__name__, engine.pool.size(), engine.pool.checkedout(), engine.pool.checkedin())
    with engine.connect(), engine.connect():
        log("out", engine.pool.checkedout())
    log("in", engine.pool.checkedout(), engine.pool.checkedin(), engine.pool.overflow())
    engine.dispose()
    log("disposed", engine.pool.checkedin())


@program
def pool_timeout(sa: Any, orm: Any, log: Any) -> None:
    _made, engine = connected(sa, log, file=True, pool_size=1, max_overflow=0, pool_timeout=0.05)
    with engine.connect(), log.raises("second", "QueuePool limit of size 1 overflow 0 reached"):
        engine.connect()
    with engine.connect() as connection:
        log("again", connection.scalar(sa.select(1)))


@program
def connect_event(sa: Any, orm: Any, log: Any) -> None:
    _made, engine = connected(sa, log, file=True)

    @sa.event.listens_for(engine, "connect")
    def _connect(driver: Any, record: Any) -> None:
        log("connect", type(driver).__name__)

    for name in ("checkout", "checkin"):
        sa.event.listen(engine, name, lambda *_arguments, name=name: log(name))
    engine.dispose()
    with engine.connect() as connection:
        connection.execute(sa.select(1))


@program
def execute_events(sa: Any, orm: Any, log: Any) -> None:
    _made, engine = connected(sa, log)

    @sa.event.listens_for(engine, "before_cursor_execute", retval=True)
    def _before(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> Any:
        return statement.replace("1", "41 + 1"), parameters

    @sa.event.listens_for(engine, "after_cursor_execute")
    def _after(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement != "BEGIN":  # sent by the recipe that makes the oracle begin for real
            log("after", statement, parameters, many)

    @sa.event.listens_for(engine, "handle_error")
    def _error(context: Any) -> None:
        log("error", type(context.original_exception).__name__, type(context.sqlalchemy_exception).__name__)

    with engine.connect() as connection:
        log("changed", connection.scalar(sa.text("SELECT 1")))
        with log.raises("wrong"):
            connection.execute(sa.text("SELEC"))
    with log.raises("unknown event", "No such event"):
        sa.event.listen(engine, "nonsense", lambda: None)


@program
def event_removal(sa: Any, orm: Any, log: Any) -> None:
    _made, engine = connected(sa, log)

    def listener(connection: Any) -> None:
        log("begin seen")

    sa.event.listen(engine, "begin", listener)
    log("contains", sa.event.contains(engine, "begin", listener))
    with engine.begin():
        pass
    sa.event.remove(engine, "begin", listener)
    log("contains", sa.event.contains(engine, "begin", listener))
    with engine.begin():
        pass


@program
def exception_tree(sa: Any, orm: Any, log: Any) -> None:
    for module in (sa.exc, orm.exc):
        for name in (
            "SQLAlchemyError", "ArgumentError", "CompileError", "UnsupportedCompilationError", "InvalidRequestError",
            "NoInspectionAvailable", "NoSuchTableError", "NoReferenceError", "NoReferencedTableError", "NoReferencedColumnError",
            "StatementError", "DBAPIError", "InterfaceError", "DatabaseError", "DataError", "OperationalError", "IntegrityError",
            "InternalError", "ProgrammingError", "NotSupportedError", "PendingRollbackError", "NoResultFound",
            "MultipleResultsFound", "ResourceClosedError", "TimeoutError", "CircularDependencyError", "SAWarning",
            "StaleDataError", "FlushError", "UnmappedError", "UnmappedInstanceError", "UnmappedClassError",
            "UnmappedColumnError", "DetachedInstanceError", "ObjectDeletedError", "ObjectDereferencedError",
            "DuplicateColumnError", "NoSuchColumnError", "AmbiguousForeignKeysError", "NoForeignKeysError", "ConcurrentModificationError",
        ):  # fmt: skip
            found = getattr(module, name, None)
            if found is not None:
                log(
                    f"{module.__name__.partition('.')[2]}.{name}",
                    [kind.__name__ for kind in found.__mro__ if kind.__name__ != "HasDescriptionCode"],
                )
