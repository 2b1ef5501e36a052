"""Identity and conflicts: statements 36 to 46 of the checklist."""

from __future__ import annotations

import gc
import warnings
from typing import Any

from ..models import shop
from ..registry import program


def start(sa: Any, orm: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    models = shop(sa, orm)
    return models, log.session(models.metadata, models.rows, **options)


@program
def s36_one_object_per_identity(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    one = session.get(models.User, 1)
    found = session.scalars(sa.select(models.User).order_by(models.User.id)).all()
    log("same", found[0] is one, len(session.identity_map))
    log("key", sa.inspect(one).identity_key, one in session, session.identity_key(instance=one))


@program
def s37_get_present_and_expired(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    one = session.get(models.User, 1)
    log("again", session.get(models.User, 1) is one)
    session.expire(one)
    log("expired", session.get(models.User, 1) is one)
    log("absent", session.get(models.User, 99))
    log("forms", session.get(models.User, (1,)) is one, session.get(models.User, {"id": 1}) is one)
    log("fresh", session.get(models.User, 1, populate_existing=True) is one)


@program
def s38_query_keeps_loaded(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, autoflush=False)
    one = session.get(models.User, 1)
    session.execute(sa.text("UPDATE users SET name = 'elsewhere', age = 77 WHERE id = 1"))
    one.age = 50
    query = sa.select(models.User).where(models.User.id == 1)
    log("kept", session.scalars(query).one())
    log("populated", session.scalars(query.execution_options(populate_existing=True)).one())
    log.sets(session)


@program
def s38_query_fills_expired(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    one = session.get(models.User, 1)
    session.expire(one)
    log("filled", session.scalars(sa.select(models.User).where(models.User.id == 1)).one())
    session.expire(one, ["age"])
    log("partly", session.scalars(sa.select(models.User).where(models.User.id == 1)).one())


@program
def s39_weak_for_clean_strong_for_changed(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.get(models.User, 1)
    gc.collect()
    log("clean", len(session.identity_map))
    session.get(models.User, 1).name = "changed"
    session.add(models.User(id=8, name="pending"))
    session.delete(session.get(models.Note, 1))
    gc.collect()
    log("held", len(session.identity_map), len(session.new), len(session.dirty), len(session.deleted))
    session.commit()
    gc.collect()
    log("committed", len(session.identity_map))
    log.dump("users", "notes")


@program
def s40_conflict_with_persistent(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    held = session.get(models.User, 1)
    rival = models.User(id=1, name="rival")
    with log.raises("conflict", "UNIQUE constraint failed: users.id"), session.begin_nested():
        session.add(rival)
    log.states(held, rival)
    log("alive", held.name, rival in session)
    session.commit()
    log.dump("users")


@program
def s40_conflict_with_an_expired_object(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    one = session.get(models.User, 1)
    session.commit()
    other = models.User(id=1, name="again")
    session.add(other)
    with log.raises("conflict", "UNIQUE constraint failed: users.id"):
        session.flush()
    log.states(one, other)
    session.rollback()
    log.states(one, other)


@program
def s40_place_of_an_object_whose_row_is_gone(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    one = session.get(models.Note, 1)
    session.commit()
    session.execute(sa.delete(models.Note).execution_options(synchronize_session=False))
    other = models.Note(id=1, text="again")
    session.add(other)
    session.flush()
    log.states(one, other)
    session.commit()
    log.states(one, other)
    log("there", session.get(models.Note, 1) is other, other)


@program
def s41_conflict_without_the_object(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.add(models.User(id=1, name="rival"))
    with log.raises("conflict", "UNIQUE constraint failed: users.id"):
        session.flush()
    with log.raises("next", "rolled back"):
        session.scalars(sa.select(models.User))
    session.rollback()
    log("names", session.scalars(sa.select(models.User.name)).all())


@program
def s42_two_pending_with_one_key(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.add_all([models.User(id=5, name="a"), models.User(id=5, name="b")])
    with log.raises("conflict", "UNIQUE"):
        session.flush()
    session.rollback()
    log.sets(session)


@program
def s43_row_switch(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    old, fresh = session.get(models.Doc, 1), models.Doc(id=1, title="fresh")
    session.delete(old)
    session.add(fresh)
    session.flush()
    log.states(old, fresh)
    session.commit()
    log.dump("docs")


@program
def s44_add_detached_beside_present(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    one = session.get(models.User, 1)
    session.expunge(one)
    session.get(models.User, 1)
    two = session.get(models.User, 1)
    with log.raises("add", "already present"):
        session.add(one)
    log("two", two)


@program
def s45_add_attached_elsewhere(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    other = orm.Session(session.get_bind())
    one = session.get(models.User, 1)
    with log.raises("add", "already attached to session"):
        other.add(one)
    other.close()


@program
def s46_warning_as_error(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    held = session.get(models.User, 1)
    session.add(models.User(id=1, name="rival"))
    warnings.simplefilter("error", sa.exc.SAWarning)
    with log.raises("flush", "conflicts with persistent instance"):
        session.flush()
    session.rollback()
    log("held", held.name)


@program
def partial_keys(sa: Any, orm: Any, log: Any) -> None:
    """Keys with a NULL in them, where the mapping allows them and where not."""
    for allowed in (True, False):
        base = orm.declarative_base()

        class Place(base):
            __tablename__ = "place"
            x = sa.Column(sa.Integer, primary_key=True)
            y = sa.Column(sa.Integer, primary_key=True, nullable=True)
            name = sa.Column(sa.String(5))
            __mapper_args__ = {"allow_partial_pks": allowed}

        class Visit(base):
            __tablename__ = "visit"
            id = sa.Column(sa.Integer, primary_key=True)
            x = sa.Column(sa.Integer)
            y = sa.Column(sa.Integer)
            place = orm.relationship(
                Place,
                primaryjoin=lambda: sa.and_(orm.foreign(Visit.x) == Place.x, orm.foreign(Visit.y) == Place.y),
            )

        engine = log.engine()
        with engine.begin() as connection:
            connection.execute(sa.text("create table place (x int, y int, name text)"))
            connection.execute(sa.text("create table visit (id int, x int, y int)"))
            connection.execute(sa.text("insert into place values (1, null, 'a'), (1, 2, 'b'), (null, null, 'c')"))
            connection.execute(sa.text("insert into visit values (1, 1, null), (2, 1, 2), (3, null, null)"))
        session = orm.Session(engine)
        log("objects", [one and (one.x, one.y) for one in session.scalars(sa.select(Place))])
        log("rows", [(one and one.name, name) for one, name in session.execute(sa.select(Place, Place.name))])
        for load in (orm.lazyload, orm.joinedload, orm.selectinload):
            session.expunge_all()
            visits = session.scalars(sa.select(Visit).options(load(Visit.place)).order_by(Visit.id))
            log(load.__name__, [one.place and one.place.name for one in visits])
        if allowed:
            session.expunge_all()
            with log.raises("update", "Can't update table place using NULL for primary key"):
                session.get(Place, (1, None)).name = "z"
                session.flush()
            session.rollback()
            with log.raises("delete", "Can't delete from table place using NULL for primary key"):
                session.delete(session.get(Place, (1, None)))
                session.flush()
        session.close()


@program
def tokens(sa: Any, orm: Any, log: Any) -> None:
    """Rows of one key in several databases: objects told apart by an identity token."""
    base = orm.declarative_base()

    class User(base):
        __tablename__ = "u"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(5))
        posts = orm.relationship("Post", back_populates="user")

    class Post(base):
        __tablename__ = "post"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("u.id"))
        user = orm.relationship(User, back_populates="posts")

    rows = {User.__table__: [{"id": 1, "name": "a"}], Post.__table__: [{"id": 2, "user_id": 1}]}
    session = log.session(base.metadata, rows)
    plain, other = session.get(User, 1), session.get(User, 1, identity_token="x")
    log("get", plain is other, sa.inspect(other).identity_key, session.get(User, 1, identity_token="x") is other)
    users = sa.select(User)
    third = session.scalars(users.execution_options(identity_token="y")).one()
    log("statement", sa.inspect(third).identity_key, session.get(User, 1) is plain)
    log("again", session.scalars(users, execution_options={"identity_token": "y"}).one() is third)
    parts = session.scalars(users.execution_options(identity_token="z", yield_per=1)).all()
    log("chunks", [sa.inspect(one).identity_token for one in parts])
    third.name = "b"
    session.flush()
    log("others", plain.name, other.name)
    session.expire_all()
    log("expired", third.name, plain.name)
    session.refresh(third)
    session.refresh(third, ["name"])
    log("merge", session.merge(third) is third)
    log("keys", sorted(map(str, session.identity_map.keys())))
    for load in (orm.lazyload, orm.selectinload, orm.joinedload, orm.subqueryload):
        session.expunge_all()
        option = load(User.posts)
        found = session.scalars(users.options(option), execution_options={"identity_token": "x"}).unique().one()
        log(load.__name__, [sa.inspect(post).identity_token for post in found.posts], found.posts[0].user is found)
    session.expunge_all()
    gone = session.get(User, 1, identity_token="x")
    session.execute(sa.delete(Post))
    session.expire_all()
    session.delete(gone)
    session.flush()
    log("left", gone in session, session.get(User, 1))
