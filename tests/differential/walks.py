"""Random walks with a session whose objects come and go: held, dropped and collected, expunged, pickled, cloned.

In: a side and a seed. Out: a line per step (what it gave, what each held object is then) and the rows at the end. A
step is chosen by the seed and by what is held, so both sides take the same way as long as they agree. Listeners,
versions and statements are compared elsewhere.
"""

from __future__ import annotations

import gc
import pickle
import random
import warnings
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

from .recorder import begin_for_real
from .show import life
from .sides import ORACLE, Side

FATAL = ("PendingRollbackError", "IntegrityError", "ResourceClosedError")
"""Errors after which a program rolls back; it does after one of a merge too, which leaves half a graph there."""
ENDINGS = "Identity map already had an identity|.*not in session, add operation along"
"""Warnings that end a walk before their step: what an object then is that lost its row to another, and the key that
the oracle gives to an object it does not flush, are no concern of ours."""
OVER = "over"
KEYS = range(1, 5)


@cache
def models(side: Side) -> SimpleNamespace:
    """A 1-n B with other side, A 1-n O with delete-orphan, A 1-n D plain; the latter two without other side."""
    sa, orm = side.module(), side.module("orm")

    class Base(orm.DeclarativeBase):  # type: ignore[name-defined,misc]
        pass

    class A(Base):
        __tablename__ = "a"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column(sa.String)
        bs = orm.relationship("B", back_populates="a", order_by="B.id")
        os = orm.relationship("O", cascade="all, delete-orphan", order_by="O.id")
        ds = orm.relationship("D", order_by="D.id")

    class B(Base):
        __tablename__ = "b"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column(sa.String)
        aid = orm.mapped_column(sa.ForeignKey("a.id"))
        a = orm.relationship("A", back_populates="bs")

    class O(Base):  # noqa: E742
        __tablename__ = "o"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column(sa.String)
        aid = orm.mapped_column(sa.ForeignKey("a.id"))

    class D(Base):
        __tablename__ = "d"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column(sa.String)
        aid = orm.mapped_column(sa.ForeignKey("a.id"))

    Base.registry.configure()
    for kind in (A, B, O, D):  # pickle finds classes by name
        kind.__qualname__ = f"{side.name}_{kind.__name__}"
        globals()[kind.__qualname__] = kind
        kind.__module__ = __name__
    return SimpleNamespace(Base=Base, A=A, B=B, O=O, D=D, of={"bs": B, "os": O, "ds": D})


class Walk:
    """One walk: a session, the objects it holds by number, its savepoints."""

    def __init__(self, side: Side, seed: int) -> None:
        self.side, self.seed, self.random = side, seed, random.Random(seed)
        self.sa, self.orm, self.models = side.module(), side.module("orm"), models(side)
        self.engine = self.sa.create_engine("sqlite://")
        if seed % 2:
            self.sa.event.listen(self.engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON"))
        if side is ORACLE:
            begin_for_real(self.sa.event, self.engine)
        self.models.Base.metadata.create_all(self.engine)
        self.session = self.orm.Session(self.engine, autoflush=bool(seed % 3), expire_on_commit=bool(seed % 5))
        self.held: dict[int, Any] = {}
        self.savepoints: list[Any] = []
        self.lines: list[str] = []
        self.is_over = False

    def run(self) -> list[str]:
        """Take the steps and return the lines."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.showwarning = self._warned
            warnings.filterwarnings("always", ENDINGS)
            for _ in range(self.random.randint(6, 22)):
                self._step()
                if self.is_over:
                    self.lines.append(OVER)
                    break
            else:
                self._finish()
        self.session.close()
        self.engine.dispose()
        return self.lines

    def _warned(self, *_: Any, **__: Any) -> None:
        self.is_over = True

    def _step(self) -> None:
        verb = self.random.choice(VERBS)
        self.attribute = self.random.choice(["bs", "os", "ds"])
        self.slot, self.key = self.random.randint(0, 5), self.random.randint(1, 4)
        self.kind = getattr(self.models, self.random.choice("AABOD"))
        self.chance, self.chance2 = self.random.random(), self.random.random()
        failed = False
        try:
            given = STEPS[verb](self)
        except Exception as error:
            failed, given = True, type(error).__name__
            if given in FATAL or verb.startswith("merge"):
                given += self._roll_back()
        if failed:
            gc.collect()  # what the error led to
        for obj in self.held.values():
            if life(obj) == "persistent":
                obj.was_there = True
        lives = [f"{slot}:{type(obj).__name__}-{life(obj)}" for slot, obj in sorted(self.held.items())]
        self.lines.append(
            f"{verb} {self.attribute} {self.slot} {self.key} {self.kind.__name__}: {given or ''} | {lives}"
        )

    def _roll_back(self) -> str:
        self.savepoints.clear()
        try:
            self.session.rollback()
        except Exception as error:
            return f", rollback: {type(error).__name__}"
        for obj in self.held.values():  # which keys a flush had copied when it failed depends on the order of tables
            if life(obj) == "transient" and not isinstance(obj, self.models.A):
                obj.aid = None
        return ""

    def _finish(self) -> None:
        try:
            self.session.commit()
        except Exception as error:
            self.lines.append(f"final commit: {type(error).__name__}{self._roll_back()}")
        with self.engine.connect() as connection:
            for table in "abod":
                rows = connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id").fetchall()
                self.lines.append(f"rows {table}: {[tuple(row) for row in rows]}")

    # --- what steps choose

    def pick(self, *kinds: Any) -> Any:
        """One of the held objects, or None."""
        slots = sorted(slot for slot, obj in self.held.items() if not kinds or isinstance(obj, kinds))
        return self.held[self.random.choice(slots)] if slots else None

    def some_keys(self) -> list[int]:
        return sorted(self.random.sample(KEYS, self.random.randint(0, 2)))

    def members(self, name: str) -> list[Any]:
        return [self.models.of[self.attribute](id=key, name=name) for key in self.some_keys()]

    @property
    def collection(self) -> Any:
        """The collection of one of the held parents, and the parent, or None."""
        parent = self.pick(self.models.A)
        return None if parent is None else getattr(parent, self.attribute)


def new(walk: Walk) -> None:
    key = walk.random.randint(1, 4)
    made = walk.kind(id=key) if walk.chance < 0.8 else walk.kind(id=key, name=f"n{key}")
    walk.session.add(made)
    walk.held[walk.slot] = made


def new_tree(walk: Walk) -> None:
    made = walk.models.A(id=walk.key, name="t")
    getattr(made, walk.attribute).extend(walk.members("k"))
    walk.session.add(made)
    if walk.chance < 0.5:
        walk.held[walk.slot] = made
    elif getattr(made, walk.attribute):
        walk.held[walk.slot] = getattr(made, walk.attribute)[0]


def get(walk: Walk) -> str:
    found = walk.session.get(walk.kind, walk.key)
    if found is None:
        return "None"
    walk.held[walk.slot] = found
    return str(found.id)


def append(walk: Walk) -> None:
    parent = walk.pick(walk.models.A)
    kind = walk.models.of[walk.attribute]
    child = walk.pick(kind) or kind(id=walk.key)
    if parent is not None and child not in getattr(parent, walk.attribute):
        getattr(parent, walk.attribute).append(child)


def remove(walk: Walk) -> None:
    parent = walk.pick(walk.models.A)
    if parent is not None and getattr(parent, walk.attribute):
        getattr(parent, walk.attribute).pop(0 if walk.chance < 0.5 else -1)


def remove_held(walk: Walk) -> None:
    parent = walk.pick(walk.models.A) or walk.session.get(walk.models.A, walk.key)
    child = walk.pick(walk.models.of[walk.attribute])
    if parent is not None and child is not None and child in getattr(parent, walk.attribute):
        getattr(parent, walk.attribute).remove(child)


def assign(walk: Walk) -> None:
    parent = walk.pick(walk.models.A)
    if parent is not None:
        setattr(parent, walk.attribute, [] if walk.chance < 0.5 else getattr(parent, walk.attribute)[-1:])


def set_reference(walk: Walk) -> None:
    child = walk.pick(walk.models.B)
    if child is not None:
        child.a = walk.pick(walk.models.A) if walk.chance < 0.7 else None


def set_key(walk: Walk) -> None:
    child = walk.pick(walk.models.B, walk.models.O, walk.models.D)
    if child is not None:
        child.aid = walk.key if walk.chance < 0.7 else None


def set_name(walk: Walk) -> None:
    obj = walk.pick()
    if obj is not None:
        obj.name = f"x{walk.key}" if walk.chance < 0.8 else None


def set_id(walk: Walk) -> None:
    """Change a primary key, which the database does not pass on to those that refer to it.

    What was written before is committed: an object that is new in the transaction the oracle leaves detached when that
    is rolled back, with the key of no row.
    """
    commit(walk)
    obj = walk.pick()
    if obj is not None and life(obj) == "persistent":
        obj.id = walk.key + 2


def read(walk: Walk) -> str:
    obj = walk.pick()
    if obj is None or (walk.sa.inspect(obj).expired and obj in walk.session.deleted):
        return ""  # the oracle cannot read what was expired between its mark and its deletion
    rest = [member.id for member in getattr(obj, walk.attribute)] if isinstance(obj, walk.models.A) else obj.aid
    return str((obj.id, obj.name, rest))


def drop(walk: Walk) -> None:
    walk.held.pop(walk.slot, None)
    gc.collect()


def delete(walk: Walk) -> None:
    obj = walk.pick() if walk.chance < 0.6 else walk.session.get(walk.kind, walk.key)
    if obj is not None:
        walk.session.delete(obj)


def flush(walk: Walk) -> None:
    walk.session.flush()


def commit(walk: Walk) -> None:
    walk.session.commit()
    walk.savepoints.clear()
    gc.collect()


def roll_back(walk: Walk) -> None:
    walk.session.rollback()
    walk.savepoints.clear()


def savepoint(walk: Walk) -> None:
    walk.savepoints.append(walk.session.begin_nested())


def savepoint_rollback(walk: Walk) -> None:
    if walk.savepoints:
        walk.savepoints.pop().rollback()


def savepoint_release(walk: Walk) -> None:
    if walk.savepoints:
        walk.savepoints.pop().commit()


def merge(walk: Walk) -> None:
    given = walk.models.A(id=walk.key, name="m") if walk.chance < 0.6 else walk.models.A(id=walk.key)
    if walk.chance2 < 0.7:
        setattr(given, walk.attribute, walk.members("mm"))
    merged = walk.session.merge(given)
    if walk.chance < 0.3:
        walk.held[walk.slot] = merged


def merge_child(walk: Walk) -> None:
    parent = walk.models.A(id=walk.random.randint(1, 4)) if walk.chance < 0.7 else None
    walk.session.merge(walk.models.B(id=walk.key, name="mb", a=parent))


def merge_copy(walk: Walk) -> None:
    obj = walk.pick()
    if obj is not None and not walk.sa.inspect(obj).expired:
        copied = pickle.loads(pickle.dumps(obj))
        copied.name = "ph"
        walk.session.merge(copied)


def is_new_again(obj: Any) -> bool:
    """Tell whether the INSERT of an object was rolled back: the oracle adds it without its members' keys."""
    return hasattr(obj, "was_there") and life(obj) == "transient"


def add_copy(walk: Walk) -> None:
    """Go on with a pickled copy in an empty session, as a web application does between two requests."""
    obj = walk.pick()
    if obj is not None and not is_new_again(obj):
        copied = pickle.loads(pickle.dumps(obj))
        walk.session.close()
        walk.savepoints.clear()
        walk.held.clear()
        walk.session.add(copied)
        walk.held[walk.slot] = copied


def clone(walk: Walk) -> None:
    obj = walk.pick(*walk.models.of.values())  # to a parent the oracle gives members that are flushed for other reasons
    if obj is not None and life(obj) != "deleted":
        if life(obj) == "persistent":
            commit(walk)  # as in set_id()
        walk.orm.make_transient(obj)
        obj.id = walk.key
        walk.session.add(obj)


def expire(walk: Walk) -> None:
    obj = walk.pick()
    if obj is not None and not walk.session.deleted:
        (walk.session.expire if walk.chance < 0.5 else walk.session.refresh)(obj)


def expunge(walk: Walk) -> None:
    obj = walk.pick()
    if obj is not None:
        walk.session.expunge(obj)


def add(walk: Walk) -> None:
    obj = walk.pick()
    if obj is not None and not is_new_again(obj):
        walk.session.add(obj)


def query(walk: Walk) -> str:
    load = walk.random.choice([walk.orm.selectinload, walk.orm.joinedload, walk.orm.lazyload])
    kind, attribute = walk.models.A, walk.attribute
    statement = walk.sa.select(kind).options(load(getattr(kind, attribute))).order_by(kind.id)
    found = walk.session.scalars(statement).unique()
    return str([(parent.id, [member.id for member in getattr(parent, attribute)]) for parent in found])


def expire_all(walk: Walk) -> None:
    if not walk.session.deleted:  # the oracle cannot read what was expired between its mark and its deletion
        walk.session.expire_all()


def expunge_all(walk: Walk) -> None:
    walk.session.expunge_all()


def close(walk: Walk) -> None:
    walk.session.close()
    walk.savepoints.clear()


STEPS: dict[str, Callable[[Walk], str | None]] = {
    step.__name__: step
    for step in (
        new, new_tree, get, append, remove, remove_held, assign, set_reference, set_key, set_name, set_id, read, drop,
        delete, flush, commit, roll_back, savepoint, savepoint_rollback, savepoint_release, merge, merge_child,
        merge_copy, add_copy, clone, expire, expunge, add, query, expire_all, expunge_all, close,
    )
}  # fmt: skip
OFTEN = (
    "new_tree", "get", "append", "remove_held", "remove_held", "set_reference", "set_reference", "read", "commit",
    "merge", "query",
)  # fmt: skip
VERBS = (*STEPS, *OFTEN)


def walk(side: Side, seed: int) -> list[str]:
    """Return the lines of the walk with a seed."""
    return Walk(side, seed).run()


def common(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of two walks up to the step in which a warning ended one of them."""
    ends = [len(lines) - 2 for lines in (left, right) if lines[-1] == OVER]
    shorter = min(ends, default=max(len(left), len(right)))
    return left[:shorter], right[:shorter]
