"""Expressions that programs reach beyond the everyday: division, visitors, typed columns, values of other columns."""

from __future__ import annotations

import decimal
from typing import Any

from ..registry import program


@program
def division(sa: Any, orm: Any, log: Any) -> None:
    operands = {
        "integer": sa.column("i", sa.Integer),
        "float": sa.column("f", sa.Float),
        "numeric": sa.column("n", sa.Numeric(10, 2)),
        "double": sa.column("d", sa.Double),
        "untyped": sa.column("x"),
        "5": 5,
        "2.5": 2.5,
        "decimal": decimal.Decimal("1.5"),
    }
    for name, left in operands.items():
        for other, right in operands.items():
            if isinstance(left, (int, float, decimal.Decimal)) and isinstance(right, (int, float, decimal.Decimal)):
                continue
            for dialect in ("", "sqlite", "postgresql", "mysql"):
                log.text(f"{name} / {other}", left / right, dialect)
                log.text(f"{name} // {other}", left // right, dialect)
            log("types", repr((left / right).type), repr((left // right).type))


@program
def visitors(sa: Any, orm: Any, log: Any) -> None:
    walks = log.module("sql.visitors")
    table = sa.table("t", sa.column("id", sa.Integer), sa.column("name", sa.String))
    where = sa.and_(table.c.name == "x", table.c.id > 5)
    log("nodes", [type(node).__name__ for node in walks.iterate(where)])
    seen: list[str] = []
    walks.traverse(
        sa.select(table.c.id).where(where),
        {},
        {
            "column": lambda node: seen.append(node.name),
            "bindparam": lambda node: seen.append(str(node.value)),
            "table": lambda node: seen.append(node.name),
        },
    )
    log("seen", sorted(seen))

    def double(bind: Any) -> None:
        bind.value = bind.value * 2

    copied = walks.cloned_traverse(where, {}, {"bindparam": double})
    log("copied", sorted(copied.compile().params.items()), sorted(where.compile().params.items()))
    replaced = walks.replacement_traverse(
        where, {}, lambda node: sa.column("other") if getattr(node, "name", None) == "name" else None
    )
    log("replaced", str(replaced))

    class Replacing(walks.ReplacingCloningVisitor):
        def replace(self, elem: Any) -> Any:
            return sa.literal_column("7") if isinstance(elem, sa.BindParameter) else None

    log("class", str(Replacing().traverse(where)))


@program
def replaced_tables(sa: Any, orm: Any, log: Any) -> None:
    table = sa.table("t", sa.column("id", sa.Integer), sa.column("name", sa.String))
    alias = table.alias("q")
    log("select", str(sa.select(table.c.id).where(table.c.name == "x").replace_selectable(table, alias)))
    log("join", str(table.join(sa.table("u"), table.c.id == 5).replace_selectable(table, alias)))


@program
def typed_columns(sa: Any, orm: Any, log: Any) -> None:
    columns = type(
        "columns",
        (sa.TypedColumns,),
        {
            "id": sa.Column(sa.Integer, primary_key=True),
            "age": sa.Column(sa.SmallInteger),
            "__annotations__": {"name": sa.Named[str], "age": sa.Named[int | None], "flag": sa.Named[bool]},
        },
    )
    one, two = (sa.Table(name, sa.MetaData(), columns, sa.UniqueConstraint("name")) for name in ("one", "two"))
    log("table", str(sa.schema.CreateTable(one)), one.c.name is two.c.name, one.c.keys())
    log("typed", str(sa.select(one.select().cte("c").with_cols(columns).c.id)))
    with log.raises("instance", "Cannot instantiate"):
        columns()
    with log.raises("annotation", "is not of type Named"):
        sa.Table("t", sa.MetaData(), type("bad", (sa.TypedColumns,), {"__annotations__": {"x": int}}))


@program
def values_of_other_columns(sa: Any, orm: Any, log: Any) -> None:
    table = sa.table("product", sa.column("price", sa.Float), sa.column("tax", sa.Float))
    gross = table.c.price * (1 + sa.from_dml_column(table.c.tax))
    log.text("with", sa.update(table).values({table.c.tax: 0.08, table.c.price: gross}))
    log.text("without", sa.update(table).values({table.c.price: gross}))
    log.text("insert", sa.insert(table).values({table.c.tax: 0.08, table.c.price: sa.from_dml_column(table.c.tax)}))
    with log.raises("select", "DML target objects"):
        str(sa.select(sa.from_dml_column(table.c.tax)))


@program
def compiled_statements(sa: Any, orm: Any, log: Any) -> None:
    table = sa.table("t", sa.column("id", sa.Integer), sa.column("name", sa.String))
    compiled = sa.select(table).where(table.c.id == 5, table.c.name.in_(["a", "b"])).limit(3).compile()
    log("params", compiled.construct_params(), compiled.construct_params({"id_1": 7}))
    log("kinds", compiled.isinsert, compiled.isupdate, compiled.is_sql, compiled.is_ddl, compiled.positional)
    log("names", sorted(compiled.bind_names.values()), compiled.string == str(compiled))
    written = sa.insert(table).compile(column_keys=["name"])
    log("written", str(written), written.isinsert, written.column_keys)
    with log.raises("missing", "A value is required"):
        sa.select(sa.bindparam("q")).compile().construct_params()
    plain = sa.select(sa.column("x") == 1).compile(dialect=log.module("dialects.sqlite").dialect())
    log("positional", plain.positional, plain.positiontup)


@program
def functions_without_text(sa: Any, orm: Any, log: Any) -> None:
    class Unknown(log.module("sql.functions").FunctionElement):
        name = "unknown"
        inherit_cache = True

    with log.raises("function", "can't render element"):
        str(sa.select(Unknown(1)))


@program
def empty_lists_negated(sa: Any, orm: Any, log: Any) -> None:
    x, written = sa.column("x", sa.Integer), {"render_postcompile": True}
    for values in ([], [1, 2]):
        given = x.in_(values)
        negated = (~given, sa.not_(x.not_in(values)), ~~given, sa.or_(given, ~given), sa.not_(given) == sa.column("y"))
        for number, condition in enumerate(negated):
            log.text(f"{number}", condition)
            log(f"{number} {values}", str(condition.compile(compile_kwargs=written)))
            log(f"{number} {values}", str(condition.compile(compile_kwargs={"literal_binds": True})))


@program
def values_that_are_no_numbers(sa: Any, orm: Any, log: Any) -> None:
    with log.engine().connect() as connection:
        with log.raises("read", ""):
            connection.scalar(sa.select(sa.type_coerce(sa.literal_column("'x'"), sa.Numeric)))
        log("float", connection.scalar(sa.select(sa.type_coerce(sa.literal_column("1.256"), sa.Numeric(10, 2)))))


@program
def names_of_signs(sa: Any, orm: Any, log: Any) -> None:
    t = sa.table("t", sa.column("id", sa.Integer), sa.column("n", sa.Integer))
    with log.engine().connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (id INTEGER, n INTEGER)")
        for columns in ((-t.c.id,), (t.c.id, -t.c.id), (-t.alias().c.n,), (-(t.c.n + 1),), (-t.c.n, -t.c.n)):
            log("keys", list(connection.execute(sa.select(*columns)).keys()))
