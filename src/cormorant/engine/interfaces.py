"""Public names of what the engine works with: dialect, compiled statement, execution and exception context."""

from __future__ import annotations

from ..compile import Compiled, Dialect
from .context import ExecutionContext
from .errors import ExceptionContext

__all__ = ["Compiled", "Dialect", "ExceptionContext", "ExecutionContext"]
