"""`python -m tests.servers`: the real servers from the command line.

    run -- CMD...   start the servers, run CMD with CORMORANT_TEST_*_URL set, stop them; the status is CMD's
    keep            start the servers, print `export` lines, stop them on Ctrl-C
    fetch           only download what a later start needs
    serve SOCKET    start servers as asked through SOCKET until standard input ends (used by the test run)

A missing server is named on the last lines; with CORMORANT_REQUIRE=postgresql,mariadb it makes `run` and `fetch` fail.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from .catalogue import KINDS, required
from .keeper import Answer, Keeper, serve
from .mariadb import make_template
from .packages import fetch
from .postgresql import binaries
from .process import Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FAILED = 3


def environment(answers: Mapping[str, Answer]) -> dict[str, str]:
    """The variables that tell a test run about the servers."""
    found: dict[str, str] = {}
    for name, answer in answers.items():
        kind = KINDS[name]
        found[kind.url_variable if answer.url else kind.missing_variable] = answer.url or answer.reason
    return found


def report_missing(reasons: Mapping[str, str]) -> int:
    """Name the missing servers; the status is a failure when one of them is required."""
    needed = required()
    for name, reason in reasons.items():
        print(f"MISSING SERVER: {name}{' (required)' if name in needed else ''}: {reason}", flush=True)
    return FAILED if needed & reasons.keys() else 0


def run(command: Sequence[str]) -> int:
    """Run `command` with all servers running."""
    with Keeper.start() as keeper:
        answers = keeper.ask_all()
        status = subprocess.run(command, env={**os.environ, **environment(answers)}, check=False).returncode
    missing = report_missing({name: answer.reason for name, answer in answers.items() if not answer.url})
    return status or missing


def keep() -> int:
    """Print where the servers are and hold them until Ctrl-C or SIGTERM."""
    with Keeper.start() as keeper, contextlib.suppress(KeyboardInterrupt):
        for name, value in environment(keeper.ask_all()).items():
            print(f"export {name}={shlex.quote(value)}", flush=True)
        signal.pause()
    return 0


def fetch_all() -> int:
    """Download and prepare, start nothing."""
    missing: dict[str, str] = {}
    for name, prepare in (("postgresql", binaries), ("mariadb", lambda: make_template(fetch()))):
        try:
            prepare()
        except Unavailable as error:
            missing[name] = str(error)
    return report_missing(missing)


def main(arguments: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    match list(arguments):
        case ["run", "--", *command] if command:
            return run(command)
        case ["keep"]:
            return keep()
        case ["fetch"]:
            return fetch_all()
        case ["serve", path]:
            serve(path)
            return 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
