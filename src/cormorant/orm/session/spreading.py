"""Attributes that stand for several columns, in records of bulk INSERTs and UPDATEs.

In: a mapper and records by attribute name. Out: records in which the values of such attributes (hybrids with a
`bulk_dml` function) are spread over the columns; the records given stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

PLAN = "attributes that spread"


def spread_records(mapper: Any, records: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Return the records with the values of such attributes spread."""
    spreading: dict[str, Any] | None = mapper.plans.get(PLAN)
    if spreading is None:
        spreading = mapper.plans[PLAN] = _spreading(mapper)
    if not spreading:
        return list(records)
    names = frozenset(spreading)
    return [record if names.isdisjoint(record) else _spread(mapper, spreading, record) for record in records]


def _spreading(mapper: Any) -> dict[str, Any]:
    descriptors = mapper.all_orm_descriptors.items()
    return {key: found.spread_record for key, found in descriptors if hasattr(found, "spread_record")}


def _spread(mapper: Any, spreading: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(record)
    for key, value in record.items():
        if key in spreading:
            spreading[key](mapper.class_, made, value)
            made.pop(key, None)
    return made
