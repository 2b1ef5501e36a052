"""Lists that keep the positions of their members, and properties for elements of documents."""

from __future__ import annotations

from typing import Any

from ..registry import program

STEPS = """append(B('a'))|append(B('b'))|insert(0, B('c'))|insert(-1, B('d'))|pop()|pop(0)|extend([B('e'), B('f')])|
remove(bs[0])|__setitem__(0, B('g'))|__setitem__(slice(0, 1), [B('h'), B('i')])|__iadd__([B('j')])|
__setitem__(slice(0, 0), [B('k')])|
__delitem__(0)|__delitem__(slice(0, 1))|append(B('l', 77))|reorder()|reverse()|reorder()|sort(key=lambda b: b.text)|
reorder()|clear()|insert(0, B('q'))|remove(B('no'))|pop(9)|extend([B('1'), B('2'), B('3'), B('4')])|
__setitem__(slice(None, None, 2), [B('5'), B('6')])|__setitem__(slice(1, 3), [])""".replace("\n", "")


def slides(sa: Any, orm: Any, log: Any, **options: Any) -> Any:
    ordering_list = log.module("ext.orderinglist").ordering_list
    Base = orm.declarative_base()

    class Show(Base):
        __tablename__ = "show"
        id = sa.Column(sa.Integer, primary_key=True)
        bullets = orm.relationship(
            "Bullet",
            order_by="Bullet.position",
            collection_class=ordering_list("position", **options),
            cascade="all, delete-orphan",
        )

    class Bullet(Base):
        __tablename__ = "bullet"
        id = sa.Column(sa.Integer, primary_key=True)
        show_id = sa.Column(sa.ForeignKey("show.id"))
        position = sa.Column(sa.Integer)
        text = sa.Column(sa.String(10))

        def __init__(self, text: str, position: int | None = None) -> None:
            self.text, self.position = text, position

    return Show, Bullet


def tens(index: int, collection: Any) -> int:
    return index * 10


@program
def steps(sa: Any, orm: Any, log: Any) -> None:
    kinds: list[dict[str, Any]] = [
        {}, {"count_from": 1}, {"count_from": 100}, {"reorder_on_append": True}, {"ordering_func": tens},
    ]  # fmt: skip
    for options in kinds:
        Show, Bullet = slides(sa, orm, log, **options)
        show = Show()
        for step in STEPS.split("|"):
            try:
                eval(f"bs.{step}", {"bs": show.bullets, "B": Bullet})
            except Exception as error:
                log(step, type(error).__name__)
            log(step, [(one.text, one.position) for one in show.bullets])
        show.bullets = [Bullet("m"), Bullet("n")]
        log("replaced", [(one.text, one.position) for one in show.bullets])
        show.bullets = [Bullet("o", 5), Bullet("p", 3)]
        log("kept", [(one.text, one.position) for one in show.bullets])
        log("kind", show.bullets.ordering_attr, show.bullets.reorder_on_append, show.bullets.ordering_func.__name__)


@program
def stored(sa: Any, orm: Any, log: Any) -> None:
    Show, Bullet = slides(sa, orm, log)
    session = log.session(Show.metadata)
    show = Show(bullets=[Bullet("a"), Bullet("b"), Bullet("c")])
    session.add(show)
    session.commit()
    show.bullets.insert(1, Bullet("z"))
    session.commit()
    log("inserted", [(one.text, one.position) for one in show.bullets])
    show.bullets.pop(0)
    session.commit()
    log("popped", [(one.text, one.position) for one in show.bullets])
    moved = show.bullets.pop()
    show.bullets.insert(0, moved)
    session.commit()
    log("moved", [(one.text, one.position) for one in show.bullets])


@program
def functions(sa: Any, orm: Any, log: Any) -> None:
    ordering = log.module("ext.orderinglist")
    log("from", ordering.count_from_0(3, []), ordering.count_from_1(3, []), ordering.count_from_n_factory(7)(3, []))
    log("name", ordering.count_from_n_factory(7).__name__)


@program
def elements(sa: Any, orm: Any, log: Any) -> None:
    index_property = log.module("ext.indexable").index_property
    mutable = log.module("ext.mutable")
    Base = orm.declarative_base()

    class Person(Base):
        __tablename__ = "person"
        id = sa.Column(sa.Integer, primary_key=True)
        data = sa.Column(sa.JSON)
        followed = sa.Column(mutable.MutableDict.as_mutable(sa.JSON))
        items = sa.Column(sa.JSON)
        name = index_property("data", "name")
        title = index_property("data", "title", default="none")
        fixed = index_property("data", "fixed", mutable=False)
        nick = index_property("followed", "nick")
        first = index_property("items", 0)
        third = index_property("items", 2)
        plain_first = index_property("items", 0, onebased=False)
        inner = index_property("data", "inner")
        deep = index_property("inner", "deep")

    one = Person(name="x", nick="n", third=7)
    log("made", one.data, one.followed, one.items, one.title, one.third)
    with log.raises("missing", "data"):
        Person().name  # noqa: B018
    with log.raises("fixed", "can't set attribute"):
        one.fixed = 5
    with log.raises("short list"):
        Person(items=[1]).third = 5
    session = log.session(Base.metadata)
    session.add(one)
    session.commit()
    one.name = "y"
    log("changed", one in session.dirty)
    session.commit()
    one.deep = 5
    session.commit()
    log("deep", one.data, one.inner, one.deep)
    del one.name
    with log.raises("deleted", "data"):
        one.name  # noqa: B018
    session.commit()
    for name in ("name", "nick", "first", "plain_first", "deep"):
        log.text(name, sa.select(getattr(Person, name)))
        log.text(f"where {name}", sa.select(Person.id).where(getattr(Person, name) == "5"), "postgresql")
    log("found", session.scalars(sa.select(Person.id).where(Person.nick.as_string() == "n")).all())
