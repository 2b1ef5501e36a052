"""Run the example: `python -m examples.quickstart [--url URL]`. Prints what it does and the SQL that is worth seeing."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

from cormorant import Engine, create_engine, event, func, select
from cormorant.exc import IntegrityError
from cormorant.orm import Session, selectinload, sessionmaker

from . import data
from .models import Base, Country, Subdivision


class Counter:
    """Counts the statements of an engine by their first word; `first` keeps the first text of each kind."""

    def __init__(self, engine: Engine) -> None:
        self.counts: dict[str, int] = {}
        self.first: dict[str, str] = {}
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        word = statement.split(None, 1)[0].upper()
        self.counts[word] = self.counts.get(word, 0) + 1
        self.first.setdefault(word, statement)

    def reset(self) -> None:
        """Start again."""
        self.counts.clear()
        self.first.clear()

    def __str__(self) -> str:
        return ", ".join(f"{count} {word}" for word, count in self.counts.items()) or "none"


def say(text: str = "") -> None:
    """Print a line at once."""
    print(text, flush=True)


def heading(text: str) -> None:
    """Print the title of a step."""
    say(f"\n\033[1m{text}\033[0m")


def with_progress(records: list[Any], what: str) -> Iterator[Any]:
    """Yield the records and show how far it got, where somebody watches."""
    for number, record in enumerate(records, 1):
        yield record
        if sys.stdout.isatty() and (number % 250 == 0 or number == len(records)):
            bar = "#" * (30 * number // len(records))
            end = "\n" if number == len(records) else ""
            print(f"\r  {what:14} [{bar:30}] {number}/{len(records)}", end=end, flush=True)


def load(sessions: sessionmaker[Session]) -> None:
    """Make an object per record, and have the session write them all."""
    heading("1. Load: objects are added, the unit of work writes them in the right order")
    started = time.perf_counter()
    with sessions.begin() as session:
        session.add_all(Country(**record) for record in with_progress(data.countries(), "countries"))
        session.add_all(Subdivision(**record) for record in with_progress(data.subdivisions(), "subdivisions"))
        say("  session.plan() tells what the flush will write, before it does:")
        for line in repr(session.plan()).splitlines():
            say(f"    {line}")
    say(f"  written in {time.perf_counter() - started:.2f} s")


def query(sessions: sessionmaker[Session], counter: Counter) -> None:
    """Ask, with the related objects fetched in one statement for all."""
    heading("2. Query: selectinload() fetches the collections of all countries with one more statement")
    counter.reset()
    with sessions() as session:
        statement = (
            select(Country)
            .join(Country.subdivisions)
            .group_by(Country.code)
            .order_by(func.count().desc(), Country.code)
            .limit(5)
            .options(selectinload(Country.subdivisions).selectinload(Subdivision.parts))
        )
        for country in session.scalars(statement):
            tops = [s for s in country.subdivisions if s.parent_code is None]
            nested = sum(len(s.parts) for s in tops)
            say(f"  {country.name:30} {len(country.subdivisions):4} subdivisions, {nested} of them inside others")
    say(f"  statements: {counter}")


def from_record(record: dict[str, Any]) -> Country:
    """Recreate an object from a record of the network: it belongs to no session and carries only what was sent."""
    values = dict(record)
    parts = values.pop("subdivisions", None)
    country = Country(**values)
    if parts is not None:
        country.subdivisions = [Subdivision(**part) for part in parts]
    return country


def merge(sessions: sessionmaker[Session], counter: Counter) -> None:
    """Bring an edited copy in: the session's own objects take over what differs."""
    heading("3. Merge: an edited copy from the network goes into the session's one object per identity")
    counter.reset()
    with sessions.begin() as session:
        ireland = session.get_one(Country, "IE")
        ireland.note = "kept: the copy does not carry it"
        session.flush()
        copies = [from_record(record) for record in data.edited_copy()]
        merged = session.merge_all(copies)
        found = next(country for country in merged if country.code == "IE")
        say(f"  the merged Ireland is the session's Ireland: {found is ireland}; its note: {found.note!r}")
        say(f"  {len(copies)} countries compared; statements so far: {counter}")
        say("  what differs, and is all that will be written:")
        for line in repr(session.plan()).splitlines():
            say(f"    {line}")
        counter.reset()
    say(f"  statements of the commit: {counter}")
    for word in ("UPDATE", "INSERT", "DELETE"):
        if word in counter.first:
            say(f"    {' '.join(counter.first[word].split())}")


def conflict(sessions: sessionmaker[Session]) -> None:
    """Add an identity twice: the database decides, the savepoint keeps the rest."""
    heading("4. Conflict: an identity that exists is the database's IntegrityError; a savepoint keeps the rest")
    with sessions.begin() as session:
        session.add(Country(code="XD", name="Darterland"))
        try:
            with session.begin_nested():
                session.add(Country(code="FR", name="Another France"))
        except IntegrityError as error:
            say(f"  caught {type(error).__name__}: {error.orig}")
        say(f"  France is still {session.get_one(Country, 'FR').name!r}, and Darterland is kept")


def summary(sessions: sessionmaker[Session], codes: Iterable[str]) -> None:
    """Show what is in the database now."""
    heading("5. Summary")
    with sessions() as session:
        for cls in (Country, Subdivision):
            say(f"  {cls.__tablename__:12} {session.scalar(select(func.count()).select_from(cls)):5} rows")
        for country in session.scalars(select(Country).where(Country.code.in_(list(codes))).order_by(Country.code)):
            say(f"  {country.code}  {country.name}")


def main() -> None:
    """Run all steps."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--url", default="sqlite://", help="the database, in memory unless given")
    cli.add_argument("--echo", action="store_true", help="log every statement")
    arguments = cli.parse_args()
    engine = create_engine(arguments.url, echo=arguments.echo)
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)
    counter = Counter(engine)
    load(sessions)
    query(sessions, counter)
    merge(sessions, counter)
    conflict(sessions)
    summary(sessions, ["CZ", "FR", "IE", "NL", "TR", "XC", "XD"])
    Base.metadata.drop_all(engine)


if __name__ == "__main__":
    main()
