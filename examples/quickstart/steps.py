"""The five steps of the example. Each prints what it is about to do, does it, and shows what came of it."""

from __future__ import annotations

import time
from typing import Any

from cormorant import func, select
from cormorant.exc import IntegrityError
from cormorant.orm import Session, selectinload, sessionmaker

from . import data
from .models import Country, Subdivision
from .show import Statements, heading, say, with_progress

Sessions = sessionmaker[Session]


def load(sessions: Sessions, statements: Statements) -> None:
    """Make an object per record, and have the session write them all."""
    heading("1. Load: objects are added in any order, the unit of work writes them in the right one")
    statements.reset()
    started = time.perf_counter()
    with sessions.begin() as session:
        for record in with_progress(data.subdivisions(), "subdivisions"):
            session.add(Subdivision(**record))
        for record in with_progress(data.countries(), "countries"):
            session.add(Country(**record))
        say("session.plan() tells what the flush will write, before it does:")
        say(repr(session.plan()), 4)
    say(f"written and committed in {time.perf_counter() - started:.2f} s")
    statements.show("sent")


def query(sessions: Sessions, statements: Statements) -> None:
    """Ask, with the related objects fetched in one statement for all."""
    heading("2. Query: selectinload() fetches the collections of all countries with one more statement")
    statements.reset()
    most = (
        select(Country)
        .join(Country.subdivisions)
        .group_by(Country)
        .order_by(func.count().desc(), Country.code)
        .limit(5)
        .options(selectinload(Country.subdivisions).selectinload(Subdivision.parts))
    )
    with sessions() as session:
        for country in session.scalars(most):
            tops = [subdivision for subdivision in country.subdivisions if subdivision.parent_code is None]
            nested = sum(len(subdivision.parts) for subdivision in tops)
            say(f"{country.name:20} {len(country.subdivisions):4} subdivisions, {nested:3} of them inside others")
    statements.show("sent")


def merge(sessions: Sessions, statements: Statements) -> None:
    """Bring an edited copy in: the session's own objects take over what differs."""
    heading("3. Merge: an edited copy from the network goes into the session's one object per identity")
    with sessions.begin() as session:
        ireland = session.get_one(Country, "IE")
        ireland.note = "a note that the copy does not carry"
        session.flush()
        copies = [from_record(record) for record in data.edited_copy()]
        statements.reset()
        merged = session.merge_all(copies)
        statements.show(f"merge_all() of {len(copies)} countries")
        found = next(country for country in merged if country.code == "IE")
        say(f"the merged Ireland is the session's Ireland: {found is ireland}; its note: {found.note!r}")
        say("what differs, and is all that will be written:")
        say(repr(session.plan()), 4)
        statements.reset()
    statements.show("sent by the commit")


def from_record(record: dict[str, Any]) -> Country:
    """Recreate an object from a record of the network: it belongs to no session and carries only what was sent."""
    values = dict(record)
    parts = values.pop("subdivisions", None)
    country = Country(**values)
    if parts is not None:
        country.subdivisions = [Subdivision(**part) for part in parts]
    return country


def conflict(sessions: Sessions) -> None:
    """Add an identity twice: the database decides, the savepoint keeps the rest."""
    heading("4. Conflict: an identity that exists is the database's IntegrityError; a savepoint keeps the rest")
    with sessions.begin() as session:
        session.add(Country(code="XD", name="Darterland"))
        try:
            with session.begin_nested():
                session.add(Country(code="FR", name="Another France"))
        except IntegrityError as error:
            say(f"caught {type(error).__name__}: {str(error.orig).splitlines()[0]}")
        say(f"France is still {session.get_one(Country, 'FR').name!r}, and Darterland is kept")


def summary(sessions: Sessions) -> None:
    """Show what is in the database now, beside what was loaded first."""
    heading("5. Summary: what the merge and the conflict left in the database")
    before = {record["code"]: record["name"] for record in data.countries()}
    with sessions() as session:
        for cls, count in ((Country, len(before)), (Subdivision, len(data.subdivisions()))):
            rows = session.scalar(select(func.count()).select_from(cls))
            say(f"{cls.__tablename__:12} {rows:5} rows, {count} at first")
        for country in session.scalars(select(Country).order_by(Country.code)):
            if before.get(country.code) != country.name:
                what = "new" if country.code not in before else f"was {before[country.code]!r}"
                say(f"{country.code}  {country.name:20} {what}")
        renamed, gone = session.get_one(Subdivision, "IE-L"), session.get(Subdivision, "IE-MO")
        say(f"{renamed.code}  {renamed.name}; IE-MO is {'gone' if gone is None else 'there'}")
