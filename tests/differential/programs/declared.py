"""What declarative classes may say: composites, synonyms, columns without attribute, types that listeners give."""

from __future__ import annotations

import dataclasses
from typing import Any

from ..registry import program


@dataclasses.dataclass
class Point:
    x: int
    y: str | None


def vertex(sa: Any, orm: Any) -> Any:
    class Base(orm.DeclarativeBase):
        pass

    class Vertex(Base):
        __tablename__ = "vertex"
        __annotations__ = {
            "id": orm.Mapped[int],
            "start": orm.Mapped[Point],
            "end": orm.Mapped[Point | None],
            "far": orm.Mapped[Point],
        }
        id = orm.mapped_column(primary_key=True)
        start = orm.composite(column_template="start_%s")
        end = orm.composite(
            orm.mapped_column("x2", sa.BigInteger, nullable=True), orm.mapped_column("y2", nullable=True)
        )
        far = orm.composite(
            orm.mapped_column("x3", nullable=True),
            orm.mapped_column("y3", nullable=True),
            return_none_on=lambda x, y: x == 3,
            deferred=True,
            group="far",
        )

    return Vertex


@program
def composite_columns(sa: Any, orm: Any, log: Any) -> None:
    Vertex = vertex(sa, orm)
    for column in Vertex.__table__.c:
        log(column.name, repr(column.type), column.nullable)
    log("keys", Vertex.__mapper__.attrs.keys())
    for template in ("start", "%s%s", "{0}"):
        with log.raises(template, "is not a valid template"):
            orm.composite(column_template=template)
    session = log.session(Vertex.metadata)
    session.add(Vertex(start=Point(1, "a"), far=Point(3, "c")))
    session.commit()
    one = session.scalars(sa.select(Vertex)).one()
    log("values", str(one.start), str(one.end), str(one.far))
    for element in (Vertex.start, Vertex.end, Vertex.far):
        log("row", str(session.execute(sa.select(element)).all()))
    one.start = Point(2, "b")
    log("history", str(sa.inspect(one).attrs.start.history))
    one.start_x = 9
    log("before the flush", str(one.start))
    session.flush()
    log("after it", str(one.start), sa.inspect(one).attrs.keys())
    one.start.x = 100
    session.commit()
    log("in place", str(one.start), one in session.dirty)


@program
def composite_statements(sa: Any, orm: Any, log: Any) -> None:
    Vertex = vertex(sa, orm)
    point = Point(1, "a")
    for name in ("__eq__", "__ne__", "__lt__", "__ge__"):
        log.text(name, sa.select(Vertex.id).where(getattr(Vertex.start, name)(point)))
    log.text("update", sa.update(Vertex).values(start=point))
    log.text("insert", sa.insert(Vertex).values(start=point, end=None))
    log.text("undefer", sa.select(Vertex).options(orm.undefer(Vertex.far), orm.load_only(Vertex.end)))
    session = log.session(Vertex.metadata)
    session.execute(
        sa.insert(Vertex), [{"start": point, "end": Point(7, "z")}, {"start": Point(2, "b"), "end": Point(8, "y")}]
    )
    log("rows", str(session.execute(sa.select(Vertex.start, Vertex.end).order_by(Vertex.id)).all()))


@program
def synonyms_with_columns(sa: Any, orm: Any, log: Any) -> None:
    registry = orm.registry()
    table = sa.Table(
        "job", registry.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("status", sa.String(20))
    )

    class Job:
        @property
        def shown(self) -> str:
            return f"is {self._status}"  # type: ignore[attr-defined]

    status = orm.synonym("_status", map_column=True, descriptor=Job.shown)
    registry.map_imperatively(Job, table, properties={"status": status})
    session = log.session(registry.metadata)
    job = Job()
    job._status = "done"  # type: ignore[attr-defined]
    session.add(job)
    session.commit()
    log("read", job.status, job._status, Job.__mapper__.attrs.keys())  # type: ignore[attr-defined]
    session.scalars(sa.select(Job).filter_by(status="done")).one()

    class Other:
        pass

    with log.raises("unknown column", "no column on table 'job' named 'nope'"):
        registry.map_imperatively(Other, table, properties={"nope": orm.synonym("_nope", map_column=True)})


@program
def columns_without_attribute(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Page(Base):
        __tablename__ = "page"
        __annotations__ = {"id": orm.Mapped[int], "title": orm.Mapped[str], "other": orm.Unmapped[int | None]}
        id = orm.mapped_column(primary_key=True)
        seen = orm.unmapped_column("seen_at", sa.DateTime)

    log("columns", Page.__table__.c.keys(), Page.__mapper__.attrs.keys())
    log("nullable", Page.__table__.c.other.nullable, orm.as_typed_table(Page) is Page.__table__)
    log.text("select", sa.select(Page))


@program
def types_from_listeners(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Money:
        pass

    @sa.event.listens_for(Base, "resolve_type_annotation")
    def resolve(about: Any) -> Any:
        log("asked", about.cls.__name__, about.key, str(about.raw_type), about.resolved_type, repr(about.resolve(str)))
        return sa.Numeric(10, 2) if about.resolved_type is Money else None

    body = {
        "__tablename__": "bill",
        "__annotations__": {"id": orm.Mapped[int], "total": orm.Mapped[Money | None], "note": orm.Mapped[str]},
        "id": orm.mapped_column(primary_key=True),
        "note": orm.mapped_column(sa.Text),
    }
    Bill = type("Bill", (Base,), body)
    for column in Bill.__table__.c:  # type: ignore[attr-defined]
        log(column.name, repr(column.type), column.nullable)


@program
def makers_of_mappers(sa: Any, orm: Any, log: Any) -> None:
    def make(cls: Any, table: Any, **options: Any) -> Any:
        log("made", cls.__name__, table.name, sorted(options))
        return orm.Mapper(cls, table, **options)

    Base = orm.declarative_base(mapper=make)

    class Node(Base):
        __tablename__ = "node"
        id = sa.Column(sa.Integer, primary_key=True)

    log("mapper", str(Node.__mapper__), Node.__mapper__.legacy_is_orphan)


def _orphans(sa: Any, orm: Any, log: Any, *, legacy: bool) -> None:
    Base = orm.declarative_base()

    class Red(Base):
        __tablename__ = "red"
        id = sa.Column(sa.Integer, primary_key=True)
        cards = orm.relationship("Card", cascade="all, delete-orphan", back_populates="red")

    class Blue(Base):
        __tablename__ = "blue"
        id = sa.Column(sa.Integer, primary_key=True)
        cards = orm.relationship("Card", cascade="all, delete-orphan", back_populates="blue")

    class Card(Base):
        __tablename__ = "card"
        id = sa.Column(sa.Integer, primary_key=True)
        red_id = sa.Column(sa.ForeignKey("red.id"))
        blue_id = sa.Column(sa.ForeignKey("blue.id"))
        red = orm.relationship(Red, back_populates="cards")
        blue = orm.relationship(Blue, back_populates="cards")
        __mapper_args__ = {"legacy_is_orphan": legacy}

    session = log.session(Base.metadata, autoflush=False)
    red, blue = Red(), Blue()
    session.add_all([red, blue])
    session.commit()
    with log.quiet():
        log("loaded", len(red.cards), len(blue.cards))
    for leaves_both in (False, True):
        card = Card()
        red.cards.append(card)
        blue.cards.append(card)
        red.cards.remove(card)
        log("left one", card in session)
        if leaves_both:
            blue.cards.remove(card)
            log("left both", card in session)
        elif card not in session:
            blue.cards.remove(card)
    session.flush()


@program
def orphans_of_one_parent(sa: Any, orm: Any, log: Any) -> None:
    _orphans(sa, orm, log, legacy=False)


@program
def orphans_of_all_parents(sa: Any, orm: Any, log: Any) -> None:
    _orphans(sa, orm, log, legacy=True)


@program
def rows_of_an_insert(sa: Any, orm: Any, log: Any) -> None:
    Base = orm.declarative_base()

    class Node(Base):
        __tablename__ = "node"
        id = sa.Column(sa.Integer, primary_key=True)
        x = sa.Column(sa.Integer)

    session = log.session(Base.metadata)
    statement = sa.select(Node).from_statement(sa.insert(Node).returning(Node))
    log("nodes", [node.x for node in session.scalars(statement, [{"x": 1}, {"x": 2}])])
    log("kind", isinstance(statement, orm.FromStatement), statement.is_from_statement)
    read = orm.FromStatement([Node], sa.text("SELECT id, x FROM node WHERE x = :x"))
    log("again", [node.id for node in session.scalars(read, {"x": 2})])
    heard: list[Any] = []
    sa.event.listen(Node, "load", lambda node, context: heard.append((context.session is session, context.yield_per)))
    session.expunge_all()
    session.scalars(sa.select(Node)).all()
    log("heard", heard)
