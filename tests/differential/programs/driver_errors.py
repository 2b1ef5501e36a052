"""What comes out when the driver, or the way to it, refuses a value; and what listeners and logs are told."""

from __future__ import annotations

import pickle
from functools import partial
from typing import Any

from ..models import shop
from ..registry import program

VALUES: dict[str, Any] = {
    "int": 1, "big": 2**63, "surrogate": "\ud800", "str": "x", "float": 1.5, "bytes": b"x", "list": [1],
    "dict": {"a": 1}, "tuple": (1,), "none": None, "complex": 1j, "class": int,
}  # fmt: skip
SCALARS = ("Integer", "String", "Date", "Numeric", "JSON", "LargeBinary", "Interval", "DateTime", "Time", "Float")


def outcome(action: Any) -> str:
    try:
        action()
    except Exception as error:
        path = f"{type(error).__module__}.{type(error).__name__}"
        return f"{path}: {str(error).splitlines()[0]}"
    return "ok"


def attempt(connection: Any, table: Any, column: Any, value: Any) -> str:
    return outcome(lambda: connection.execute(table.insert(), {column.name: value}))


@program
def values_that_do_not_fit(sa: Any, orm: Any, log: Any) -> None:
    columns = [sa.Column(name.lower(), getattr(sa, name)) for name in SCALARS]
    table = sa.Table("t", sa.MetaData(), *columns)
    engine = sa.create_engine("sqlite://")
    table.create(engine)
    for column in columns:
        for name, value in VALUES.items():
            with engine.connect() as connection:
                log(column.name, name, attempt(connection, table, column, value))


@program
def texts_that_the_driver_refuses(sa: Any, orm: Any, log: Any) -> None:
    engine = sa.create_engine("sqlite://")
    statements: list[tuple[Any, ...]] = [
        ("select ?", (2**64,)), ("select ?", ("a", "b")), ("select ?", ({},)), ("select 1; select 2",),
        ("select 1 \0",), ("select '\ud800'",), (5,), (None,), (sa.text("select 1"),),
    ]  # fmt: skip
    for given in statements:
        with engine.connect() as connection:
            log("refused", outcome(partial(connection.exec_driver_sql, *given)))
            log("next", connection.scalar(sa.text("select 1")))


@program
def names_of_the_orm_s_errors(sa: Any, orm: Any, log: Any) -> None:
    for name, value in sorted(vars(orm.exc).items()):
        if isinstance(value, type) and issubclass(value, Exception) and name not in OURS:
            log(name, value.__module__)
    copy = pickle.loads(pickle.dumps(orm.exc.StaleDataError("gone")))
    log(type(copy) is orm.exc.StaleDataError, copy.args)


OURS = {"MergeConflict", "QueryBudgetExceeded"}


@program
def facts_of_the_context(sa: Any, orm: Any, log: Any) -> None:
    engine = sa.create_engine("sqlite://")
    table = sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True))
    facts = ("is_text", "isinsert", "isupdate", "isdelete", "isddl", "is_crud", "executemany")

    @sa.event.listens_for(engine, "before_cursor_execute")
    def told(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        log(statement.split()[0], *[name for name in facts if getattr(context, name)])

    with engine.connect() as connection:
        connection.execute(sa.schema.CreateTable(table))
        connection.execute(sa.text("SELECT 1"))
        connection.execute(sa.text("SELECT 1 AS a").columns(sa.column("a")))
        connection.exec_driver_sql("SELECT 1")
        connection.execute(sa.select(1))
        connection.execute(sa.insert(table), {"id": 1})
        connection.execute(sa.insert(table), [{"id": 2}, {"id": 3}])
        connection.execute(sa.text("INSERT INTO t (id) VALUES (:id)"), [{"id": 4}, {"id": 5}])
        connection.execute(sa.update(table).values(id=table.c.id + 10))
        connection.execute(sa.delete(table))


@program
def a_new_pool_connects_for_the_first_time(sa: Any, orm: Any, log: Any) -> None:
    for target in (lambda engine: engine, lambda engine: engine.pool):
        engine = sa.create_engine("sqlite://")
        for name in ("first_connect", "connect"):
            sa.event.listen(target(engine), name, lambda *_, name=name: log(name))
        for _ in range(2):
            engine.connect().close()
        engine.dispose()
        engine.connect().close()


@program
def writes_by_a_query_leave_its_options_out(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    with log.session(models.Base) as session:
        User = models.User
        criteria = orm.with_loader_criteria(User, User.id > 100)
        log(session.query(User).options(criteria).count())
        log(session.query(User).options(criteria).update({"name": "x"}, synchronize_session=False))
        log(session.query(User).options(criteria).delete(synchronize_session=False))
        log(session.execute(sa.update(User).values(name="y").options(criteria)).rowcount)


@program
def any_and_all_stand_on_the_right(sa: Any, orm: Any, log: Any) -> None:
    array = sa.column("arr", sa.ARRAY(sa.Integer))
    for aggregate in (sa.any_(array), sa.all_(array), sa.any_(sa.select(sa.column("q")).scalar_subquery())):
        for made in (
            aggregate == None,  # noqa: E711
            aggregate != sa.null(),
            aggregate.is_(None),
            aggregate < 5,
            aggregate >= 5,
            aggregate.bool_op("&&")(5),
            ~(aggregate == 5),
            sa.column("x") == aggregate,
            array == aggregate,
        ):
            log(str(made), made.compile().params)
        actions = {
            "plus": lambda a=aggregate: a + 5,
            "op": lambda a=aggregate: a.op("&&")(5),
            "desc": lambda a=aggregate: a.desc(),
            "concat": lambda a=aggregate: a.concat("x"),
            "minus": lambda a=aggregate: 5 - a,
        }
        for name, action in actions.items():
            with log.raises(name):
                action()
