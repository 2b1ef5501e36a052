"""Compiled statements and what makes them: the public names."""

from ..compile.compiled import Compiled
from ..compile.compiled import Compiled as DDLCompiler
from ..compile.compiled import Compiled as SQLCompiler
from ..compile.compiled import Compiled as StrSQLCompiler
from ..compile.dialect import TypeCompiler
from ..compile.dialect import TypeCompiler as GenericTypeCompiler
from ..compile.lint import COLLECT_CARTESIAN_PRODUCTS, FROM_LINTING, NO_LINTING, WARN_LINTING, Linting
from ..compile.preparer import IdentifierPreparer

__all__ = [
    "COLLECT_CARTESIAN_PRODUCTS",
    "FROM_LINTING",
    "NO_LINTING",
    "WARN_LINTING",
    "Compiled",
    "DDLCompiler",
    "GenericTypeCompiler",
    "IdentifierPreparer",
    "Linting",
    "SQLCompiler",
    "StrSQLCompiler",
    "TypeCompiler",
]
