"""Public names of results, in one place."""

from __future__ import annotations

from .keys import RMKeyView, RowKeys
from .results.iterators import (
    ChunkedIteratorResult,
    FrozenResult,
    IteratorResult,
    MergedResult,
    Result,
    TupleResult,
    null_result,
)
from .results.views import FilterResult, MappingResult, ScalarResult
from .row import Row, RowMapping, row_class

SimpleResultMetaData = RowKeys
ResultMetaData = RowKeys

__all__ = [
    "ChunkedIteratorResult", "FilterResult", "FrozenResult", "IteratorResult", "MappingResult", "MergedResult",
    "RMKeyView", "Result", "ResultMetaData", "Row", "RowKeys", "RowMapping", "ScalarResult", "SimpleResultMetaData",
    "TupleResult", "null_result", "row_class",
]  # fmt: skip
