"""What the functions that run plans ask of a connection; `Connection` is it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, Protocol


class RunningConnection(Protocol):
    """A connection as execution sees it."""

    engine: Any
    dialect: Any
    _driver: Any
    _hooks: Any
    _echo: Any
    _dbapi: Any
    _options: Any
    planner: Any
    latest_context: Any
    batch_of: Any

    def planner_for(self, options: Mapping[str, Any] | None) -> Any: ...

    def _run_cursor(
        self,
        text: str,
        parameters: Any,
        many: bool = False,
        plan: Any = None,
        options: Mapping[str, Any] | None = None,
        note: str = "",
    ) -> Any: ...

    def _fail(
        self,
        error: BaseException,
        statement: str | None = None,
        parameters: Any = None,
        cursor: Any = None,
        many: bool | None = None,
        context: Any = None,
        *,
        is_commit: bool = False,
    ) -> NoReturn: ...

    def _fail_to_bind(self, error: BaseException, statement: str, parameters: Any = None) -> NoReturn: ...

    def _driver_no_parameters(self) -> Any: ...
