"""Public names of engine, connection and transactions."""

from __future__ import annotations

from .connection import Connection
from .engine import Engine
from .transaction import NestedTransaction, RootTransaction, Transaction, TwoPhaseTransaction

__all__ = ["Connection", "Engine", "NestedTransaction", "RootTransaction", "Transaction", "TwoPhaseTransaction"]
