"""The order of a flush: which group of rows must be written before which.

In: the changes of a flush. Out: its groups -- saves and deletes of a mapper, link rows of a relationship -- in an order
that honours the relationships' dependencies. Groups that wait for nothing come first; groups that could come at the
same time follow the names of their classes, deletes before saves. Where mappers wait for each other (trees, mutual
references) their groups are split into single objects, ordered by who refers to whom, and joined again level by level.

The graph between mappers is made once per set of mappers; only split groups look at objects. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from ...exc import CircularDependencyError
from ...util import topological
from ..instance.state import InstanceState
from .changes import Changes
from .links import wiring_of


class Vertex(NamedTuple):
    """A group: kind, the mapper or relationship it is about, and the one state where the group was split."""

    kind: str
    subject: Any
    state: InstanceState | None = None

    def __str__(self) -> str:
        name = self.subject.class_.__name__ if hasattr(self.subject, "class_") else self.subject.key
        return f"{self.kind} {name if self.state is None else self.state.name}"


class Group(NamedTuple):
    """States that are saved or deleted together, or a relationship whose link rows are written.

    `new` are in the order in which they came, `rows` sorted by primary key; `new` is empty for deletes.
    """

    kind: str
    subject: Any
    new: tuple[InstanceState, ...] = ()
    rows: tuple[InstanceState, ...] = ()


RANKS = {"unlink": 0, "delete": 0, "link": 1, "release": 1, "save": 2}
"""Which kinds come first among groups that could come at the same time. A release writes nothing: children that a
deleted parent lets go of are saved one level later than what waits for nothing."""
BARRIER = Vertex("link", None)
"""Stands between all single saves and all single deletes, so that these need no edge each."""


class MapperOrder(NamedTuple):
    """The order between the groups of some mappers, which every flush of these mappers has."""

    vertices: list[Vertex]
    """All groups, in order where `split` is empty."""
    edges: list[tuple[Vertex, Vertex]]
    split: set[Any]
    """Mappers that wait for each other, whose groups must be split into single objects."""


def order_groups(changes: Changes) -> list[Group]:
    """Return the groups of a flush in the order in which they are written; raises CircularDependencyError."""
    order = _mapper_order(changes)
    if order.split:
        return _order_split(changes, *order)
    return [_whole_group(vertex, changes) for vertex in order.vertices if vertex.kind != "release"]


def _mapper_order(changes: Changes) -> MapperOrder:
    """Return the order between mappers; it is kept with the plans of the first mapper."""
    first = next(iter(changes.saved or changes.deleted), None)
    if first is None:
        return _make_order(changes)
    key: Any = "flush order"
    if len(changes.saved) > 1 or changes.deleted or changes.link_rows:
        key = (key, *changes.saved, None, *changes.deleted, None, *changes.link_rows, None, *changes.unlinked)
    found: MapperOrder | None = first.plans.get(key)
    if found is None:
        found = first.plans[key] = _make_order(changes)
    return found


def _make_order(changes: Changes) -> MapperOrder:
    vertices, edges = _mapper_graph(changes)
    split = {v.subject for v in topological.find_cycles(edges, vertices) if v.kind in ("save", "delete")}
    return MapperOrder(vertices if split else _levels(vertices, edges), edges, split)


def _levels(vertices: Iterable[Vertex], edges: Iterable[tuple[Vertex, Vertex]]) -> list[Vertex]:
    return [v for level in topological.levels(edges, sorted(vertices, key=_rank)) for v in level]


def _rank(vertex: Vertex) -> tuple[Any, ...]:
    if vertex is BARRIER:
        return (RANKS["link"], "", "", "")
    is_mapper = vertex.kind in ("save", "delete")
    mapper = vertex.subject if is_mapper else vertex.subject.parent
    base = (RANKS[vertex.kind], mapper.class_.__module__, mapper.class_.__name__)
    return base if is_mapper else (*base, vertex.subject.key)


def sort_rows(states: Iterable[InstanceState]) -> tuple[InstanceState, ...]:
    """Sort states by primary key; keys that have no order among themselves are sorted by their text."""
    found = list(states)
    if len(found) < 2:
        return tuple(found)
    try:
        found.sort(key=_pk_of)
    except TypeError:
        found.sort(key=lambda state: str(state.pk))
    return tuple(found)


_pk_of = attrgetter("pk")


# --- the graph between mappers


def _mapper_graph(changes: Changes) -> tuple[list[Vertex], list[tuple[Vertex, Vertex]]]:
    vertices = [Vertex("save", mapper) for mapper in changes.saved]
    vertices += [Vertex("delete", mapper) for mapper in changes.deleted]
    vertices += [Vertex("link", relationship) for relationship in changes.link_rows]
    vertices += [Vertex("unlink", relationship) for relationship in changes.unlinked]
    involved = dict.fromkeys([*changes.saved, *changes.deleted])
    edges = [(Vertex("save", m), Vertex("delete", m)) for m in involved]
    for relationship in _relationships(involved):
        edges += _dependencies(relationship)
        if relationship.direction.name == "ONETOMANY" and relationship.parent.base_mapper in changes.deleted:
            release = Vertex("release", relationship)
            vertices.append(release)
            edges.append((release, Vertex("save", relationship.mapper.base_mapper)))
    return vertices, edges


def _relationships(base_mappers: Iterable[Any]) -> Iterator[Any]:
    for base in base_mappers:
        for mapper in base.self_and_descendants:
            for relationship in mapper.relationships:
                if relationship.parent is mapper and not relationship.viewonly:
                    yield relationship


def _dependencies(relationship: Any) -> list[tuple[Vertex, Vertex]]:
    """Return the edges that a relationship adds: referenced rows are saved first and deleted last."""
    parent, target = relationship.parent.base_mapper, relationship.mapper.base_mapper
    if relationship.direction.name == "MANYTOMANY":
        link = Vertex("link", relationship)
        before = [(Vertex("save", mapper), link) for mapper in (parent, target)]
        unlink = Vertex("unlink", relationship)
        return before + [(first, Vertex("delete", mapper)) for mapper in (parent, target) for first in (link, unlink)]
    if relationship.post_update:
        return []
    referenced, referring = (target, parent) if relationship.direction.name == "MANYTOONE" else (parent, target)
    return [
        (Vertex("save", referenced), Vertex("save", referring)),
        (Vertex("save", referenced), Vertex("delete", referring)),
        (Vertex("save", referring), Vertex("delete", referenced)),
        (Vertex("delete", referring), Vertex("delete", referenced)),
    ]


def _whole_group(vertex: Vertex, changes: Changes) -> Group:
    if vertex.kind in ("link", "unlink"):
        return Group(vertex.kind, vertex.subject)
    if vertex.kind == "delete":
        return Group("delete", vertex.subject, (), sort_rows(changes.deleted[vertex.subject]))
    saves = changes.saved[vertex.subject]
    rows = _sorted_updates(saves.rows, changes) if saves.rows else ()
    return Group("save", vertex.subject, tuple(saves.new), rows)


def _sorted_updates(states: Iterable[InstanceState], changes: Changes) -> tuple[InstanceState, ...]:
    """Sort states by the primary key of their row; a new one that takes over a row has that of its predecessor."""
    switches = changes.row_switches
    if not switches:
        return sort_rows(states)
    switched = [state for state in states if state in switches]
    return (*sort_rows(state for state in states if state not in switches), *switched)


# --- groups split into single objects


def _order_split(
    changes: Changes, vertices: list[Vertex], edges: list[tuple[Vertex, Vertex]], split: set[Any]
) -> list[Group]:
    singles = {v: _single_vertices(v, changes) if v.subject in split else [v] for v in vertices}
    all_vertices = [BARRIER, *(single for found in singles.values() for single in found)]
    all_edges = [
        (a, b)
        for before, after in edges
        if not (before.subject in split and after.subject in split)
        for a in singles.get(before, ())
        for b in singles.get(after, ())
    ]
    all_edges += [(v, BARRIER) if v.kind == "save" else (BARRIER, v) for v in all_vertices if v.state is not None]
    all_edges += _object_edges(changes, split)
    try:
        found = list(topological.levels(all_edges, sorted(all_vertices, key=_rank)))
    except topological.CycleError as error:
        raise _circular(error) from None
    return [group for level in found for group in _join_level(level, changes)]


def _single_vertices(vertex: Vertex, changes: Changes) -> list[Vertex]:
    states: Any = changes.deleted.get(vertex.subject, ())
    if vertex.kind == "save":
        states = [state for state, _ in changes.saved[vertex.subject].items()]
    return [Vertex(vertex.kind, vertex.subject, state) for state in states]


def _object_edges(changes: Changes, split: set[Any]) -> Iterator[tuple[Vertex, Vertex]]:
    for link in changes.links:
        if link.parent is not None and not link.wiring.post_update:
            yield _save_vertex(link.parent), _save_vertex(link.child)
    for referring, referenced in deleted_references(changes, split):
        yield _delete_vertex(referring), _delete_vertex(referenced)


def _save_vertex(state: InstanceState) -> Vertex:
    return Vertex("save", state.manager.mapper.base_mapper, state)


def _delete_vertex(state: InstanceState) -> Vertex:
    return Vertex("delete", state.manager.mapper.base_mapper, state)


def deleted_references(changes: Changes, split: set[Any]) -> Iterator[tuple[InstanceState, InstanceState]]:
    """Yield (referring, referenced) for the objects that refer to a deleted one by foreign key value."""
    deleted = {
        (state.manager.identity_class, state.pk): state for base in split for state in changes.deleted.get(base, ())
    }
    if not deleted:
        return
    seen: set[Any] = set()
    for relationship in _relationships(split):
        if relationship.direction.name == "MANYTOMANY" or relationship.post_update:
            continue
        wiring = wiring_of(relationship)
        columns = tuple(target for _, target in wiring.pairs)
        is_many_to_one = relationship.direction.name == "MANYTOONE"
        referring = relationship.parent if is_many_to_one else relationship.mapper
        referenced = relationship.mapper if is_many_to_one else relationship.parent
        if (referring, columns, referenced) in seen:
            continue
        seen.add((referring, columns, referenced))
        yield from _referring_states(changes, deleted, referring, columns, referenced)


def _referring_states(
    changes: Changes, deleted: dict[Any, InstanceState], referring: Any, columns: tuple[str, ...], referenced: Any
) -> Iterator[tuple[InstanceState, InstanceState]]:
    base = referring.base_mapper
    identity_class = referenced.class_manager.identity_class
    for state in changes.deleted.get(base, ()):
        for values in (state.dict, {**state.dict, **state.committed}):
            key = tuple(values.get(column) for column in columns)
            parent = deleted.get((identity_class, key[0] if len(key) == 1 else key))
            if parent is not None and parent is not state:
                yield state, parent


def _join_level(level: list[Vertex], changes: Changes) -> Iterator[Group]:
    """Join the single objects of a level that belong to one mapper and kind."""
    joined: dict[tuple[str, Any], list[InstanceState]] = {}
    for vertex in level:
        if vertex is BARRIER or vertex.kind == "release":
            continue
        if vertex.state is None:
            yield _whole_group(vertex, changes)
        else:
            joined.setdefault((vertex.kind, vertex.subject), []).append(vertex.state)
    for (kind, subject), states in joined.items():
        if kind == "delete":
            yield Group(kind, subject, (), sort_rows(states))
            continue
        new = changes.saved[subject].new
        rows = [state for state in states if state not in new]
        yield Group(kind, subject, tuple(s for s in states if s in new), _sorted_updates(rows, changes))


def _circular(error: topological.CycleError) -> CircularDependencyError:
    way = " -> ".join(str(vertex) for vertex in [*error.cycle, error.cycle[0]])
    return CircularDependencyError(
        f"Circular dependency detected: {way}. Give one of the relationships post_update=True, so that its foreign key "
        "is set after both rows exist.",
        set(error.cycle),
        set(zip(error.cycle, [*error.cycle[1:], error.cycle[0]], strict=True)),
    )
