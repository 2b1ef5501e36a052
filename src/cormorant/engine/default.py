"""The dialect that is no database: the public names."""

from ..compile.default import DefaultDialect, StrCompileDialect

__all__ = ["DefaultDialect", "StrCompileDialect"]
