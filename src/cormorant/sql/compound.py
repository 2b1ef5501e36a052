"""UNION, INTERSECT, EXCEPT: several SELECTs as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, ClassVar

from ..exc import CompileError
from .coercion import as_compound_member
from .collection import ColumnCollection
from .makers import makers
from .naming import NamedItem, SelectLabelStyle
from .node import ATOM, NODES, Kind
from .selectbase import GenerativeSelect, SelectGrouping


class CompoundKeyword(Enum):
    """What joins the SELECTs."""

    UNION = "UNION"
    UNION_ALL = "UNION ALL"
    EXCEPT = "EXCEPT"
    EXCEPT_ALL = "EXCEPT ALL"
    INTERSECT = "INTERSECT"
    INTERSECT_ALL = "INTERSECT ALL"


class CompoundSelect(GenerativeSelect):
    """SELECTs joined by a keyword; the names of the columns are those of the first."""

    __slots__ = ()
    _structure: ClassVar[Mapping[str, Kind]] = {"keyword": ATOM, "selects": NODES}

    UNION: ClassVar[CompoundKeyword] = CompoundKeyword.UNION
    UNION_ALL: ClassVar[CompoundKeyword] = CompoundKeyword.UNION_ALL
    EXCEPT: ClassVar[CompoundKeyword] = CompoundKeyword.EXCEPT
    EXCEPT_ALL: ClassVar[CompoundKeyword] = CompoundKeyword.EXCEPT_ALL
    INTERSECT: ClassVar[CompoundKeyword] = CompoundKeyword.INTERSECT
    INTERSECT_ALL: ClassVar[CompoundKeyword] = CompoundKeyword.INTERSECT_ALL

    keyword: CompoundKeyword
    selects: tuple[Any, ...] = ()

    def __init__(self, keyword: Any, *selects: Any) -> None:
        self.keyword = CompoundKeyword(keyword)
        self.selects = tuple([self._member(select) for select in selects])

    def _member(self, select: Any) -> Any:
        node = as_compound_member(select)
        if (
            isinstance(node, CompoundSelect)
            or any(getattr(node, name, None) for name in ("order_by_clauses",))
            or any(getattr(node, name, None) is not None for name in ("limit_clause", "offset_clause", "fetch_clause"))
        ):
            return SelectGrouping(node)
        return node

    def named_items(self) -> tuple[NamedItem, ...]:
        if not self.selects:
            return ()
        counts = [len(select.proxied_names()) for select in self.selects]
        for number, count in enumerate(counts, 1):
            if count != counts[0]:
                raise CompileError(
                    "All selectables passed to CompoundSelect must have identical numbers of columns; "
                    f"select #1 has {counts[0]} columns, select #{number} has {count}"
                )
        items: tuple[NamedItem, ...] = self.selects[0].named_items()
        return items

    def proxied_names(self) -> tuple[NamedItem, ...]:
        if not self.selects:
            return ()
        items: tuple[NamedItem, ...] = self.selects[0].proxied_names()
        return items

    def column_sources(self) -> list[tuple[Any, ...]]:
        columns = [[item.element for item in select.proxied_names()] for select in self.selects]
        return list(zip(*columns, strict=True))

    def set_label_style(self, style: SelectLabelStyle) -> Any:
        """Return a copy whose first SELECT is labelled in the given style."""
        if not self.selects:
            return self
        first = self.selects[0]
        inner = first.element if isinstance(first, SelectGrouping) else first
        return self._copy(selects=(self._member(inner.set_label_style(style)), *self.selects[1:]), label_style=style)

    @property
    def selected_columns(self) -> ColumnCollection:
        return ColumnCollection([(item.key, item.element) for item in self.proxied_names()])

    def source_froms(self) -> Iterable[Any]:
        return [one for select in self.selects for one in getattr(select, "element", select).source_froms()]

    def is_derived_from(self, fromclause: Any) -> bool:
        return fromclause is self or any(
            getattr(select, "element", select).is_derived_from(fromclause) for select in self.selects
        )


def compound(keyword: str, *selects: Any) -> CompoundSelect:
    """Return the SELECTs joined by a keyword."""
    return CompoundSelect(keyword, *selects)


def union(*selects: Any) -> CompoundSelect:
    """Return the UNION of SELECTs."""
    return CompoundSelect("UNION", *selects)


def union_all(*selects: Any) -> CompoundSelect:
    """Return the UNION ALL of SELECTs."""
    return CompoundSelect("UNION ALL", *selects)


def except_(*selects: Any) -> CompoundSelect:
    """Return the EXCEPT of SELECTs."""
    return CompoundSelect("EXCEPT", *selects)


def except_all(*selects: Any) -> CompoundSelect:
    """Return the EXCEPT ALL of SELECTs."""
    return CompoundSelect("EXCEPT ALL", *selects)


def intersect(*selects: Any) -> CompoundSelect:
    """Return the INTERSECT of SELECTs."""
    return CompoundSelect("INTERSECT", *selects)


def intersect_all(*selects: Any) -> CompoundSelect:
    """Return the INTERSECT ALL of SELECTs."""
    return CompoundSelect("INTERSECT ALL", *selects)


makers.compound = compound
