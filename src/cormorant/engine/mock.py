"""An engine that runs nothing: it hands compiled statements to a function, to print a schema for instance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .registry import find_entry
from .url import URL, make_url


class MockConnection:
    """Takes the place of engine and connection where DDL is only to be seen."""

    def __init__(self, dialect: Any, executor: Callable[..., Any]) -> None:
        self.dialect = dialect
        self._executor = executor

    @property
    def name(self) -> str:
        """The name of the dialect."""
        found: str = self.dialect.name
        return found

    @property
    def engine(self) -> MockConnection:
        """Itself."""
        return self

    def connect(self, **kw: Any) -> MockConnection:
        """Itself."""
        return self

    def execution_options(self, **kw: Any) -> MockConnection:
        """Itself: nothing is executed."""
        return self

    def schema_for_object(self, obj: Any) -> str | None:
        """The schema of a table."""
        found: str | None = obj.schema
        return found

    def execute(self, obj: Any, parameters: Any = None, execution_options: Any = None) -> Any:
        """Hand a statement to the function."""
        return self._executor(obj, parameters)

    def _run_ddl(self, visitor: Any) -> None:
        """Let a schema visitor work, without a look at what is there: there is no database to look at."""
        visitor.unchecked()(self)


def create_mock_engine(url: str | URL, executor: Callable[..., Any], **kw: Any) -> MockConnection:
    """A stand-in for an engine that calls `executor(statement, parameters)` for each statement."""
    return MockConnection(find_entry(make_url(url)).make_dialect(**kw), executor)
