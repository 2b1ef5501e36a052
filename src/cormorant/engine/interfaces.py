"""Public names of what the engine works with: dialect, compiled statement, execution and exception context."""

from __future__ import annotations

from ..compile import Compiled, Dialect
from ..compile.dialect import TypeCompiler
from ..compile.dialect_facts import BindTyping, CacheStats
from .adapted import AdaptedConnection
from .connectable import Connectable
from .context import ExecuteStyle, ExecutionContext
from .errors import ExceptionContext
from .pep249 import DBAPIConnection, DBAPICursor, DBAPIModule, DBAPIType
from .plugins import CreateEnginePlugin
from .reflected import (
    ReflectedCheckConstraint,
    ReflectedColumn,
    ReflectedComputed,
    ReflectedForeignKeyConstraint,
    ReflectedIdentity,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
    ReflectedTableComment,
    ReflectedUniqueConstraint,
)

__all__ = [
    "AdaptedConnection",
    "Connectable",
    "CreateEnginePlugin",
    "DBAPIConnection",
    "DBAPICursor",
    "DBAPIModule",
    "DBAPIType",
    "BindTyping",
    "TypeCompiler",
    "CacheStats",
    "Compiled",
    "Dialect",
    "ExceptionContext",
    "ExecuteStyle",
    "ExecutionContext",
    "ReflectedCheckConstraint",
    "ReflectedColumn",
    "ReflectedComputed",
    "ReflectedForeignKeyConstraint",
    "ReflectedIdentity",
    "ReflectedIndex",
    "ReflectedPrimaryKeyConstraint",
    "ReflectedTableComment",
    "ReflectedUniqueConstraint",
]
