"""Merge with load=False and merge of versioned objects: statements 26 to 35 of the checklist."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import program


def start(sa: Any, orm: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    models = shop(sa, orm)
    return models, log.session(models.metadata, models.rows, **options)


def detached(models: Any, session: Any, kind: str, key: int) -> Any:
    found = session.get(getattr(models, kind), key)
    session.expunge(found)
    return found


@program
def s26_clean_without_sql(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = session.get(models.User, 1)
    log("posts", source.posts)
    session.expunge_all()
    merged = session.merge(source, load=False)
    log("merged", merged, merged is source, *merged.posts)
    log.states(merged, *merged.posts)
    log.sets(session)
    session.flush()


@program
def s27_transient_source(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    with log.raises("merge", "load=False"):
        session.merge(models.User(id=1, name="x"), load=False)
    log.sets(session)


@program
def s28_dirty_source(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = detached(models, session, "User", 1)
    source.name = "dirty"
    with log.raises("merge", "load=False"):
        session.merge(source, load=False)


@program
def s31_in_transaction_without_begin(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = models.User(id=1, name="x")
    orm.make_transient_to_detached(source)
    session.merge(source, load=False)
    log("in transaction", session.in_transaction())


@program
def s32_version_differs(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.get(models.Doc, 1).title = "step"
    session.flush()
    with log.raises("merge", "version"):
        session.merge(models.Doc(id=1, title="stale", version=1))
    session.rollback()
    log.dump("docs")


@program
def s32_version_differs_not_held(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    with log.raises("merge", "version"):
        session.merge(models.Doc(id=1, title="stale", version=7))


@program
def s34_source_without_version(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    merged = session.merge(models.Doc(id=1, title="latest"))
    session.flush()
    log("merged", merged)
    log.dump("docs")
