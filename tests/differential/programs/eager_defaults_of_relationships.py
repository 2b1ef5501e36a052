"""What mapped eager loading sends, arguments of relationships that are refused, columns of subclasses left out."""

from __future__ import annotations

from typing import Any

from ..registry import program


def shop(sa: Any, orm: Any, **lazy: str) -> Any:
    Base = orm.declarative_base()

    class User(Base):
        __tablename__ = "user_account"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        posts = orm.relationship("Post", back_populates="user", order_by="Post.id", lazy=lazy.get("posts", "select"))
        orders = orm.relationship("Order", lazy=lazy.get("orders", "select"))

    class Post(Base):
        __tablename__ = "post"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("user_account.id"))
        user = orm.relationship(User, back_populates="posts", lazy=lazy.get("user", "select"), innerjoin=True)

    class Order(Base):
        __tablename__ = "orders"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("user_account.id"))

    rows = {
        User.__table__: [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}],
        Post.__table__: [{"id": 1, "user_id": 1}, {"id": 2, "user_id": 2}],
        Order.__table__: [{"id": 1, "user_id": 1}],
    }
    return User, Post, rows, Order


@program
def joins_in_statements_that_follow(sa: Any, orm: Any, log: Any) -> None:
    User, Post, rows, Order = shop(sa, orm, posts="selectin", user="joined", orders="raise")
    session = log.session(User.metadata, rows)
    for options in ((), (orm.lazyload(User.posts),), (orm.joinedload(User.posts),)):
        session.expunge_all()
        users = session.scalars(sa.select(User).options(*options).order_by(User.id)).unique().all()
        log("posts", [[post.user.name for post in user.posts] for user in users])
    session.expunge_all()
    log("class", Order.__name__)
    log("others", [len(post.user.posts) for post in session.scalars(sa.select(Post))])


@program
def subqueries_come_first(sa: Any, orm: Any, log: Any) -> None:
    User, _, rows, Order = shop(sa, orm, posts="selectin", orders="subquery")
    session = log.session(User.metadata, rows)
    users = session.scalars(sa.select(User).order_by(User.id)).all()
    log("class", Order.__name__)
    log("orders", [len(user.orders) for user in users])


@program
def arguments_of_relationships(sa: Any, orm: Any, log: Any) -> None:
    for options in (
        {"viewonly": True, "passive_deletes": True},
        {"viewonly": True, "passive_updates": False},
        {"viewonly": True, "active_history": True},
        {"viewonly": True, "cascade": "all"},
        {"omit_join": True},
        {"cascade_backrefs": False},
        {"cascade_backrefs": True},
        {"bake_queries": False},
        {"passive_deletes": "all", "cascade": "all"},
        {"order_by": "Child.nope"},
        {"primaryjoin": "Parent.id == Child.nope"},
    ):
        Base = orm.declarative_base()

        class Parent(Base):
            __tablename__ = "parent"
            id = sa.Column(sa.Integer, primary_key=True)
            children = None if options.get("cascade_backrefs") else orm.relationship("Child", **options)

        class Child(Base):
            __tablename__ = "child"
            id = sa.Column(sa.Integer, primary_key=True)
            parent_id = sa.Column(sa.ForeignKey("parent.id"))

        with log.raises(str(options)):
            orm.relationship("Child", **options)
            Base.registry.configure()
            if Parent.children is not None:
                log("cascade", sorted(Parent.children.property.cascade))


@program
def recursion_of_what_is_no_tree(sa: Any, orm: Any, log: Any) -> None:
    User, _, rows, Order = shop(sa, orm)
    session = log.session(User.metadata, rows)
    with log.raises("depth", "not valid for non-self-referential relationship"), log.quiet():
        session.scalars(sa.select(User).options(orm.selectinload(User.posts, recursion_depth=2))).all()
    log("class", Order.__name__)


@program
def load_only_and_subclasses(sa: Any, orm: Any, log: Any) -> None:
    for how in (None, "inline", "selectin"):
        Base = orm.declarative_base()

        class Person(Base):
            __tablename__ = "person"
            id = sa.Column(sa.Integer, primary_key=True)
            name = sa.Column(sa.String(20))
            type = sa.Column(sa.String(20))
            age = sa.Column(sa.Integer)
            __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "person"}

        class Manager(Person):
            __tablename__ = "manager"
            id = sa.Column(sa.ForeignKey("person.id"), primary_key=True)
            title = sa.Column(sa.String(20))
            __mapper_args__ = {"polymorphic_identity": "manager", **({"polymorphic_load": how} if how else {})}

        rows = {
            Person.__table__: [{"id": 1, "name": "m", "type": "manager"}],
            Manager.__table__: [{"id": 1, "title": "t"}],
        }
        session = log.session(Base.metadata, rows)
        for read, options in (
            (Person, (orm.load_only(Person.name),)),
            (Person, (orm.load_only(Person.name), orm.selectin_polymorphic(Person, [Manager]))),
            (Person, (orm.load_only(Manager.title),)),
            (Manager, (orm.load_only(Manager.title),)),
            (Manager, (orm.load_only(Person.name),)),
            (Person, (orm.defer(Person.name),)),
        ):
            session.expunge_all()
            found = session.scalars(sa.select(read).options(*options)).all()
            log("has", [sorted(key for key in one.__dict__ if key[0] != "_") for one in found])
