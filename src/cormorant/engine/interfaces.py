"""Public names of what the engine works with: dialect, compiled statement, execution and exception context."""

from __future__ import annotations

from ..compile import Compiled, Dialect
from ..compile.dialect import TypeCompiler
from ..compile.dialect_facts import BindTyping
from .context import CacheStats, ExecuteStyle, ExecutionContext
from .errors import ExceptionContext
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
