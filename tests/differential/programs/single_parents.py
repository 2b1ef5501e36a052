"""An object with one parent at most: every way to give it a second one, through collections and references."""

from __future__ import annotations

from typing import Any

from ..registry import program


def models(sa: Any, orm: Any) -> Any:
    class Base(orm.DeclarativeBase):
        pass

    links = sa.Table(
        "links", Base.metadata, sa.Column("p", sa.ForeignKey("p.id")), sa.Column("d", sa.ForeignKey("d.id"))
    )

    class D(Base):
        __tablename__ = "d"
        id = orm.mapped_column(sa.Integer, primary_key=True)

    class P(Base):
        __tablename__ = "p"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        d_id = orm.mapped_column(sa.ForeignKey("d.id"))
        ds = orm.relationship(D, single_parent=True, secondary=links)
        d = orm.relationship(D, single_parent=True, foreign_keys=d_id)

    return Base, P, D


def appended(P: Any, d: Any) -> Any:
    p = P()
    p.ds.append(d)
    return p


def extended(P: Any, d: Any) -> Any:
    p = P()
    p.ds.extend([d])
    return p


def constructed(P: Any, d: Any) -> Any:
    return P(ds=[d])


def assigned(P: Any, d: Any) -> Any:
    p = P()
    p.ds = [d]
    return p


def referred(P: Any, d: Any) -> Any:
    return P(d=d)


def removed(P: Any, d: Any) -> Any:
    p = P(ds=[d])
    p.ds.remove(d)
    return p


WAYS = (appended, extended, constructed, assigned, referred, removed)


@program
def a_second_parent(sa: Any, orm: Any, log: Any) -> None:
    _, P, D = models(sa, orm)
    for first in WAYS:
        for second in WAYS:
            d = D()
            kept = first(P, d)
            with log.raises(f"{first.__name__} {second.__name__}", "is only allowed a single parent"):
                second(P, d)
            log("kept", len(kept.ds))


@program
def a_second_parent_of_a_loaded_object(sa: Any, orm: Any, log: Any) -> None:
    Base, P, D = models(sa, orm)
    with log.session(Base) as session:
        session.add(P(id=1, ds=[D(id=1)], d=D(id=2)))
        session.commit()
        session.expunge_all()
        d, e = session.get(D, 1), session.get(D, 2)
        p = session.get(P, 1)
        log("loaded", len(p.ds), p.d is e)
        for name, given in (("collection", {"ds": [d]}), ("reference", {"d": e})):
            with log.raises(name, "single parent"):
                P(**given)
        p.ds.remove(d)
        p.d = None
        other = P(id=2, ds=[d], d=e)
        session.add(other)
        session.commit()
        log("moved", len(p.ds), p.d, len(other.ds), other.d is e)


@program
def codes_of_errors(sa: Any, orm: Any, log: Any) -> None:
    _, P, D = models(sa, orm)
    table = sa.table("t", sa.column("id"))
    d = D()
    kept = [P(ds=[d])]
    actions = {
        "select of a select": lambda: sa.select(sa.select(table)),
        "from a select": lambda: sa.select(table).select_from(sa.select(table)),
        "join to a select": lambda: table.join(sa.select(table)),
        "second parent": lambda: kept.append(P(ds=[d])),
    }
    for name, action in actions.items():
        try:
            action()
        except Exception as error:
            log(name, type(error).__name__, getattr(error, "code", None))
