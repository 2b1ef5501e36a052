"""Public names of results, in one place."""

from __future__ import annotations

from .keys import RMKeyView, RowKeys
from .results.fetching import Fetching
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
from .row import NONE_SET, Row, RowMapping, result_tuple, row_class

ResultInternal = Fetching
SimpleResultMetaData = RowKeys
ResultMetaData = RowKeys

__all__ = [
    "NONE_SET", "ChunkedIteratorResult", "FilterResult", "FrozenResult", "IteratorResult", "MappingResult",
    "MergedResult", "RMKeyView", "Result", "ResultInternal", "ResultMetaData", "Row", "RowKeys", "RowMapping",
    "ScalarResult", "SimpleResultMetaData", "TupleResult", "null_result", "result_tuple", "row_class",
]  # fmt: skip
