"""What PEP 249 asks of drivers, as protocols for annotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class DBAPIConnection(Protocol):
    """A connection of a driver."""

    def close(self) -> None: ...

    def commit(self) -> None: ...

    def cursor(self, *args: Any, **kwargs: Any) -> DBAPICursor: ...

    def rollback(self) -> None: ...


class DBAPICursor(Protocol):
    """A cursor of a driver."""

    @property
    def description(self) -> Sequence[Any]: ...

    @property
    def rowcount(self) -> int: ...

    arraysize: int
    lastrowid: int

    def close(self) -> None: ...

    def execute(self, operation: Any, parameters: Any = None) -> Any: ...

    def executemany(self, operation: Any, parameters: Sequence[Any]) -> Any: ...

    def fetchone(self) -> Any | None: ...

    def fetchmany(self, size: int = ...) -> Sequence[Any]: ...

    def fetchall(self) -> Sequence[Any]: ...

    def setinputsizes(self, sizes: Sequence[Any]) -> None: ...

    def setoutputsize(self, size: Any, column: Any) -> None: ...

    def callproc(self, procname: str, parameters: Sequence[Any] = ...) -> Any: ...

    def nextset(self) -> bool | None: ...


class DBAPIType(Protocol):
    """A type object of a driver."""


class DBAPIModule(Protocol):
    """The module of a driver."""

    paramstyle: str
    Error: type[Exception]
    Warning: type[Exception]
    InterfaceError: type[Exception]
    DatabaseError: type[Exception]
    DataError: type[Exception]
    OperationalError: type[Exception]
    IntegrityError: type[Exception]
    InternalError: type[Exception]
    ProgrammingError: type[Exception]
    NotSupportedError: type[Exception]

    def connect(self, *args: Any, **kwargs: Any) -> DBAPIConnection: ...
