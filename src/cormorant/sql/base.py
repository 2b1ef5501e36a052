"""Bases of statements and of what can be executed: the public names."""

from ..schema.base import DialectOptions as DialectKWArgs
from ..schema.visitor import SchemaVisitable, SchemaVisitor
from .clause import Executable
from .collection import ColumnCollection, ReadOnlyColumnCollection, WriteableColumnCollection
from .expression import ExecutableStatement
from .syntax_extension import SyntaxExtension

__all__ = [
    "ColumnCollection",
    "DialectKWArgs",
    "Executable",
    "ExecutableStatement",
    "ReadOnlyColumnCollection",
    "SchemaVisitable",
    "SchemaVisitor",
    "SyntaxExtension",
    "WriteableColumnCollection",
]
