"""Declarative classes with annotations made inside a program (so: no postponed annotations in this module)."""

from typing import Any, List, Optional  # noqa: UP035

from ..registry import program


@program
def s25_dataclass_defaults_are_not_present(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.MappedAsDataclass, orm.DeclarativeBase):
        pass

    class Item(Base):
        __tablename__ = "item"
        id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
        name: orm.Mapped[str] = orm.mapped_column(sa.String(20), default="default")

    session = log.session(Base.metadata, {Item: [{"id": 1, "name": "kept"}]})
    merged = session.merge(Item(id=1))
    session.flush()
    log("merged", merged)
    log.dump("item")


@program
def mapped_annotations(sa: Any, orm: Any, log: Any) -> None:
    import datetime
    import decimal
    import uuid

    class Base(orm.DeclarativeBase):
        type_annotation_map = {str: sa.String(77)}

    class Thing(Base):
        __tablename__ = "thing"
        id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
        name: orm.Mapped[str]
        nick: orm.Mapped[Optional[str]]  # noqa: UP045
        other: orm.Mapped["str | None"]
        price: orm.Mapped[decimal.Decimal]
        ratio: orm.Mapped[float] = orm.mapped_column(nullable=True)
        at: orm.Mapped[datetime.datetime] = orm.mapped_column("at_time", index=True)
        day: orm.Mapped[datetime.date]
        ok: orm.Mapped[bool]
        blob: orm.Mapped[bytes]
        key: orm.Mapped[uuid.UUID]
        parts: orm.Mapped[List["Part"]] = orm.relationship(back_populates="thing")  # noqa: UP006

    class Part(Base):
        __tablename__ = "part"
        id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
        thing_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("thing.id"))
        thing: orm.Mapped["Thing"] = orm.relationship(back_populates="parts")

    Base.registry.configure()
    log.text("thing", sa.schema.CreateTable(Thing.__table__))
    log.text("part", sa.schema.CreateTable(Part.__table__))
    log("keys", sa.inspect(Thing).attrs.keys(), sa.inspect(Thing).columns.keys())
    log("uselist", Thing.parts.property.uselist, Part.thing.property.uselist)
    log.text("select", sa.select(Thing.at, Thing.parts))


@program
def mapped_annotation_without_type(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    with log.raises("unknown", ""):

        class Thing(Base):
            __tablename__ = "thing"
            id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
            name: orm.Mapped[object]

    with log.raises("bare annotation", ""):

        class Other(Base):
            __tablename__ = "other"
            id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
            name: str


@program
def mapped_as_dataclass(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.MappedAsDataclass, orm.DeclarativeBase):
        pass

    class Item(Base):
        __tablename__ = "item"
        id: orm.Mapped[int] = orm.mapped_column(primary_key=True, init=False)
        name: orm.Mapped[str]
        size: orm.Mapped[int] = orm.mapped_column(default=3)

    log("item", repr(Item("x")).split(".")[-1], Item("x") == Item("x"))
    session = log.session(Base.metadata)
    item = Item("x")
    session.add(item)
    session.flush()
    log("item", item)
    with log.raises("missing", "required positional argument"):
        Item()
