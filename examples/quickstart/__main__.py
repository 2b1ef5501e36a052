"""Run the example: `python -m examples.quickstart [--url URL]`. It prints what it does, and the SQL."""

from __future__ import annotations

import argparse
import time

from cormorant import create_engine, exc
from cormorant.orm import sessionmaker

from . import steps
from .models import Base
from .show import Statements, say


def arguments() -> argparse.Namespace:
    """Return what was given on the command line."""
    cli = argparse.ArgumentParser(prog="quickstart", description=__doc__)
    cli.add_argument("--url", default="sqlite://", help="the database, SQLite in memory unless given")
    cli.add_argument("--echo", action="store_true", help="log every statement")
    return cli.parse_args()


def main() -> None:
    """Run all steps, in tables that are made for it and dropped at the end."""
    given = arguments()
    started = time.perf_counter()
    engine = create_engine(given.url, echo=given.echo)
    say(f"Countries and regions of the world (ISO 3166) in {engine.dialect.name}, at {engine.url}", 0)
    try:
        Base.metadata.create_all(engine, checkfirst=False)
    except exc.DBAPIError as error:
        raise SystemExit(f"the tables of the example could not be made, nothing was changed: {error.orig}") from None
    try:
        sessions, statements = sessionmaker(engine), Statements(engine)
        steps.load(sessions, statements)
        steps.query(sessions, statements)
        steps.merge(sessions, statements)
        steps.conflict(sessions)
        steps.summary(sessions)
    finally:
        Base.metadata.drop_all(engine)
        engine.dispose()
    say(f"\nAll of it took {time.perf_counter() - started:.1f} s.", 0)
    say("The code is in examples/quickstart, the guide in docs/index.md.", 0)


if __name__ == "__main__":
    main()
