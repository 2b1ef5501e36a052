"""Type variables of statements with several columns, and what says the type of one column.

In: nothing. Out: names for annotations: `select(a, b)` is `Select[A, B]` for what `Typed[A]` and `Typed[B]` are.
"""

from __future__ import annotations

from typing import TypeVar

from .column import SQLCoreOperations

T = TypeVar("T")
T0 = TypeVar("T0")
T1 = TypeVar("T1")
T2 = TypeVar("T2")
T3 = TypeVar("T3")
T4 = TypeVar("T4")
T5 = TypeVar("T5")
T6 = TypeVar("T6")
T7 = TypeVar("T7")
T8 = TypeVar("T8")
T9 = TypeVar("T9")

Typed = SQLCoreOperations[T] | type[T]
"""What a columns clause takes that says what type its values have: expressions, attributes and classes."""
