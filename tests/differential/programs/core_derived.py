"""CREATE TABLE AS and CREATE VIEW, statements as functions, checks of operators against types."""

from __future__ import annotations

from typing import Any

from ..registry import program


def users(sa: Any) -> Any:
    return sa.Table(
        "user_account",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(30)),
    )


@program
def views_in_metadata(sa: Any, orm: Any, log: Any) -> None:
    user = users(sa)
    view = sa.CreateView(
        sa.select(user).where(user.c.name.like("%spongebob%")), "spongebob_view", metadata=user.metadata
    )
    copied = sa.CreateTableAs(sa.select(view.table.c.id), "squidward", metadata=user.metadata)
    engine = log.engine()
    user.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.execute(user.insert(), [{"name": "spongebob"}, {"name": "sandy"}])
        log("rows", connection.execute(sa.select(view.table)).all(), connection.execute(sa.select(copied.table)).all())
        connection.commit()
    log("keys", view.table.c.keys(), copied.table.c.keys(), view.table.is_view, copied.table.is_view)
    user.metadata.drop_all(engine)


@program
def views_as_text(sa: Any, orm: Any, log: Any) -> None:
    user = users(sa)
    chosen = sa.select(user.c.id).where(user.c.id.in_([1, 2])).limit(5)
    for number, options in enumerate(
        ({}, {"or_replace": True}, {"temporary": True, "schema": "a b"}, {"materialized": True})
    ):
        log.text(f"view {number}", sa.CreateView(chosen, "my view", **options))
    for number, options in enumerate(({}, {"temporary": True}, {"if_not_exists": True}, {"schema": "s"})):
        log.text(f"table {number}", sa.CreateTableAs(chosen, "t", **options))
        log.text(f"into {number}", chosen.into("t", **options))
    log.text("cte", sa.CreateView(sa.select(chosen.cte("c")), "v"))
    log.text("union", sa.union(sa.select(user.c.id), sa.select(user.c.id)).into("u"))
    view = sa.CreateView(chosen, "v")
    log.text("drop", sa.DropView(view.table))
    log.text("drop more", sa.DropView(view.table, if_exists=True, materialized=True))
    with log.raises("no select", "SELECT statement or equivalent"):
        sa.CreateView("x", "v")


@program
def statements_as_functions(sa: Any, orm: Any, log: Any) -> None:
    user = users(sa)
    engine = log.engine(user.metadata, {user: [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]})

    def named(wanted: str) -> Any:
        statement = sa.lambda_stmt(lambda: user.select())
        statement += lambda s: s.where(user.c.name == wanted)
        return statement

    with engine.connect() as connection:
        for name in ("a", "b"):
            log(name, connection.execute(named(name)).all(), str(named(name)), named(name).is_select)
    number = 5
    log.text("criterion", sa.select(user.c.id).where(lambda: user.c.id == number))


@program
def operators_beside_types(sa: Any, orm: Any, log: Any) -> None:
    text, number, document = sa.column("t", sa.String), sa.column("n", sa.Integer), sa.column("j", sa.JSON)
    for expression in (
        number.like("x"),
        number.contains("x"),
        text - 1,
        text * 2,
        -text,
        document.contains("x"),
        document + 1,
        number & (text == "x"),
        sa.column("d", sa.Date) * 2,
        sa.column("i", sa.Interval) * 2,
        sa.type_coerce(number, sa.String).like("x"),
        number.op("x")(5),
    ):
        log("text", str(expression))
    with log.raises("index", "not supported"):
        number[1]


@program
def slices_and_collations(sa: Any, orm: Any, log: Any) -> None:
    array, text = sa.column("a", sa.ARRAY(sa.Integer)), sa.column("t", sa.String)
    for part in (array[1:3], array[1:], array[:2], array[2]):
        log.text("part", part, "postgresql")
    log.text("collation", text.collate("x", "y"))
    log.text("quoted", sa.collate(text, "A b"))


@program
def returned_by_types(sa: Any, orm: Any, log: Any) -> None:
    class Upper(sa.TypeDecorator):  # type: ignore[misc,name-defined]
        impl = sa.String
        cache_ok = True

        def column_expression(self, colexpr: Any) -> Any:
            return sa.func.upper(colexpr)

    table = sa.Table(
        "t",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("u", Upper),
        sa.Column("v w", Upper),
    )
    written = (
        sa.insert(table).values(u="a").returning(table),
        sa.update(table).values(u="b").where(table.c.u == "A").returning(table.c.u, table.c.u, table.c.u.label("z")),
        sa.delete(table).returning(table.c["v w"], table.c.id, sa.cast(table.c.id, Upper), sa.func.x(type_=Upper)),
    )
    for number, statement in enumerate(written):
        for dialect in ("sqlite", "postgresql"):
            log.text(f"{dialect} {number}", statement, dialect)
    engine = log.engine(table.metadata)
    with engine.begin() as connection:
        result = connection.execute(written[0])
        log("rows", list(result.keys()), result.all(), connection.execute(written[1]).all())


@program
def parameters_of_parts(sa: Any, orm: Any, log: Any) -> None:
    table = sa.table("t", sa.column("a", sa.Integer))
    part = table.c.a == sa.bindparam("x")
    for name, element in (("part", part), ("list", sa.and_(part, part)), ("subquery", sa.select(part).subquery())):
        log.text(name, sa.select(element.params(x=5)) if name != "subquery" else sa.select(element.params(x=5).c))
    log("statement", sa.select(part).params(x=5).compile().params, sa.text("a=:x").params(x=5).compile().params)
    for statement in (table.insert(), table.update(), table.delete()):
        with log.raises("written", "not supported"):
            statement.params(a=5)


@program
def columns_of_derived_tables(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    sa.Table("u", metadata, sa.Column("id", sa.Integer, primary_key=True))
    options = {"default": 5, "server_default": "3", "onupdate": 6, "index": True, "comment": "c", "doc": "d"}
    table = sa.Table("t", metadata, sa.Column("x", sa.Integer, sa.ForeignKey("u.id"), primary_key=True, **options))
    names = (
        "default",
        "server_default",
        "onupdate",
        "server_onupdate",
        "index",
        "unique",
        "comment",
        "doc",
        "computed",
    )
    more = ("identity", "autoincrement", "system", "nullable", "primary_key", "key", "name")
    for derived in (table.alias(), sa.select(table).subquery(), sa.select(table).cte()):
        column = derived.c.x
        log("column", [getattr(column, name) for name in (*names, *more)])
        log("references", column.references(metadata.tables["u"].c.id), column.references(table.c.x))
