"""Methods of mixins that use columns of mixins, and statements that are ordered by expressions of a class."""

from __future__ import annotations

import dataclasses
from typing import Any

from ..registry import program


@program
def expressions_of_mixed_in_columns(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class HasSum:
        __annotations__ = {"x": orm.Mapped[int], "y": orm.Mapped[int], "later": orm.Mapped[int | None]}
        y = orm.mapped_column("why")
        c = sa.Column(sa.Integer)

        @orm.declared_attr
        def total(cls: Any) -> Any:
            return orm.column_property(cls.x + cls.y + cls.c)

        @orm.declared_attr.directive
        def __mapper_args__(cls: Any) -> Any:
            return {"version_id_col": cls.later}

    Made: list[Any] = []
    for name in ("One", "Two"):
        body = {"__tablename__": name.lower(), "id": orm.mapped_column(sa.Integer, primary_key=True)}
        Made.append(type(name, (HasSum, Base), body))
    for cls in Made:
        log.text("total", sa.select(cls.total))
        log("columns", cls.__table__.c.keys(), str(cls.__mapper__.version_id_col))


@program
def methods_that_ask_each_other(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Target(Base):
        __tablename__ = "target"
        id = orm.mapped_column(sa.Integer, primary_key=True)

    class HasTarget:
        @orm.declared_attr
        def target_id(cls: Any) -> Any:
            return orm.mapped_column(sa.ForeignKey("target.id"))

        @orm.declared_attr
        def other_id(cls: Any) -> Any:
            return orm.mapped_column(sa.ForeignKey("target.id"))

        @orm.declared_attr
        def target(cls: Any) -> Any:
            return orm.relationship("Target", foreign_keys=[cls.target_id])

    class Link(HasTarget, Base):
        __tablename__ = "link"
        id = orm.mapped_column(sa.Integer, primary_key=True)

    log.text("join", sa.select(Link).join(Link.target))
    log("table", Target.__table__.name)


@program
def ordered_by_expressions(sa: Any, orm: Any, log: Any) -> None:
    Base = orm.declarative_base()

    class Child(Base):
        __tablename__ = "child"
        id = sa.Column(sa.Integer, primary_key=True)
        parent_id = sa.Column(sa.ForeignKey("parent.id"))

    class Parent(Base):
        __tablename__ = "parent"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        children = orm.relationship(Child)
        upper = orm.column_property(sa.func.upper(name))

    counted = sa.select(sa.func.count(Child.id)).where(Child.parent_id == Parent.id)
    Parent.count = orm.column_property(counted.correlate_except(Child).scalar_subquery())
    for ordering in (
        Parent.upper,
        Parent.upper.desc(),
        sa.nulls_last(Parent.count.desc()),
        sa.func.length(Parent.upper),
    ):
        log.text("entity", sa.select(Parent).order_by(ordering))
        log.text("columns", sa.select(Parent.upper, Parent.count).order_by(ordering))
        log.text("without", sa.select(Parent.id).order_by(ordering))
        log.text("query", orm.Query(Parent).order_by(ordering).statement)
    log.text("where", sa.select(Parent).where(Parent.upper.is_(None)).group_by(Parent.upper).order_by(Parent.upper))
    other = orm.aliased(Parent)
    log.text("alias", sa.select(other).order_by(other.upper))
    rows = {
        Parent.__table__: [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}],
        Child.__table__: [{"id": 1, "parent_id": 2}],
    }
    session = log.session(Base.metadata, rows)
    for options, limit in (((), None), ((orm.joinedload(Parent.children),), None), ((), 1)):
        statement = sa.select(Parent).options(*options).order_by(Parent.count.desc()).limit(limit)
        log("names", [parent.name for parent in session.scalars(statement).unique()])


@program
def fields_of_dataclasses(sa: Any, orm: Any, log: Any) -> None:
    registry = orm.registry()

    @registry.mapped
    @dataclasses.dataclass
    class Tabled:
        __table__ = sa.Table(
            "tabled", registry.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20))
        )
        id: int = dataclasses.field(init=False)
        name: str | None = None

    @registry.mapped
    @dataclasses.dataclass
    class Noted:
        __tablename__ = "noted"
        __sa_dataclass_metadata_key__ = "sa"
        id: int = dataclasses.field(init=False, metadata={"sa": sa.Column(sa.Integer, primary_key=True)})
        name: str | None = dataclasses.field(default=None, metadata={"sa": sa.Column(sa.String(20))})
        other_id: int | None = dataclasses.field(
            default=None, metadata={"sa": lambda: sa.Column(sa.ForeignKey("tabled.id"))}
        )
        plain: int = 5

    session = log.session(registry.metadata)
    session.add_all([Tabled("a"), Noted("b")])
    session.commit()
    for cls in (Tabled, Noted):
        log("names", cls.__mapper__.attrs.keys(), [one.name for one in session.scalars(sa.select(cls))])  # type: ignore[attr-defined]


@program
def dataclasses_with_plain_mixins(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.MappedAsDataclass, orm.DeclarativeBase):
        pass

    class Annotated:
        __annotations__ = {"created": orm.Mapped[int], "plain": int}

    class Bare:
        created = sa.Column(sa.Integer)

    for mixin in (Annotated, Bare):
        body = {
            "__tablename__": mixin.__name__,
            "__annotations__": {"id": orm.Mapped[int]},
            "id": orm.mapped_column(primary_key=True, init=False),
        }
        with log.raises(mixin.__name__, "attribute(s) 'created' originates from superclass"):
            type(f"Has{mixin.__name__}", (mixin, Base), body)
