# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""Bad input: the right class of error, naming the thing; nothing written. One program per group of mistakes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..models import core_tables, shop
from ..registry import program


def attempt(log: Any, actions: dict[str, Callable[[], Any]]) -> None:
    for name, action in actions.items():
        with log.raises(name):
            action()


@program
def statements_in_the_wrong_place(sa: Any, orm: Any, log: Any) -> None:
    made = core_tables(sa)
    a, b = made.a, made.b
    attempt(log, {
        "string condition": lambda: sa.select(a).where("id = 1"),
        "string column": lambda: sa.select("id"),
        "list of columns": lambda: sa.select([a.c.id]),
        "string from": lambda: sa.select(a.c.id).select_from("a"),
        "join string": lambda: sa.select(a.c.id).join("b"),
        "limit string": lambda: sa.select(a).limit("1; drop"),
        "offset object": lambda: sa.select(a).offset(object()),
        "order by string": lambda: str(sa.select(a.c.id).order_by("1; drop")),
        "group by string": lambda: str(sa.select(a.c.id).group_by("nonsense")),
        "filter_by unknown": lambda: sa.select(a).filter_by(nonsense=1),
        "insert into select": lambda: sa.insert(sa.select(a)),
        "update string": lambda: sa.update("a"),
        "delete class": lambda: sa.delete(object),
        "values of statement": lambda: sa.select(a).values(id=1),
        "in a number": lambda: a.c.id.in_(5),
        "in a string": lambda: a.c.id.in_("abc"),
        "boolean of clause": lambda: bool(a.c.id == 1) and bool(a.c.id < b.c.id),
        "truth of and": lambda: (a.c.id < 1) and (a.c.id > 2),
        "iterate column": lambda: list(a.c.id),
        "iterate select": lambda: list(sa.select(a)),
        "exists of number": lambda: sa.exists(5).where(a.c.id == 1),
        "case of nothing": lambda: sa.case(),
        "cast without type": lambda: sa.cast(a.c.id, 5),
        "label without name": lambda: str(sa.select(a.c.id.label(None))),
        "and of string": lambda: sa.and_("a", "b"),
        "aliased column": lambda: a.c.id.alias("x"),
        "union of different": lambda: str(sa.union(sa.select(a.c.id), sa.select(a.c.id, a.c.name))),
        "scalar of two": lambda: sa.select(a.c.id, a.c.name).scalar_subquery(),
        "order by entity": lambda: sa.select(a).order_by(object()),
        "text unknown bind": lambda: sa.text("SELECT :x").bindparams(y=1),
        "returning number": lambda: sa.insert(a).returning(5),
        "join without keys": lambda: str(sa.select(a.c.id).join(sa.table("other", sa.column("x")))),
        "ambiguous left side": lambda: str(sa.select(a.c.id, b.c.id).join(a.alias())),
        "unknown type": lambda: sa.Column("x", "nonsense"),
        "table of strings": lambda: sa.Table("t", sa.MetaData(), "id"),
        "column twice": lambda: sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer), sa.Column("id", sa.String)),
        "column of two tables": lambda: [sa.Table(n, sa.MetaData(), a.c.id) for n in "xy"],
        "table keyword": lambda: sa.Table("t", sa.MetaData(), nonsense=1),
        "column keyword": lambda: sa.Column("x", sa.Integer, nonsense=1),
        "foreign key to number": lambda: sa.ForeignKey(5),
        "foreign key without column": lambda: sa.Table("t", sa.MetaData(), sa.Column("x", sa.ForeignKey("nonsense"))).c.x.foreign_keys.copy().pop().column,
    })  # fmt: skip


@program
def names_of_attributes_and_keywords(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    session = log.session(models.metadata, models.rows)
    attempt(log, {
        "attribute": lambda: models.User.nonsense,
        "instance attribute": lambda: models.User().nonsense,
        "constructor": lambda: models.User(nonsense=1),
        "filter_by": lambda: sa.select(models.User).filter_by(nonsense=1),
        "get with names": lambda: session.get(models.User, {"nonsense": 1}),
        "get too many": lambda: session.get(models.User, (1, 2)),
        "get option": lambda: session.get(models.User, 1, nonsense=1),
        "option of other class": lambda: session.scalars(sa.select(models.User).options(orm.selectinload(models.Post.user))).all(),
        "option of column": lambda: session.scalars(sa.select(models.User).options(orm.selectinload(models.User.name))).all(),
        "option of string": lambda: orm.selectinload("posts"),
        "session keyword": lambda: orm.Session(nonsense=1),
        "maker keyword": lambda: orm.sessionmaker(nonsense=1)(),
        "bind of string": lambda: orm.Session("sqlite://").execute(sa.select(1)),
        "add none": lambda: session.add(None),
        "add_all of one": lambda: session.add_all(models.User()),
        "merge none": lambda: session.merge(None),
        "delete class": lambda: session.delete(models.User),
        "refresh unknown": lambda: session.refresh(session.get(models.User, 1), ["nonsense"]),
        "expire unknown": lambda: session.expire(session.get(models.User, 1), ["nonsense"]),
        "join to unrelated": lambda: str(sa.select(models.User).join(models.Doc)),
        "relationship in select": lambda: session.execute(sa.select(models.User.posts)).all(),
        "update unknown": lambda: session.execute(sa.update(models.User).values(nonsense=1)),
        "insert unknown": lambda: session.execute(sa.insert(models.User).values(nonsense=1)),
        "unknown event": lambda: sa.event.listen(session, "nonsense", print),
        "event of unknown target": lambda: sa.event.listen(object(), "before_flush", print),
    })  # fmt: skip
    session.rollback()
    log.dump("users")


@program
def wrong_values_write_nothing(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    session = log.session(models.metadata, models.rows)
    for name, values in {
        "object": {"name": object()}, "list": {"name": ["x"]}, "null": {"name": None}, "dictionary": {"name": {"a": 1}},
    }.items():  # fmt: skip
        session.add(models.User(**values))
        with log.raises(name):
            session.flush()
        session.rollback()
    log.dump("users")


@program
def session_after_close(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    session = log.session(models.metadata, models.rows, close_resets_only=False)
    session.close()
    with log.raises("execute", "closed"):
        session.execute(sa.select(1))


@program
def flush_inside_flush(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    session = log.session(models.metadata, models.rows)
    sa.event.listen(session, "after_flush", lambda *_arguments: session.flush())
    session.add(models.Note(text="x"))
    with log.raises("flush", "already flushing"):
        session.flush()
