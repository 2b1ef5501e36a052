"""The engine: addresses, pools, connections, transactions, statements, results. The only package that does I/O."""

from __future__ import annotations

from ..compile import Compiled, Dialect
from .connectable import Connectable
from .connection import Connection
from .context import ExecutionContext
from .create import create_engine, create_pool_from_url, engine_from_config
from .cursor_result import CursorResult
from .cursor_result import CursorResult as ResultProxy
from .driver import Driver
from .engine import Engine
from .errors import ExceptionContext
from .events import register_targets
from .mock import MockConnection, create_mock_engine
from .plugins import CreateEnginePlugin
from .reflection import Inspector, ObjectKind, ObjectScope
from .registry import DialectEntry
from .result import (
    ChunkedIteratorResult,
    FilterResult,
    FrozenResult,
    IteratorResult,
    MappingResult,
    MergedResult,
    Result,
    ScalarResult,
    TupleResult,
)
from .row import BaseRow, Row, RowMapping, result_tuple
from .transaction import NestedTransaction, RootTransaction, Transaction, TwoPhaseTransaction
from .url import URL, make_url

register_targets()

__all__ = [
    "URL",
    "BaseRow",
    "ChunkedIteratorResult",
    "Compiled",
    "Connectable",
    "Connection",
    "CreateEnginePlugin",
    "Dialect",
    "CursorResult",
    "DialectEntry",
    "Driver",
    "Engine",
    "ExceptionContext",
    "ExecutionContext",
    "FilterResult",
    "FrozenResult",
    "Inspector",
    "IteratorResult",
    "MappingResult",
    "MergedResult",
    "MockConnection",
    "NestedTransaction",
    "ObjectKind",
    "ObjectScope",
    "Result",
    "ResultProxy",
    "RootTransaction",
    "Row",
    "RowMapping",
    "ScalarResult",
    "Transaction",
    "TupleResult",
    "TwoPhaseTransaction",
    "create_engine",
    "create_mock_engine",
    "create_pool_from_url",
    "engine_from_config",
    "make_url",
    "result_tuple",
]
