# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""Values that tell of changes in place: dictionaries, lists, sets, own classes, composites; pickles, merges, defaults."""

from __future__ import annotations

import copy
import pickle
from typing import Any

from ..registry import program


def page(sa: Any, orm: Any, log: Any) -> Any:
    mutable = log.module("ext.mutable")
    Base = orm.declarative_base()

    class Page(Base):
        __tablename__ = "page"
        id = sa.Column(sa.Integer, primary_key=True)
        data = sa.Column(mutable.MutableDict.as_mutable(sa.JSON))
        tags = sa.Column(mutable.MutableList.as_mutable(sa.JSON))
        seen = sa.Column(mutable.MutableSet.as_mutable(sa.PickleType))
        made = sa.Column(mutable.MutableDict.as_mutable(sa.JSON), default=lambda: {"x": 1})
        later = orm.deferred(sa.Column(mutable.MutableDict.as_mutable(sa.JSON)))
        plain = sa.Column(sa.JSON)

    return Page


STEPS = """data['b'] = 2|data.update(c=3)|data.update({'e': 1}, f=2)|data.setdefault('z', 1)|data.setdefault('z', 2)|data.pop('z')|data.pop('no', 1)|data.popitem()|del data['a']|data.copy()|data.clear()|data.__ior__({'q': 1})|data.changed()|tags.append(3)|tags.extend([4, 5])|tags.__iadd__([6])|tags.insert(0, 0)|tags.pop()|tags.pop(0)|tags.remove(4)|tags.sort(reverse=True)|tags.reverse()|tags[0] = 100|tags[0:1] = [7, 8]|del tags[0]|tags.__imul__(2)|tags.copy()|tags.clear()|seen.add(2)|seen.update([3, 4])|seen.discard(99)|seen.remove(3)|seen.__ior__({9})|seen.__iand__({9, 4})|seen.__ixor__({8})|seen.__isub__({8})|seen.difference_update([4])|seen.intersection_update([9])|seen.symmetric_difference_update([1])|seen.copy()|seen.clear()|data.pop('no')|tags.remove(99)|seen.remove(99)|tags.pop(99)"""


@program
def steps(sa: Any, orm: Any, log: Any) -> None:
    Page = page(sa, orm, log)
    session = log.session(Page.metadata)
    one = Page(data={"a": 1}, tags=[1, 2], seen={1})
    log("made", type(one.data).__name__, type(one.tags).__name__, repr(one.seen), one.data == {"a": 1})
    session.add(one)
    session.commit()
    for step in STEPS.split("|"):
        values = {"data": one.data, "tags": one.tags, "seen": one.seen}
        try:
            exec(step, values)
        except Exception as error:
            log(step, type(error).__name__)
        log(step, one in session.dirty, one.data, one.tags, sorted(one.seen))
        with log.quiet():
            session.commit()
    log("loaded", type(one.data).__name__, type(one.tags).__name__, type(one.seen).__name__, type(one.later).__name__)


@program
def refused(sa: Any, orm: Any, log: Any) -> None:
    Page = page(sa, orm, log)
    for name, value in [("data", 5), ("data", [1]), ("tags", "abc"), ("tags", (1, 2)), ("seen", [1])]:
        with log.raises(f"{name} {value!r}", f"Attribute '{name}' does not accept objects of type"):
            Page(**{name: value})
    log("none", Page(data=None).data)


@program
def origins(sa: Any, orm: Any, log: Any) -> None:
    """Defaults, deferred columns, refresh, merge, pickles, detached objects: all are followed."""
    Page = page(sa, orm, log)
    session = log.session(Page.metadata)
    one = Page(id=1, data={"a": 1}, later={"l": 1}, plain={"p": 1})
    session.add(one)
    session.flush()
    one.made["y"] = 2
    log("default", type(one.made).__name__, one in session.dirty)
    session.commit()
    log("first", one.data)
    one.later["m"] = 2
    log("deferred", one in session.dirty)
    session.commit()
    session.refresh(one)
    one.data["r"] = 1
    log("refreshed", one in session.dirty)
    session.rollback()
    log("rolled back", one.data)
    one.plain["q"] = 1
    log("plain", one in session.dirty)
    again = pickle.loads(pickle.dumps(one.data))
    log(
        "pickled value",
        again,
        type(again).__name__,
        type(copy.copy(one.data)).__name__,
        type(copy.deepcopy(one.data)).__name__,
    )
    merged = session.merge(Page(id=1, data={"m": 1}))
    log("merged", type(merged.data).__name__, merged is one)
    session.commit()
    merged.data["n"] = 1
    log("merged and changed", merged in session.dirty)
    session.commit()
    session.expunge(merged)
    merged_data = merged.__dict__.get("data")
    log("detached", merged_data)
    session.add(merged)
    merged.data["d"] = 1
    session.commit()
    old = merged.data
    merged.data = {"new": 1}
    session.commit()
    log("read", merged.data)
    old["q"] = 1
    log("old value", merged in session.dirty)
    old = merged.data
    session.expire(merged)
    with log.raises("expired", "Can't flag attribute 'data' modified; it's not present in the object state"):
        old["x"] = 1
    shared = log.module("ext.mutable").MutableDict({"s": 1})
    two, three = Page(data=shared), Page(data=shared)
    session.add_all([two, three])
    session.flush()
    shared["t"] = 1
    log("shared", two in session.dirty, three in session.dirty)


@program
def by_type_and_attribute(sa: Any, orm: Any, log: Any) -> None:
    mutable = log.module("ext.mutable")
    Base = orm.declarative_base()

    class Lines(sa.types.TypeDecorator):
        impl = sa.String
        cache_ok = True

        def process_bind_param(self, value: Any, dialect: Any) -> Any:
            return None if value is None else "\n".join(value)

        def process_result_value(self, value: Any, dialect: Any) -> Any:
            return None if value is None else value.split("\n")

    mutable.MutableList.associate_with(Lines)

    class Shared:
        info = sa.Column(mutable.MutableDict.as_mutable(sa.JSON))

    class Note(Shared, Base):
        __tablename__ = "note"
        id = sa.Column(sa.Integer, primary_key=True)
        kind = sa.Column(sa.String(10))
        lines = sa.Column(Lines)
        other = sa.Column(sa.JSON)
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "note"}

    class Long(Note):
        more = sa.Column(mutable.MutableList.as_mutable(sa.JSON))
        __mapper_args__ = {"polymorphic_identity": "long"}

    mutable.MutableDict.associate_with_attribute(Note.other)
    session = log.session(Base.metadata)
    note = Long(lines=["a"], other={"b": 1}, info={"c": 1}, more=[1])
    session.add(note)
    session.commit()
    for change in ("lines.append('x')", "other.update(y=1)", "info.update(z=1)", "more.append(2)"):
        eval(f"note.{change}", {"note": note})
        log(change, note in session.dirty)
        session.commit()
    log("read", note.lines, note.other, note.info, note.more)
    heard: list[Any] = []
    sa.event.listen(Note.info, "modified", lambda target, token: heard.append((type(target).__name__, token.key)))
    sa.event.listen(Note.info, "set", lambda target, value, old, token: heard.append(type(value).__name__))
    Long(info={"a": 1}).info["b"] = 2
    log("heard", heard)


@program
def composites(sa: Any, orm: Any, log: Any) -> None:
    mutable = log.module("ext.mutable")
    Base = orm.declarative_base()

    class Point(mutable.MutableComposite):
        def __init__(self, x: int, y: int) -> None:
            self.x, self.y = x, y

        def __setattr__(self, key: str, value: Any) -> None:
            object.__setattr__(self, key, value)
            self.changed()

        def __composite_values__(self) -> Any:
            return self.x, self.y

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Point) and (other.x, other.y) == (self.x, self.y)

        def __ne__(self, other: object) -> bool:
            return not self == other

        __hash__ = None  # type: ignore[assignment]

        def __repr__(self) -> str:
            return f"Point({self.x}, {self.y})"

        @classmethod
        def coerce(cls, key: str, value: Any) -> Any:
            if isinstance(value, tuple):
                return Point(*value)
            if not isinstance(value, Point):
                raise ValueError("tuple or Point expected")
            return value

    class Line(Base):
        __tablename__ = "line"
        id = sa.Column(sa.Integer, primary_key=True)
        x1, y1, x2, y2 = (sa.Column(sa.Integer) for _ in range(4))

    for name in ("x1", "y1", "x2", "y2"):
        getattr(Line, name)
    Line.start = orm.composite(Point, Line.__table__.c.x1, Line.__table__.c.y1)
    Line.end = orm.composite(Point, Line.__table__.c.x2, Line.__table__.c.y2)
    session = log.session(Base.metadata)
    line = Line(start=Point(3, 4), end=Point(12, 15))
    session.add(line)
    session.commit()
    line.end.x = 8
    log("changed", line in session.dirty)
    session.commit()
    log("read", line.end)
    line.start = (5, 6)
    log("coerced", line.start)
    session.commit()
    with log.raises("refused", "tuple or Point expected"):
        line.start = 5
    line.start.x = 1
    session.rollback()
    log("rolled back", line.start)


@program
def values_given_by_a_flush(sa: Any, orm: Any, log: Any) -> None:
    Base = orm.declarative_base()

    class Row(Base):
        __tablename__ = "row"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(10))
        a = sa.Column(sa.Integer, default=5)
        b = sa.Column(sa.Integer, onupdate=lambda: 7)
        __mapper_args__ = {"eager_defaults": False}

    heard: list[Any] = []
    sa.event.listen(
        Row, "refresh_flush", lambda target, context, attrs: heard.append(("flush", sorted(attrs), target.a))
    )
    sa.event.listen(Row, "after_insert", lambda mapper, connection, target: heard.append("after"))
    session = log.session(Base.metadata)
    row = Row(name="x")
    session.add(row)
    session.flush()
    log("insert", heard)
    heard.clear()
    row.name = "y"
    session.flush()
    log("update", heard)
    heard.clear()
    session.add(Row(name="z", a=1))
    session.flush()
    log("nothing", heard)


@program
def composites_as_they_come(sa: Any, orm: Any, log: Any) -> None:
    """A composite that says nothing of other types takes its own instances, and None, and refuses the rest."""
    mutable = log.module("ext.mutable")

    class Point(mutable.MutableComposite):
        def __init__(self, x: Any, y: Any) -> None:
            self.x, self.y = x, y

        def __setattr__(self, name: str, value: Any) -> None:
            object.__setattr__(self, name, value)
            self.changed()

        def __composite_values__(self) -> Any:
            return self.x, self.y

    base = orm.declarative_base()

    class Pin(base):
        __tablename__ = "pin"
        id = sa.Column(sa.Integer, primary_key=True)
        x = sa.Column(sa.Integer)
        y = sa.Column(sa.Integer)
        place = orm.composite(Point, "x", "y")

    session = log.session(base.metadata)
    pin = Pin(id=1, place=Point(1, 2))
    session.add(pin)
    session.commit()
    pin.place.x = 5
    log("changed", pin in session.dirty)
    session.commit()
    log("stored", pin.x, pin.y)
    with log.raises("other"):
        Pin(place=(1, 2))
    pin.place = None
    session.commit()
    log("none", pin.x, pin.y)
