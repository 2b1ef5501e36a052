"""The dialect that is no database: the public names."""

from ..compile.default import DefaultDialect

__all__ = ["DefaultDialect"]
