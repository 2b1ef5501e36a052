# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""Insert, update and delete over the tables ``a`` and ``b``: text, parameters, and what the tables hold afterwards.

One program per expression; the expression is the program, evaluated with ``sa``, ``a`` and ``b``.
"""

from __future__ import annotations

from typing import Any

from ..models import core_tables
from ..registry import PROGRAMS, program

STATEMENTS = {
    "insert_bare": "sa.insert(a)",
    "insert_values": "sa.insert(a).values(name='x', amount=5)",
    "insert_values_dict": "sa.insert(a).values({'name': 'x', a.c.id: 9})",
    "insert_values_positional": "sa.insert(a).values((9, 'x', 1, True, None))",
    "insert_many_values": "sa.insert(a).values([{'id': 8, 'name': 'x'}, {'id': 9, 'name': 'y'}])",
    "insert_null": "sa.insert(a).values(id=9, name=None, flag=None)",
    "insert_expression": "sa.insert(a).values(id=9, name=sa.func.upper('x'))",
    "insert_subquery": "sa.insert(a).values(id=sa.select(sa.func.max(b.c.id) + 10).scalar_subquery(), name='x')",
    "insert_from_select": "sa.insert(b).from_select(['id', 'title'], sa.select(a.c.id + 10, a.c.name))",
    "insert_returning": "sa.insert(a).values(name='x').returning(a.c.id, a.c.name)",
    "insert_returning_table": "sa.insert(a).values(id=9, amount=5).returning(a)",
    "insert_method": "a.insert().values(id=9, name='x')",
    "insert_unknown_column": "sa.insert(a).values(nonsense=1)",
    "insert_bindparam": "sa.insert(a).values(id=9, name=sa.bindparam('given', 'x'))",
    "update": "sa.update(a).where(a.c.id == 1).values(name='x')",
    "update_two": "sa.update(a).where(a.c.id == 1).values(name='x', amount=None)",
    "update_expression": "sa.update(a).values(id=a.c.id + 10)",
    "update_same_column": "sa.update(a).where(a.c.name == 'one').values(name='x')",
    "update_subquery": "sa.update(a).values(name=sa.select(sa.func.max(b.c.title)).where(b.c.a_id == a.c.id).scalar_subquery())",
    "update_where_exists": "sa.update(a).where(sa.exists().where(b.c.a_id == a.c.id)).values(flag=False)",
    "update_in": "sa.update(a).where(a.c.id.in_([1, 2])).values(name='x')",
    "update_returning": "sa.update(a).where(a.c.id == 1).values(name='x').returning(a.c.id, a.c.name)",
    "update_ordered": "sa.update(a).ordered_values((a.c.name, 'x'), (a.c.amount, 1))",
    "update_dict": "sa.update(a).values({a.c.name: 'x', 'amount': a.c.id})",
    "update_unknown_column": "sa.update(a).values(nonsense=1)",
    "update_from": "sa.update(a).where(a.c.id == b.c.a_id, b.c.title == 'y').values(name=b.c.title)",
    "update_method": "a.update().where(a.c.id == 1).values(flag=None)",
    "delete": "sa.delete(b)",
    "delete_where": "sa.delete(b).where(b.c.id > 2).where(b.c.title != 'z')",
    "delete_in_select": "sa.delete(b).where(b.c.a_id.in_(sa.select(a.c.id).where(a.c.flag)))",
    "delete_returning": "sa.delete(b).where(b.c.id == 1).returning(b.c.id, b.c.title)",
    "delete_method": "b.delete().where(b.c.id == 1)",
    "insert_prefix": "sa.insert(b).prefix_with('OR IGNORE').values(id=1, title='x')",
    "insert_inline_cte": "sa.insert(b).from_select(['id'], sa.select((c := sa.select((a.c.id + 50).label('n')).cte('c')).c.n))",
}


def add(name: str, source: str) -> None:
    code = compile(source, f"<dml.{name}>", "eval")

    def run(sa: Any, orm: Any, log: Any) -> None:
        made = core_tables(sa)
        with log.raises("build"):
            statement = eval(code, {"sa": sa, "a": made.a, "b": made.b})
            log.text("text", statement)
        engine = log.engine(made.metadata, made.rows)
        with engine.begin() as connection, log.raises("execute"):
            result = connection.execute(statement)
            log("shape", result.returns_rows, result.rowcount)
            if result.returns_rows:
                log("rows", result.all())
            elif name.startswith("insert") and "select" not in name and "many" not in name:
                log("key", result.inserted_primary_key)
        log.dump("a", "b")

    PROGRAMS[f"dml.{name}"] = run


for _name, _source in STATEMENTS.items():
    add(_name, _source)


@program
def executemany(sa: Any, orm: Any, log: Any) -> None:
    made = core_tables(sa)
    engine = log.engine(made.metadata)
    with engine.begin() as connection:
        result = connection.execute(sa.insert(made.a), [{"id": 1, "name": "x"}, {"id": 2, "name": None}])
        log("rowcount", result.rowcount)
        connection.execute(sa.insert(made.a), {"id": 3, "amount": 2})
        connection.execute(
            sa.update(made.a).where(made.a.c.id == sa.bindparam("key")),
            [{"key": 1, "name": "y"}, {"key": 2, "name": "z"}],
        )
        connection.execute(sa.delete(made.a).where(made.a.c.id == sa.bindparam("key")), [{"key": 1}, {"key": 9}])
    log.dump("a")


@program
def executemany_missing_key(sa: Any, orm: Any, log: Any) -> None:
    made = core_tables(sa)
    engine = log.engine(made.metadata)
    with engine.begin() as connection, log.raises("missing", "A value is required for bind parameter"):
        connection.execute(sa.insert(made.a), [{"id": 1, "name": "x"}, {"id": 2}])
    log.dump("a")


@program
def executemany_returning(sa: Any, orm: Any, log: Any) -> None:
    made = core_tables(sa)
    engine = log.engine(made.metadata)
    with engine.begin() as connection:
        rows = [{"name": name} for name in "abc"]
        result = connection.execute(
            sa.insert(made.a).returning(made.a.c.id, made.a.c.name, sort_by_parameter_order=True), rows
        )
        log("rows", result.all())
    log.dump("a")


@program
def defaults(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    counter = iter(range(100))
    table = sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("plain", sa.Integer, default=5),
        sa.Column("called", sa.Integer, default=lambda: next(counter)),
        sa.Column("expression", sa.Integer, default=sa.select(sa.literal(40) + 2).scalar_subquery()),
        sa.Column("server", sa.String(10), server_default="here"),
        sa.Column("server_text", sa.Integer, server_default=sa.text("7 + 1")),
        sa.Column("updated", sa.Integer, onupdate=lambda: next(counter)),
        sa.Column(
            "from_context", sa.Integer, default=lambda context: (context.get_current_parameters()["plain"] or 0) + 1
        ),
    )
    log.text("create", sa.schema.CreateTable(table))
    engine = log.engine(metadata)
    with engine.begin() as connection:
        log("key", connection.execute(table.insert()).inserted_primary_key)
        connection.execute(table.insert().values(plain=None, called=90))
        connection.execute(table.insert(), [{"id": 10}, {"id": 11}])
        connection.execute(table.update().where(table.c.id == 1).values(plain=6))
        connection.execute(table.update().where(table.c.id == 10).values(updated=None))
    log.dump("t")


@program
def literal_binds(sa: Any, orm: Any, log: Any) -> None:
    made = core_tables(sa)
    statement = sa.select(made.a.c.id).where(made.a.c.name == "o'clock", made.a.c.id.in_([1, 2]), made.a.c.flag == True)  # noqa: E712
    log("text", str(statement.compile(compile_kwargs={"literal_binds": True})))


@program
def compiled_parameters(sa: Any, orm: Any, log: Any) -> None:
    made = core_tables(sa)
    compiled = sa.insert(made.a).values(name="x", amount=5).compile()
    log("params", compiled.params, compiled.construct_params({"name": "y"}))
    compiled = (
        sa.select(made.a.c.id).where(made.a.c.name == "x").compile(dialect=log.module("dialects.sqlite").dialect())
    )
    log("positional", compiled.positiontup, str(compiled))
    log("columns", str(sa.insert(made.a).compile(column_keys=["id", "name"])))


@program
def defaults_of_inserts_from_compounds(sa: Any, orm: Any, log: Any) -> None:
    """A default cannot be added to a UNION or to text: it is not left out without a word."""
    metadata = sa.MetaData()
    other = sa.Table("o", metadata, sa.Column("a", sa.Integer))
    table = sa.Table("t", metadata, sa.Column("a", sa.Integer), sa.Column("b", sa.Integer, default=5))
    plain = sa.select(other.c.a)
    union = plain.union(plain)
    for title, statement in (
        ("select", table.insert().from_select(["a"], plain)),
        ("union", table.insert().from_select(["a"], union)),
        ("text", table.insert().from_select(["a"], sa.text("select 1").columns(sa.column("a")))),
        ("subquery", table.insert().from_select(["a"], union.subquery().select())),
        ("without", table.insert().from_select(["a"], union, include_defaults=False)),
        ("named", table.insert().from_select(["a", "b"], sa.select(other.c.a, other.c.a).union(sa.select(other.c.a, other.c.a)))),
    ):  # fmt: skip
        with log.raises(title):
            log.text(title, statement)
