"""A table that refers to itself, by one-to-many and through a secondary table: conditions and loading with criteria."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def tree(sa: Any, orm: Any, log: Any) -> SimpleNamespace:
    """Nodes 1 (2 (4), 3), friends 1-2, with a synonym and a computed column; each has tags."""
    base = orm.declarative_base()
    friends = sa.Table(
        "friends",
        base.metadata,
        sa.Column("l", sa.ForeignKey("node.id"), primary_key=True),
        sa.Column("r", sa.ForeignKey("node.id"), primary_key=True),
    )
    tagged = sa.Table(
        "tagged",
        base.metadata,
        sa.Column("l", sa.ForeignKey("node.id"), primary_key=True),
        sa.Column("r", sa.ForeignKey("tag.id"), primary_key=True),
    )

    class Node(base):
        __tablename__ = "node"
        id = sa.Column(sa.Integer, primary_key=True)
        n = sa.Column(sa.Integer)
        parent_id = sa.Column(sa.ForeignKey("node.id"))
        kids = orm.relationship("Node", back_populates="parent", order_by="Node.id")
        parent = orm.relationship("Node", remote_side="Node.id", back_populates="kids")
        friends = orm.relationship(
            "Node",
            secondary=friends,
            primaryjoin="Node.id == friends.c.l",
            secondaryjoin="Node.id == friends.c.r",
        )
        tags = orm.relationship("Tag", secondary=tagged)
        number = orm.synonym("n")

    class Tag(base):
        __tablename__ = "tag"
        id = sa.Column(sa.Integer, primary_key=True)
        n = sa.Column(sa.Integer)

    Node.more = orm.column_property(Node.n + 1)
    parents = {1: None, 2: 1, 3: 1, 4: 2}
    rows = {
        Node.__table__: [{"id": key, "n": key % 2, "parent_id": parent} for key, parent in parents.items()],
        Tag.__table__: [{"id": 1, "n": 1}, {"id": 2, "n": 2}],
        friends: [{"l": 1, "r": 2}, {"l": 1, "r": 3}],
        tagged: [{"l": 1, "r": 1}, {"l": 1, "r": 2}, {"l": 3, "r": 1}],
    }
    return SimpleNamespace(Node=Node, Tag=Tag, session=log.session(base.metadata, rows))


@program
def conditions_along_from_aliases(sa: Any, orm: Any, log: Any) -> None:
    m = tree(sa, orm, log)
    node = m.Node
    for entity in (node, orm.aliased(node), orm.aliased(node, sa.select(node).subquery())):
        for condition in (
            entity.kids.any(node.n == 1),
            entity.kids.any(),
            ~entity.kids.any(n=0),
            entity.parent.has(node.n == 1),
            entity.friends.any(node.n == 1),
            entity.tags.any(m.Tag.n == 1),
            entity.kids.of_type(orm.aliased(node)).any(),
        ):
            log("found", m.session.scalars(sa.select(entity.id).where(condition).order_by(entity.id)).all())


@program
def criteria_of_loads(sa: Any, orm: Any, log: Any) -> None:
    m = tree(sa, orm, log)
    alias = orm.aliased(m.Node)
    for name in ("kids", "friends", "tags"):
        target = m.Tag if name == "tags" else m.Node
        for load in (orm.selectinload, orm.joinedload):
            for entity in (m.Node, alias):
                log("load", name, load.__name__)
                option = load(getattr(entity, name).and_(target.n == 1))
                found = m.session.scalars(sa.select(entity).options(option).order_by(entity.id)).unique().all()
                log("found", [(one.id, [other.id for other in getattr(one, name)]) for one in found])
                m.session.expunge_all()
    option = orm.subqueryload(m.Node.tags.and_(m.Tag.n == 1))
    log("tags", [node.tags for node in m.session.scalars(sa.select(m.Node).options(option)).all()])


@program
def returned_objects(sa: Any, orm: Any, log: Any) -> None:
    m = tree(sa, orm, log)
    node = m.Node
    for statement in (
        sa.update(node).where(node.id < 3).values(n=5).returning(node),
        sa.insert(node).values(n=6).returning(node, node.more),
        sa.delete(node).where(node.id == 4).returning(node),
    ):
        found = m.session.execute(statement).all()
        log("found", *found)
        log("more", [one[0].more for one in found if one[0].id != 4])


@program
def names_of_synonyms_of_aliases(sa: Any, orm: Any, log: Any) -> None:
    m = tree(sa, orm, log)
    node, alias = m.Node, orm.aliased(m.Node, name="other")
    derived = orm.aliased(node, sa.select(node).subquery())
    for columns in (
        (node.number, alias.number),
        (alias.number, alias.n),
        (derived.number,),
        (alias.number.label("x"), alias.number + 1),
    ):
        log("keys", list(m.session.execute(sa.select(*columns).where(alias.id == 1, node.id == 1)).keys()))
    log("described", [one["name"] for one in sa.select(alias.number, derived.number).column_descriptions])


@program
def strategies_in_conflict(sa: Any, orm: Any, log: Any) -> None:
    node = tree(sa, orm, log).Node
    alias, other = orm.aliased(node), orm.aliased(node)
    kids = node.kids
    pairs = [(kids, kids.of_type(alias)), (kids.of_type(alias), kids), (kids.of_type(alias), kids.of_type(other))]
    for first, second in pairs:
        for one in (orm.joinedload, orm.lazyload, orm.defaultload):
            for two in (orm.joinedload, orm.lazyload, orm.selectinload):
                with log.raises(f"{one.__name__} {two.__name__}", "is in conflict"):
                    sa.select(node).options(one(first), two(second)).compile()


@program
def objects_found_by_joins_of_the_program(sa: Any, orm: Any, log: Any) -> None:
    m = tree(sa, orm, log)
    node, one, two = m.Node, orm.aliased(m.Node), orm.aliased(m.Node)
    contained = orm.contains_eager(node.kids.of_type(two))
    for statement in (
        sa.select(node).outerjoin(one, one.id == node.id).join(two, node.n == 1).options(contained),
        sa.select(node).join(two, two.parent_id == node.id).options(contained),
        sa.select(node).join(one, sa.true()).join(two, two.parent_id == node.id).options(contained),
        sa.select(node).join(m.Tag, m.Tag.n == node.n),
    ):
        found = m.session.scalars(statement.order_by(node.id).execution_options(populate_existing=True))
        log("found", [(found.id, [kid.id for kid in found.kids]) for found in found.unique()])
