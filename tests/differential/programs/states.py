"""States and their transitions: statements 47 to 58 of the checklist."""

from __future__ import annotations

import gc
from typing import Any

from ..models import shop
from ..registry import program


def start(sa: Any, orm: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    models = shop(sa, orm)
    return models, log.session(models.metadata, models.rows, **options)


@program
def s47_five_states(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = models.Note(text="x")
    log.states(note)
    session.add(note)
    log.states(note)
    session.flush()
    log.states(note)
    session.delete(note)
    log.states(note)
    session.flush()
    log.states(note)
    session.commit()
    log.states(note)
    log("note", note)


@program
def s56_delete_of_what_was_deleted(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    session.delete(note)
    session.commit()
    session.delete(note)
    log.states(note)
    log("marked", note in session, note in session.deleted)
    session.commit()
    log.states(note)


@program
def s57_expired_and_made_transient(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    session.commit()
    orm.make_transient(note)
    log("expired", sa.inspect(note).expired, note.id, note.text)
    note.id = 9
    session.add(note)
    log("pending", sa.inspect(note).expired)
    session.flush()
    log("written", sa.inspect(note).expired, note.text)


@program
def s48_add_detached(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    session.expunge(note)
    log.states(note)
    session.add(note)
    log.states(note)
    note.text = "back"
    session.flush()


@program
def s49_delete_marks(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    session.delete(note)
    log.states(note)
    log("in", note in session, note in session.deleted)
    log.sets(session)
    session.flush()
    log.states(note)
    log.sets(session)


@program
def s49_add_takes_delete_back(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    session.delete(note)
    session.add(note)
    log.sets(session)
    session.flush()
    log.states(note)
    log.dump("notes")


@program
def s50_deleted_state(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    session.delete(note)
    session.flush()
    log("in", note in session, note in session.deleted, len(session.identity_map))
    with log.raises("add", "has been deleted"):
        session.add(note)
    log("get", session.get(models.Note, 1))


@program
def s51_commit_detaches_deleted(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    session.delete(note)
    session.commit()
    state = sa.inspect(note)
    log("flags", state.deleted, state.was_deleted, state.detached, sa.orm.object_session(note) is None)


@program
def s52_rollback_of_pending(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    never, flushed = models.Note(text="never"), models.Note(text="flushed")
    session.add(flushed)
    session.flush()
    session.add(never)
    session.rollback()
    log("never", never)
    log("flushed", flushed, sa.inspect(flushed).key)


@program
def s52_rollback_of_deleted(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    old, both = session.get(models.Note, 1), models.Note(text="both")
    session.add(both)
    session.flush()
    session.delete(old)
    session.delete(both)
    session.flush()
    session.rollback()
    log.states(old, both)
    log("old", old.text)


@program
def s53_expunge(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note, pending = session.get(models.Note, 1), models.Note(text="pending")
    session.add(pending)
    session.expunge(note)
    session.expunge(pending)
    log.states(note, pending)
    with log.raises("again", "not present in this session"):
        session.expunge(note)


@program
def s54_close(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note, pending = session.get(models.Note, 1), models.Note(text="pending")
    session.add(pending)
    note.text = "lost"
    session.flush()
    session.close()
    log.states(note, pending)
    log("again", session.get(models.Note, 1))


@program
def s55_session_collected(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    engine = session.get_bind()
    note = session.get(models.Note, 1)
    del session
    gc.collect()
    log.states(note)
    with orm.Session(engine) as other:
        other.add(note)
        log.states(note)


@program
def s56_delete_of_transient_and_pending(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    with log.raises("transient", "not persisted"):
        session.delete(models.Note(text="x"))
    pending = models.Note(text="y")
    session.add(pending)
    with log.raises("pending", "not persisted"):
        session.delete(pending)


@program
def s57_make_transient(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    orm.make_transient(note)
    log("transient", note, sa.inspect(note).key)
    note.id = 7
    session.add(note)
    session.flush()
    log.dump("notes")


@program
def s57_make_transient_to_detached(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = models.Note(id=1)
    orm.make_transient_to_detached(note)
    log("detached", note)
    log.states(note)
    session.add(note)
    log("text", note.text)


@program
def s58_deleted_child_stays_in_collection(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    post = session.get(models.Post, 1)
    note = post.notes[0]
    session.delete(note)
    session.flush()
    log("stays", post.notes)
    session.expire(post, ["notes"])
    log("gone", post.notes)


@program
def history_of_attributes(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    attrs = sa.inspect(user).attrs
    log("clean", attrs.name.history)
    user.name = "x"
    user.age = None
    log("changed", attrs.name.history, attrs.age.history, attrs.email.history)
    user.posts.append(models.Post(title="new"))
    log("collection", [len(part) for part in attrs.posts.history])
    log("value", attrs.name.value, attrs.name.loaded_value)
    post = session.get(models.Post, 1)
    post.user = session.get(models.User, 2)
    log("reference", [len(part) for part in sa.inspect(post).attrs.user.history])


@program
def inspection_of_states(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    state = sa.inspect(user)
    log("unloaded", sorted(state.unloaded))
    log("identity", state.identity, state.has_identity, state.key, state.object is user, state.session is session)
    log("mapper", state.mapper.class_ is models.User, state.mapper.attrs.keys())
    session.expire(user, ["name"])
    log("expired", sorted(state.expired_attributes))
    with log.raises("not mapped", "No inspection system"):
        sa.inspect(object())


@program
def s51_deleted_without_expiry(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, expire_on_commit=False)
    for event in ("persistent_to_deleted", "deleted_to_detached"):
        sa.event.listen(session, event, lambda _, obj, event=event: log("event", event, obj))
    note = session.get(models.Note, 1)
    session.delete(note)
    session.commit()
    log.states(note)
    log("in the session", note in session, len(session.deleted), note.text)
    session.rollback()
    session.close()
    log.states(note)


@program
def s65_row_gone_of_what_is_got(sa: Any, orm: Any, log: Any) -> None:
    for end in ("commit", "rollback", "close"):
        models, session = start(sa, orm, log)
        for event in ("persistent_to_deleted", "deleted_to_detached", "deleted_to_persistent"):
            sa.event.listen(session, event, lambda _, obj, event=event: log("event", event, obj))
        note = session.get(models.Note, 1)
        session.expire(note)
        session.connection().execute(sa.delete(models.Note.__table__))
        log("got", session.get(models.Note, 1))
        log.states(note)
        log("in the session", note in session, len(session.deleted))
        getattr(session, end)()
        log.states(note)
