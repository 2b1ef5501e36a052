"""How the example talks: headings, a progress bar, SQL on a few lines, and a counter of statements."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from cormorant import Engine, event

T = TypeVar("T")
IS_TERMINAL = sys.stdout.isatty()
WIDTH = 110


def say(text: str = "", indent: int = 2) -> None:
    """Print text at once, indented."""
    for line in text.splitlines() or [""]:
        print(f"{' ' * indent}{line}".rstrip(), flush=True)


def heading(text: str) -> None:
    """Print the title of a step."""
    say(f"\n\033[1m{text}\033[0m" if IS_TERMINAL else f"\n{text}", 0)


def with_progress(items: Sequence[T], what: str) -> Iterator[T]:
    """Yield the items and show how far it got: a bar that grows on a terminal, its last state elsewhere."""
    for number, item in enumerate(items, 1):
        yield item
        is_last = number == len(items)
        if is_last or (IS_TERMINAL and number % 100 == 0):
            bar = "#" * (30 * number // len(items))
            start, end = ("\r" if IS_TERMINAL else ""), ("\n" if is_last else "")
            print(f"{start}  {what:14} [{bar:30}] {number:5}/{len(items)}", end=end, flush=True)


def shortened(sql: str) -> str:
    """Return SQL on one line, without the columns of a SELECT and the values of long lists, cut where it stays long."""
    line = re.sub(r"^SELECT .+? FROM ", "SELECT .. FROM ", " ".join(sql.split()))
    line = re.sub(r"IN \((?:[^()]|\([^()]*\))+\)", _shortened_list, line)
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 3]}..."


def _shortened_list(found: re.Match[str]) -> str:
    text = found[0]
    return text if len(text) < 30 else f"IN ({text.count(',') + 1} values)"


class Statements:
    """Listens to an engine: which statements were sent since the last `reset()`."""

    def __init__(self, engine: Engine) -> None:
        self.sent: list[str] = []
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        self.sent.append(statement)

    def reset(self) -> None:
        """Start again."""
        self.sent.clear()

    def show(self, title: str) -> None:
        """Print how many there were, and each kind once."""
        kinds: dict[str, int] = {}
        for statement in self.sent:
            text = shortened(statement)
            kinds[text] = kinds.get(text, 0) + 1
        say(f"{title}: {len(self.sent)} statement{'s' * (len(self.sent) != 1)}")
        for text, count in kinds.items():
            say(f"{count} x  {text}", 4)
