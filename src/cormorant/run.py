"""`python -m cormorant.run app.py ...` and `python -m cormorant.run -m module ...`: run a program under the alias.

In: a command line as Python's own. Out: the program, run as `__main__`, with `sqlalchemy` being Cormorant.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from .compat.alias import install

USAGE = "usage: python -m cormorant.run (app.py | -m module) [arguments]"


def main(arguments: Sequence[str]) -> None:
    """Run the program that the arguments name."""
    if not arguments or (arguments[0] == "-m" and len(arguments) < 2):
        raise SystemExit(USAGE)
    install()
    if arguments[0] == "-m":
        sys.argv = list(arguments[1:])
        sys.path.insert(0, str(Path.cwd()))
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        return
    sys.argv = list(arguments)
    sys.path.insert(0, str(Path(arguments[0]).resolve().parent))
    runpy.run_path(arguments[0], run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
