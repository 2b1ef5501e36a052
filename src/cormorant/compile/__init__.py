"""Statements to text: `compile_statement` and `Dialect`. Imported once, it makes `str(statement)` work."""

from .compiled import BindSlot, Compiled, ResultColumn
from .default import StrCompileDialect
from .dialect import Dialect
from .features import Features
from .frame import Frame
from .lowering import Lowered, lowerings
from .preparer import IdentifierPreparer
from .statement import compile_statement

__all__ = [
    "BindSlot",
    "Compiled",
    "StrCompileDialect",
    "Dialect",
    "Features",
    "Frame",
    "IdentifierPreparer",
    "Lowered",
    "ResultColumn",
    "compile_statement",
    "lowerings",
]
