"""Import cycles: groups of modules each of which reaches all others of the group (Tarjan's algorithm, iterative)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .imports import Import


def import_cycles(names: Iterable[str], imports: Iterable[Import]) -> list[str]:
    """One complaint per cycle, the largest first."""
    graph: dict[str, set[str]] = {name: set() for name in names}
    for one in imports:
        graph[one.source].add(one.target)
    groups = sorted(strong_components(graph), key=len, reverse=True)
    return [f"these modules import each other: {' '.join(sorted(group))}" for group in groups if len(group) > 1]


def strong_components(graph: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The strongly connected components of `graph`."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    for root in graph:
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = []
        enter(root, graph, index, low, open_, work)
        while work:
            node, targets = work[-1]
            following = next(targets, None)
            if following is None:
                yield from leave(node, index, low, open_, work)
            elif following not in index:
                enter(following, graph, index, low, open_, work)
            elif following in open_:
                low[node] = min(low[node], index[following])


def enter(
    node: str,
    graph: Mapping[str, set[str]],
    index: dict[str, int],
    low: dict[str, int],
    open_: list[str],
    work: list[tuple[str, Iterator[str]]],
) -> None:
    """Number `node` and put it on the path."""
    index[node] = low[node] = len(index)
    open_.append(node)
    work.append((node, iter(sorted(graph[node]))))


def leave(
    node: str,
    index: Mapping[str, int],
    low: dict[str, int],
    open_: list[str],
    work: list[tuple[str, Iterator[str]]],
) -> Iterator[list[str]]:
    """Take `node` off the path; give its component when it is the first of one."""
    work.pop()
    if work:
        above = work[-1][0]
        low[above] = min(low[above], low[node])
    if low[node] == index[node]:
        start = open_.index(node)
        yield open_[start:]
        del open_[start:]
