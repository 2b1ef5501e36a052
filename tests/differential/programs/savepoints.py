"""Savepoints and the session's transaction: statements 66 to 75 of the checklist."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import program


def start(sa: Any, orm: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    models = shop(sa, orm)
    return models, log.session(models.metadata, models.rows, **options)


@program
def s66_begin_nested_flushes(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, autoflush=False)
    session.add(models.User(id=5, name="five"))
    nested = session.begin_nested()
    log.sets(session)
    log("nested", nested.is_active, nested.nested, session.in_nested_transaction(), session.in_transaction())
    nested.rollback()
    log("after", session.in_nested_transaction())
    session.commit()
    log.dump("users")


@program
def s68_rollback_of_savepoint(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    changed, untouched = session.get(models.User, 1), session.get(models.User, 2)
    nested = session.begin_nested()
    added = models.User(id=5, name="five")
    session.add(added)
    changed.name = "changed"
    session.flush()
    nested.rollback()
    log.states(added, changed, untouched)
    log("changed", changed.name)
    log("untouched", untouched)
    session.commit()
    log.dump("users")


@program
def s69_unflushed_changes(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    user.name = "before"
    nested = session.begin_nested()
    user.age = 99
    nested.rollback()
    log("user", user.name, user.age)
    session.commit()
    log.dump("users")


@program
def s70_deleted_inside(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    nested = session.begin_nested()
    session.delete(note)
    session.flush()
    nested.rollback()
    log.states(note)
    log("back", session.get(models.Note, 1) is note, note.text)


@program
def s70_key_changed_inside(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    nested = session.begin_nested()
    note.id = 50
    session.flush()
    log("moved", sa.inspect(note).identity, session.get(models.Note, 50) is note)
    nested.rollback()
    log("restored", sa.inspect(note).identity, session.get(models.Note, 1) is note)


@program
def s71_release_expires_nothing(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    with session.begin_nested():
        user.name = "changed"
    log("loaded", user)


@program
def s72_released_then_rolled_back(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    user.name = "outer"
    session.flush()
    with session.begin_nested():
        added = models.User(id=5, name="five")
        session.add(added)
    log.states(added)
    session.rollback()
    log.states(added, user)
    log("user", user.name)


@program
def s73_commit_inside_is_outermost(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.begin_nested()
    session.add(models.User(id=5, name="five"))
    session.commit()
    log("in", session.in_transaction())
    session.begin_nested()
    session.add(models.User(id=6, name="six"))
    session.flush()
    session.rollback()
    log("in", session.in_transaction())
    log.dump("users")


@program
def s74_flush_error_in_savepoint(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.add(models.User(id=5, name="good"))
    with log.raises("inside", "NOT NULL"), session.begin_nested():
        session.add(models.User(id=6, name=None))
        session.flush()
    session.add(models.User(id=7, name="also good"))
    session.commit()
    log.dump("users")


@program
def s74_flush_error_outside(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.add(models.User(id=6, name=None))
    with log.raises("flush", "NOT NULL"):
        session.flush()
    log("active", session.is_active)
    with log.raises("next", "has been rolled back due to a previous exception during flush"):
        session.execute(sa.select(1))
    session.rollback()
    log("one", session.scalar(sa.select(1)))


@program
def s75_merge_loop_in_savepoints(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    records = [(1, "x", None), (5, "y", "ann@x"), (6, "z", "z@x"), (7, "w", "z@x"), (2, "v", "v@x"), (2, None, "n@x")]
    for key, name, email in records:
        with log.raises(f"record {key}", "constraint failed"), session.begin_nested():
            session.merge(models.User(id=key, name=name, email=email))
    session.commit()
    log.dump("users")


@program
def session_begin_block(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    engine = log.engine(models.metadata, models.rows)
    maker = orm.sessionmaker(bind=engine)
    with maker.begin() as session:
        session.add(models.User(id=5, name="five"))
    with log.raises("lost", "boom"), maker.begin() as session:
        session.add(models.User(id=6, name="six"))
        session.flush()
        raise ValueError("boom")
    with maker() as session, session.begin():
        session.add(models.User(id=7, name="seven"))
    with maker() as session:
        session.add(models.User(id=8, name="not committed"))
        session.flush()
    log.dump("users")


@program
def session_begin_twice(sa: Any, orm: Any, log: Any) -> None:
    _models, session = start(sa, orm, log)
    session.begin()
    with log.raises("twice", "already begun"):
        session.begin()
    session.rollback()
    session.execute(sa.select(1))
    with log.raises("autobegun", "already begun"):
        session.begin()


@program
def session_without_autobegin(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, autobegin=False)
    with log.raises("execute", "Autobegin is disabled"):
        session.execute(sa.select(1))
    with session.begin():
        log("one", session.scalar(sa.select(models.User.name).where(models.User.id == 1)))


@program
def session_on_connection(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    engine = log.engine(models.metadata, models.rows)
    with engine.connect() as connection:
        outer = connection.begin()
        with orm.Session(connection, join_transaction_mode="create_savepoint") as session:
            session.add(models.User(id=5, name="five"))
            session.commit()
        log("seen", connection.scalar(sa.select(sa.func.count()).select_from(models.User)))
        outer.rollback()
    log.dump("users")


@program
def session_without_bind(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    with orm.Session() as session:
        with log.raises("execute", "bind"):
            session.execute(sa.select(models.User))
        session.add(models.User(id=5, name="x"))
        with log.raises("flush", "bind"):
            session.flush()


@program
def s73_a_commit_that_fails(sa: Any, orm: Any, log: Any) -> None:
    """A constraint that is checked at the end: the session waits for rollback()."""
    models, session = start(sa, orm, log)
    session.execute(sa.text("CREATE TABLE later (id INTEGER REFERENCES users DEFERRABLE INITIALLY DEFERRED)"))
    session.commit()
    raw = session.get_bind().raw_connection()
    raw.dbapi_connection.execute("PRAGMA foreign_keys = ON")
    raw.close()
    user = session.get(models.User, 1)
    user.name = "changed"
    session.execute(sa.text("INSERT INTO later VALUES (77)"))
    with log.raises("commit"):
        session.commit()
    log("active", session.is_active, session.in_transaction())
    with log.raises("execute"):
        session.execute(sa.select(models.User.id))
    with log.raises("commit again"):
        session.commit()
    with log.quiet():  # a COMMIT that failed leaves a transaction to roll back; there, the pool does that later
        session.rollback()
    log("user", user.name, session.in_transaction())
    log.dump("users")
