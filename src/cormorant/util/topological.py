"""Order by dependencies.

In: items and pairs (before, after). Out: the items in an order that honours the pairs and, among the orders possible,
keeps the given one; or the cycle that forbids any order.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from typing import TypeVar

ItemT = TypeVar("ItemT", bound=Hashable)


class CycleError(ValueError):
    """The dependencies form a cycle; `cycle` lists its members, each before the next, the last before the first."""

    def __init__(self, cycle: list[Hashable]) -> None:
        super().__init__(" -> ".join(str(item) for item in [*cycle, cycle[0]]))
        self.cycle = cycle


def sort(pairs: Iterable[tuple[ItemT, ItemT]], items: Iterable[ItemT]) -> list[ItemT]:
    """Return the items so that `before` precedes `after` for each pair; raises CycleError."""
    return [item for level in levels(pairs, items) for item in level]


def levels(pairs: Iterable[tuple[ItemT, ItemT]], items: Iterable[ItemT]) -> Iterator[list[ItemT]]:
    """Yield groups of items: those that wait for nothing, then those that wait for the first group only, and so on."""
    order = {item: number for number, item in enumerate(dict.fromkeys(items))}
    waiting, followers = _graph(pairs, order)
    level = [item for item in order if not waiting[item]]
    left = len(order)
    while level:
        yield level
        left -= len(level)
        level = sorted(_release(level, waiting, followers), key=order.__getitem__)
    if left:
        raise CycleError(list(find_cycle(pairs_of(followers), order) or ()))


def stable_sort(pairs: Iterable[tuple[ItemT, ItemT]], items: Iterable[ItemT]) -> list[ItemT]:
    """Return the items in the given order, each moved back only as far as its dependencies demand."""
    order = {item: number for number, item in enumerate(dict.fromkeys(items))}
    names = list(order)
    waiting, followers = _graph(pairs, order)
    ready = [order[item] for item in names if not waiting[item]]
    heapify(ready)
    result: list[ItemT] = []
    while ready:
        item = names[heappop(ready)]
        result.append(item)
        for follower in _release([item], waiting, followers):
            heappush(ready, order[follower])
    if len(result) < len(names):
        raise CycleError(list(find_cycle(pairs_of(followers), order) or ()))
    return result


def find_cycle(pairs: Iterable[tuple[ItemT, ItemT]], items: Iterable[ItemT]) -> list[ItemT] | None:
    """Return the members of one cycle in order, or None."""
    known = dict.fromkeys(items)
    _, followers = _graph(pairs, known)
    done: set[ItemT] = set()
    for start in known:
        cycle = _cycle_from(start, followers, done)
        if cycle is not None:
            return cycle
    return None


def find_cycles(pairs: Iterable[tuple[ItemT, ItemT]], items: Iterable[ItemT]) -> set[ItemT]:
    """Return every item that takes part in some cycle."""
    known = dict.fromkeys(items)
    _, followers = _graph(pairs, known)
    return {item for item in known if item in _reachable(followers[item], followers)}


def pairs_of(followers: dict[ItemT, list[ItemT]]) -> list[tuple[ItemT, ItemT]]:
    """Return a successor table as pairs."""
    return [(before, after) for before, afters in followers.items() for after in afters]


def _graph(
    pairs: Iterable[tuple[ItemT, ItemT]], items: Iterable[ItemT]
) -> tuple[dict[ItemT, int], dict[ItemT, list[ItemT]]]:
    """Return how many items each one waits for, and who waits for it; pairs naming other items are left out."""
    followers: dict[ItemT, list[ItemT]] = {item: [] for item in items}
    waiting = dict.fromkeys(followers, 0)
    for before, after in dict.fromkeys(pairs):
        if before in followers and after in followers:
            followers[before].append(after)
            waiting[after] += 1
    return waiting, followers


def _release(done: Iterable[ItemT], waiting: dict[ItemT, int], followers: dict[ItemT, list[ItemT]]) -> list[ItemT]:
    """Return the items that waited only for the ones that are done."""
    released: list[ItemT] = []
    for item in done:
        for follower in followers[item]:
            waiting[follower] -= 1
            if not waiting[follower]:
                released.append(follower)
    return released


def _cycle_from(start: ItemT, followers: dict[ItemT, list[ItemT]], done: set[ItemT]) -> list[ItemT] | None:
    """Walk depth first from an item; return the cycle met, if any. `done` collects items that lead to none."""
    path: dict[ItemT, Iterator[ItemT]] = {}
    if start not in done:
        path[start] = iter(followers[start])
    while path:
        item = next(reversed(path))
        for follower in path[item]:
            if follower in path:
                members = list(path)
                return members[members.index(follower) :]
            if follower not in done:
                path[follower] = iter(followers[follower])
                break
        else:
            done.add(item)
            del path[item]
    return None


def _reachable(starts: Iterable[ItemT], followers: dict[ItemT, list[ItemT]]) -> set[ItemT]:
    seen: set[ItemT] = set()
    stack = list(starts)
    while stack:
        item = stack.pop()
        if item not in seen:
            seen.add(item)
            stack.extend(followers[item])
    return seen
