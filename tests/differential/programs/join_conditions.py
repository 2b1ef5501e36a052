# ruff: noqa: A003  (columns of programs are called id)
"""Relationships with conditions of their own: to aliases, through joins, over functions, with shared keys."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program
from .polymorphic import loaded


def ways(sa: Any, orm: Any) -> SimpleNamespace:
    """Four tables that lead from a to d."""
    base = orm.declarative_base()

    class A(base):
        __tablename__ = "a"
        id = sa.Column(sa.Integer, primary_key=True)
        b_id = sa.Column(sa.ForeignKey("b.id"))

    class B(base):
        __tablename__ = "b"
        id = sa.Column(sa.Integer, primary_key=True)
        a_id = sa.Column(sa.Integer)
        d_id = sa.Column(sa.Integer)

    class C(base):
        __tablename__ = "c"
        id = sa.Column(sa.Integer, primary_key=True)
        a_id = sa.Column(sa.ForeignKey("a.id"))
        d_id = sa.Column(sa.Integer)

    class D(base):
        __tablename__ = "d"
        id = sa.Column(sa.Integer, primary_key=True)

    rows = {
        D.__table__: [{"id": 1}],
        C.__table__: [{"id": 1, "a_id": 1, "d_id": 1}],
        B.__table__: [{"id": n, "a_id": 1, "d_id": 1} for n in range(1, 5)],
        A.__table__: [{"id": 1, "b_id": 1}],
    }
    return SimpleNamespace(base=base, rows=rows, A=A, B=B, C=C, D=D)


def every_load(sa: Any, orm: Any, log: Any, m: Any, attribute: Any, subquery: bool = True) -> None:
    for load in (orm.joinedload, orm.selectinload, *([orm.subqueryload] if subquery else [])):
        loaded(log, m, load.__name__, sa.select(m.A).options(load(attribute)))
    log.text("join", sa.select(m.A).join(attribute))
    session = log.session(m.base.metadata, m.rows)
    value = getattr(session.get(m.A, 1), attribute.key)
    log("lazy", [one.id for one in value] if isinstance(value, list) else value.id)


@program
def through_a_join(sa: Any, orm: Any, log: Any) -> None:
    m = ways(sa, orm)
    secondary = sa.join(m.B, m.D, m.B.d_id == m.D.id).join(m.C, m.C.d_id == m.D.id)
    m.A.d = orm.relationship(
        m.D,
        secondary=secondary,
        primaryjoin=sa.and_(m.A.b_id == m.B.id, m.A.id == m.C.a_id),
        secondaryjoin=m.D.id == orm.foreign(m.B.d_id),
        uselist=False,
        viewonly=True,
    )
    every_load(sa, orm, log, m, m.A.d, subquery=False)  # SQLAlchemy takes the two local columns from a set: any order


@program
def to_an_alias_of_a_join(sa: Any, orm: Any, log: Any) -> None:
    m = ways(sa, orm)
    joined = sa.join(m.B, m.D, m.B.d_id == m.D.id).join(m.C, m.C.d_id == m.D.id)
    m.A.b = orm.relationship(orm.aliased(m.B, joined, flat=True), primaryjoin=m.A.b_id == joined.c.b_id, viewonly=True)
    every_load(sa, orm, log, m, m.A.b)


@program
def to_an_alias_of_a_subquery(sa: Any, orm: Any, log: Any) -> None:
    m = ways(sa, orm)
    number = sa.func.row_number().over(order_by=m.B.id, partition_by=m.B.a_id).label("place")
    numbered = sa.select(m.B, number).alias("numbered")
    few = orm.aliased(m.B, numbered)
    m.A.few = orm.relationship(
        few, primaryjoin=sa.and_(orm.foreign(few.a_id) == m.A.id, numbered.c.place < 3), viewonly=True
    )
    every_load(sa, orm, log, m, m.A.few)


@program
def over_functions(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class A(base):
        __tablename__ = "a"
        id = sa.Column(sa.Integer, primary_key=True)
        code = sa.Column(sa.String(5))
        several = orm.relationship("B", primaryjoin="func.lower(A.code) == foreign(func.lower(B.code))", viewonly=True)
        one = orm.relationship(
            "B", primaryjoin="func.lower(foreign(A.code)) == func.lower(remote(B.code))", viewonly=True, uselist=False
        )

    class B(base):
        __tablename__ = "b"
        id = sa.Column(sa.Integer, primary_key=True)
        code = sa.Column(sa.String(5))

    class Host(base):
        __tablename__ = "host"
        id = sa.Column(sa.Integer, primary_key=True)
        address = sa.Column(sa.String(9))
        content = sa.Column(sa.String(9))
        parent = orm.relationship("Host", primaryjoin=orm.remote(address) == sa.cast(orm.foreign(content), sa.String))

    class Element(base):
        __tablename__ = "element"
        path = sa.Column(sa.String(9), primary_key=True)
        below = orm.relationship(
            "Element", primaryjoin=orm.remote(orm.foreign(path)).like(path.concat("/%")), viewonly=True, order_by=path
        )

    rows = {
        A.__table__: [{"id": 1, "code": "X"}],
        B.__table__: [{"id": 1, "code": "x"}],
        Host.__table__: [{"id": 1, "address": "1", "content": None}, {"id": 2, "address": "2", "content": "1"}],
        Element.__table__: [{"path": "/a"}, {"path": "/a/b"}],
    }
    session = log.session(base.metadata, rows)
    log("functions", [one.id for one in session.get(A, 1).several], session.get(A, 1).one.id)
    log("cast", session.get(Host, 2).parent.id)
    log("like", [one.path for one in session.get(Element, "/a").below])
    for load in (orm.joinedload, orm.selectinload, orm.subqueryload):
        session.expunge_all()
        found = session.scalars(sa.select(Element).order_by(Element.path).options(load(Element.below))).unique()
        log(load.__name__, [[one.path for one in each.below] for each in found])


@program
def keys_with_a_part_in_common(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Folder(base):
        __tablename__ = "folder"
        __table_args__ = (sa.ForeignKeyConstraint(["account", "parent"], ["folder.account", "folder.id"]),)
        account = sa.Column(sa.Integer, primary_key=True)
        id = sa.Column(sa.Integer, primary_key=True)
        parent = sa.Column(sa.Integer)
        above = orm.relationship("Folder", back_populates="below", remote_side=[account, id])
        below = orm.relationship("Folder", back_populates="above")

    session = log.session(base.metadata)
    session.add(Folder(account=1, id=1, below=[Folder(id=2)]))
    session.commit()
    folder = session.get(Folder, (1, 2))
    log("above", folder.above.id, folder.account, [one.id for one in folder.above.below])
    for load in (orm.joinedload, orm.selectinload):
        session.expunge_all()
        found = session.scalars(sa.select(Folder).order_by(Folder.id).options(load(Folder.below))).unique()
        log(load.__name__, [[one.id for one in each.below] for each in found])


@program
def many_to_many_with_itself(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()
    link = sa.Table(
        "link",
        base.metadata,
        sa.Column("l", sa.ForeignKey("node.id"), primary_key=True),
        sa.Column("r", sa.ForeignKey("node.id"), primary_key=True),
    )

    class Node(base):
        __tablename__ = "node"
        id = sa.Column(sa.Integer, primary_key=True)
        right = orm.relationship(
            "Node", secondary=link, primaryjoin=id == link.c.l, secondaryjoin=id == link.c.r, back_populates="left"
        )
        left = orm.relationship(
            "Node", secondary=link, primaryjoin=id == link.c.r, secondaryjoin=id == link.c.l, back_populates="right"
        )

    both = sa.select(link.c.l, link.c.r).union(sa.select(link.c.r, link.c.l)).alias("both")
    Node.near = orm.relationship(
        "Node", secondary=both, primaryjoin=Node.id == both.c.l, secondaryjoin=Node.id == both.c.r, viewonly=True
    )
    session = log.session(base.metadata)
    session.add(Node(id=1, right=[Node(id=2)]))
    session.commit()
    log("sides", [one.id for one in session.get(Node, 1).right], [one.id for one in session.get(Node, 2).left])
    for attribute in (Node.right, Node.near):
        session.expunge_all()
        found = session.scalars(sa.select(Node).order_by(Node.id).options(orm.selectinload(attribute)))
        log(attribute.key, [[one.id for one in getattr(each, attribute.key)] for each in found])
    session.get(Node, 1).right.remove(session.get(Node, 2))
    session.commit()
