"""Isolation levels are what they say: histories of appends to lists, and the cycles in who depends on whom.

Each transaction reads some lists and appends its number to others. The final lists tell the order of the writers; who
read what tells the rest. A cycle of dependencies is an execution that no serial order explains: SERIALIZABLE must have
none, and READ COMMITTED must show some, or the checker sees nothing.
"""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from cormorant import Engine, create_engine
from cormorant.exc import DBAPIError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column

THREADS, KEYS = 8, 6
Order = dict[int, list[int]]
Edges = dict[int, set[int]]


class Base(DeclarativeBase):
    """The registry of these tests."""


class Register(Base):
    __tablename__ = "register"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    values: Mapped[str]


@dataclass
class Transaction:
    number: int
    reads: dict[int, list[int]] = field(default_factory=dict)
    appends: list[int] = field(default_factory=list)


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split()]


class History:
    """Runs transactions on several threads and keeps those that were committed."""

    def __init__(self, engine: Engine, seconds: float) -> None:
        self.engine = engine
        self.ends = time.monotonic() + seconds
        self.numbers = itertools.count(1)
        self.committed: list[Transaction] = []
        self.errors: list[BaseException] = []

    def run(self) -> None:
        threads = [threading.Thread(target=self.work, args=(seed,)) for seed in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def work(self, seed: int) -> None:
        chance = random.Random(seed)
        try:
            while time.monotonic() < self.ends:
                self.one(chance)
        except BaseException as error:
            self.errors.append(error)

    def one(self, chance: random.Random) -> None:
        done = Transaction(next(self.numbers))
        try:
            with Session(self.engine) as session:
                for key in chance.sample(range(KEYS), 3):
                    register = session.get_one(Register, key)
                    done.reads[key] = numbers(register.values)
                    time.sleep(0.001)
                for key in chance.sample(sorted(done.reads), 2):
                    register = session.get_one(Register, key)
                    register.values += f" {done.number}"
                    done.appends.append(key)
                    session.flush()
                session.commit()
        except DBAPIError:
            return
        self.committed.append(done)


@pytest.fixture
def engine_at(postgresql_url: str) -> Iterator[Callable[[str], Engine]]:
    made: list[Engine] = []

    def at(level: str) -> Engine:
        engine = create_engine(postgresql_url, isolation_level=level, pool_size=THREADS)
        made.append(engine)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add_all(Register(id=key, values="") for key in range(KEYS))
            session.commit()
        return engine

    yield at
    for engine in made:
        Base.metadata.drop_all(engine)
        engine.dispose()


def dependencies(committed: list[Transaction], order: Order) -> Edges:
    """Who came before whom: writers as the lists have them, writers before their readers, readers before the next."""
    edges: Edges = defaultdict(set)
    for key, writers in order.items():
        for earlier, later in itertools.pairwise(writers):
            edges[earlier].add(later)
        for done in committed:
            if key in done.reads:
                note_read(edges, done, done.reads[key], writers)
    return edges


def note_read(edges: Edges, done: Transaction, seen: list[int], writers: list[int]) -> None:
    if seen and seen[-1] != done.number:
        edges[seen[-1]].add(done.number)
    following = writers[len(seen) :] if writers[: len(seen)] == seen else [w for w in writers if w not in seen]
    for later in following:
        if later != done.number:
            edges[done.number].add(later)
            break


def in_cycles(edges: Edges) -> set[int]:
    """The transactions that can reach themselves."""
    return {start for start in list(edges) if start in reachable(edges, start)}


def reachable(edges: Edges, start: int) -> set[int]:
    found: set[int] = set()
    waiting = list(edges[start])
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += edges.get(node, ())
    return found


def order_of(engine: Engine) -> Order:
    with Session(engine) as session:
        return {key: numbers(session.get_one(Register, key).values) for key in range(KEYS)}


@pytest.mark.parametrize("level", ["SERIALIZABLE", "READ COMMITTED"])
def test_cycles(engine_at: Callable[[str], Engine], level: str, times: Callable[[int, int], int]) -> None:
    engine = engine_at(level)
    history = History(engine, times(3, 600))
    history.run()
    assert history.errors == []
    order = order_of(engine)
    lost = [(done.number, key) for done in history.committed for key in done.appends if done.number not in order[key]]
    cycles = in_cycles(dependencies(history.committed, order))
    print(f"{level}: {len(history.committed)} committed, {len(cycles)} in cycles, {len(lost)} appends lost")
    assert len(history.committed) > 20
    if level == "SERIALIZABLE":
        assert not cycles
        assert not lost
    else:
        assert cycles, "the checker must see what this level allows"
