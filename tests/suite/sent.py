"""What goes over an engine's connections, as text."""

from __future__ import annotations

from typing import Any

from cormorant import Engine, event


class Sent:
    """The statements that an engine sends, in order; `clear()` starts again."""

    def __init__(self, engine: Engine) -> None:
        self.statements: list[str] = []
        self.parameters: list[Any] = []
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        self.statements.append(statement)
        self.parameters.append(parameters)

    def clear(self) -> None:
        """Forget what was sent."""
        self.statements.clear()
        self.parameters.clear()

    def starting(self, word: str) -> list[str]:
        """The statements that begin with a word."""
        return [statement for statement in self.statements if statement.upper().startswith(word.upper())]

    def __len__(self) -> int:
        return len(self.statements)
