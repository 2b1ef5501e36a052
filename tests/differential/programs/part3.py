"""Where the two differ on purpose: each program shows the oracle's failure and our behaviour (see known.py)."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import program


def start(sa: Any, orm: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    models = shop(sa, orm)
    return models, log.session(models.metadata, models.rows, **options)


@program
def d1_stale_copy_onto_expired_target(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    target = session.get(models.Doc, 1)
    session.commit()
    with session.no_autoflush:
        session.execute(sa.text("UPDATE docs SET title = 'other writer', version = 5"))
    session.commit()
    with log.raises("merge", "version"):
        session.merge(models.Doc(id=1, title="stale", version=1))
        session.commit()
    session.rollback()
    log("target", target.title)
    log.dump("docs")


@program
def d2_stale_copy_of_deleted_row(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = session.get(models.Doc, 1)
    session.expunge(source)
    session.execute(sa.text("DELETE FROM docs"))
    session.commit()
    with log.raises("merge", ""):
        session.merge(source)
        session.commit()
    session.rollback()
    log.dump("docs")


@program
def d3_merge_all_is_one_batch(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    merged = session.merge_all([models.User(id=1, name="x"), models.User(id=2, name="y"), models.User(id=7, name="z")])
    log("merged", *merged)
    session.commit()
    log.dump("users")


@program
def d4_dirty_source_without_load(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = session.get(models.User, 1)
    session.expunge(source)
    source.name = "dirty"
    present = session.get(models.User, 1)
    with log.raises("merge", "load=False"):
        session.merge(source, load=False)
    log("present", present.name)
    session.commit()
    log.dump("users")


@program
def d6_released_savepoint_and_outer_rollback(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, file=True, plain=True)
    with session.begin_nested():
        session.add(models.User(id=7, name="inside"))
    session.rollback()
    log("left", session.scalar(sa.select(models.User.name).where(models.User.id == 7)))


@program
def d7_flush_fails_on_entry_of_savepoint(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.add(models.User(id=6, name=None))
    with log.raises("entry", "savepoint"):
        session.begin_nested()
    with log.raises("next", "no savepoint existed"):
        session.execute(sa.select(1))
    session.rollback()


@program
def d8_merge_into_deleted(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, autoflush=False)
    doomed = session.get(models.Note, 2)
    session.delete(doomed)
    log("same", session.merge(models.Note(id=2, text="merged")) is doomed)
    session.commit()
    log.dump("notes")


@program
def b17_secrets_in_the_query_of_a_url(sa: Any, orm: Any, log: Any) -> None:
    url = sa.engine.make_url("postgresql://user@host/db?password=hidden1&sslpassword=hidden2")
    log("shown", str(url), repr(url))


@program
def b19_json_path_elements(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    table = sa.Table("t", metadata, sa.Column("data", sa.JSON))
    engine = log.engine(metadata)
    data = {"a": {"secret": "inner"}, 'a"."secret': "the key itself"}
    with engine.begin() as connection:
        connection.execute(table.insert(), [{"data": data}])
        log("found", connection.scalar(sa.select(table.c.data['a"."secret'])))
