"""FROM elements that give another one a name: aliases, subqueries, common table expressions, LATERAL, samples.

Each is an object of its own (`has_identity`): two anonymous aliases of one table have the same structure and are two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from ..exc import ArgumentError
from .column import ColumnElement
from .fromclause import FromClause, NamedFromClause
from .makers import makers
from .names import AnonymousName, Name
from .node import ATOM, LINK, NODE, Kind
from .prefixes import HasPrefixes, HasSuffixes


class AliasedReturnsRows(NamedFromClause):
    """`element AS name`. `given_name` is None for a name that rendering numbers from `anon_stem`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE, "given_name": ATOM}
    has_identity: ClassVar[bool] = True

    def __init__(self, element: Any, name: str | None = None) -> None:
        self.element = element
        self.given_name = name

    @property
    def anon_stem(self) -> str:
        """The stem of the name: that of the table, or `anon`."""
        name = getattr(self.element, "name", None)
        return name if isinstance(name, str) else "anon"

    @property
    def name(self) -> Name:
        return AnonymousName(self.anon_stem, self) if self.given_name is None else self.given_name

    @property
    def original(self) -> Any:
        """What it is another name for."""
        return self.element

    @property
    def source(self) -> Any:
        """What is written before the name: the element, or what that one is only another name for."""
        element = self.element
        return element.source if type(element) in (Alias, Subquery) else element

    @property
    def implicit_returning(self) -> bool:
        return bool(self.element.implicit_returning)

    def _proxied_columns(self) -> Iterable[tuple[str, ColumnElement[Any]]]:
        for position, (key, column) in enumerate(self.element.c.items()):
            yield key, column.make_proxy(self, column.name, key, position)

    def is_derived_from(self, fromclause: Any) -> bool:
        return fromclause in self.from_objects() or bool(self.element.is_derived_from(fromclause))

    def self_group(self, against: Any = None) -> Any:
        return self


class Alias(AliasedReturnsRows):
    """Another name for a table, or for another alias."""

    inherit_cache: ClassVar[bool | None] = True

    @property
    def description(self) -> str | None:
        if isinstance(self.name, AnonymousName):
            return f"Anonymous alias of {self.element.description}"
        return str(self.name)


class TableSample(AliasedReturnsRows):
    """A sample of a table: `sampling` is the method and its argument."""

    _structure: ClassVar[Mapping[str, Kind]] = {"sampling": NODE, "seed": NODE}

    def __init__(self, element: Any, name: str | None, sampling: Any, seed: Any) -> None:
        super().__init__(element, name)
        self.sampling = sampling
        self.seed = seed


class Subquery(AliasedReturnsRows):
    """A SELECT in FROM."""

    inherit_cache: ClassVar[bool | None] = True

    def _proxied_columns(self) -> Iterable[tuple[str, ColumnElement[Any]]]:
        return proxies_of(self.element, self)

    def as_scalar(self) -> Any:
        """Return the SELECT as a scalar subquery."""
        return makers.scalar_subquery(self.element)

    def is_derived_from(self, fromclause: Any) -> bool:
        return fromclause is self or bool(self.element.is_derived_from(fromclause))


class Lateral(Subquery):
    """A subquery or function that refers to what stands before it in FROM."""

    def _proxied_columns(self) -> Iterable[tuple[str, ColumnElement[Any]]]:
        if hasattr(self.element, "proxied_names"):
            return proxies_of(self.element, self)
        return AliasedReturnsRows._proxied_columns(self)


class CTE(HasPrefixes, HasSuffixes, AliasedReturnsRows):
    """A common table expression.

    `restates` is the CTE of the same name which this one extends (`WITH RECURSIVE x AS (.. UNION ..)`), `alias_of` the
    CTE that this one is another name for.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {
        "recursive": ATOM,
        "nesting": ATOM,
        "restates": LINK,
        "alias_of": NODE,
    }

    def __init__(
        self,
        element: Any,
        name: str | None = None,
        recursive: bool = False,
        nesting: bool = False,
        restates: CTE | None = None,
        alias_of: CTE | None = None,
    ) -> None:
        super().__init__(element, name)
        self.recursive = recursive
        self.nesting = nesting
        self.restates = restates
        self.alias_of = alias_of

    @property
    def anon_stem(self) -> str:
        return super().anon_stem if self.element.is_from_clause else "anon"

    @property
    def name(self) -> Name:
        return super().name if self.given_name is not None or self.restates is None else self.restates.name

    def _proxied_columns(self) -> Iterable[tuple[str, ColumnElement[Any]]]:
        if self.element.is_from_clause:
            yield from super()._proxied_columns()
        elif self.alias_of is not None:
            for position, (key, column) in enumerate(self.alias_of.c.items()):
                yield key, column.make_proxy(self, column.name, key, position)
        else:
            yield from proxies_of(self.element, self)

    def is_derived_from(self, fromclause: Any) -> bool:
        return fromclause is self or bool(self.element.is_derived_from(fromclause))

    def alias(self, name: str | None = None, flat: bool = False) -> CTE:
        """Return the CTE under another name."""
        return CTE(self.element, name, self.recursive, self.nesting, alias_of=self)

    def union(self, *other: Any) -> CTE:
        """Return the CTE extended by UNION."""
        return self._extended("UNION", other)

    def union_all(self, *other: Any) -> CTE:
        """Return the CTE extended by UNION ALL."""
        return self._extended("UNION ALL", other)

    def _extended(self, keyword: str, other: tuple[Any, ...]) -> CTE:
        if not other:
            raise ArgumentError("a CTE is extended by one or more selects")
        made = CTE(
            makers.compound(keyword, self.element, *other), self.given_name, self.recursive, self.nesting, restates=self
        )
        made.prefixes, made.suffixes = self.prefixes, self.suffixes
        return made


def _alias(selectable: Any, name: str | None = None, flat: bool = False) -> Alias:
    return Alias(selectable, name)


def proxies_of(statement: Any, table: FromClause) -> Iterable[tuple[str, ColumnElement[Any]]]:
    """Return the columns by which a FROM element shows the columns of the statement inside it."""
    for position, (named, sources) in enumerate(
        zip(statement.proxied_names(), statement.column_sources(), strict=True)
    ):
        proxy = named.element.make_proxy(table, named.proxied_name, named.key, position)
        if len(sources) > 1:
            proxy.proxies = sources
        yield named.key, proxy


makers.alias = _alias
makers.subquery = Subquery
makers.lateral = Lateral
makers.cte = CTE
