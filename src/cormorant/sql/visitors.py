"""Walks over statements, and copies made on the way.

In: a node and functions by visit name, or one function. Out: nodes, or a changed copy that shares what did not change.
A visit name is the class name in snake case: `visit_name_of`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Self

from ..util.visit_names import visit_name_of_class
from .clause import ClauseElement
from .depth import rebuilt
from .internal_traversal import InternalTraversal as InternalTraversal
from .makers import makers
from .node import Node

Visitors = Mapping[str, Callable[[Any], Any]]
Visitable = Node
ExternallyTraversible = ClauseElement


def visit_name_of(node: Node) -> str:
    """Return the name under which visitors receive a node."""
    return visit_name_of_class(type(node))


def iterate(obj: Node | None, opts: Mapping[str, Any] | None = None) -> Iterator[Any]:
    """Yield the node and all nodes below it, level by level within each branch, parents first."""
    if obj is None:
        return
    yield obj
    queue: deque[Iterator[Node]] = deque([_below(obj)])
    while queue:
        for child in queue.popleft():
            yield child
            queue.append(_below(child))


def _below(node: Any) -> Iterator[Node]:
    """Yield the nodes directly below; of a SELECT, the elements of FROM too that only its columns name."""
    yield from node._children()
    if node.is_clause_element and node.is_select_statement and hasattr(node, "get_final_froms"):
        named = {id(child) for child in node._children()}
        yield from [one for one in node.get_final_froms() if id(one) not in named]


def iterate_depthfirst(obj: Node, opts: Mapping[str, Any] | None = None) -> Iterator[Any]:
    """Yield the nodes below the node and then the node itself, the deepest first."""
    for child in _below(obj):
        yield from iterate_depthfirst(child, opts)
    yield obj


def traverse_depthfirst(obj: Any, opts: Mapping[str, Any], visitors: Visitors) -> Any:
    """Call the visitors of all nodes below the node and then of the node; return the node."""
    return traverse_using(list(iterate_depthfirst(obj, opts)), obj, visitors)


def traverse_using(iterator: Iterable[Any], obj: Any, visitors: Visitors) -> Any:
    """Call the visitor of each node that an iterator yields; return `obj`."""
    for node in iterator:
        visit = visitors.get(visit_name_of(node))
        if visit is not None:
            visit(node)
    return obj


def traverse(obj: Any, opts: Mapping[str, Any], visitors: Visitors) -> Any:
    """Call the visitors of the node and all below it; return the node."""
    return traverse_using(iterate(obj, opts), obj, visitors)


def cloned_traverse(obj: Any, opts: Mapping[str, Any], visitors: Visitors) -> Any:
    """Return a copy of the node and all below it, whose visitors may change the copies in place."""
    stop_on = {id(one) for one in opts.get("stop_on", ())}

    def stay(node: Any) -> Any:
        return node if id(node) in stop_on else None

    def clone(node: Any, mapped: Any) -> Any:
        copy = mapped._copy()
        visit = visitors.get(visit_name_of(copy))
        if visit is not None:
            visit(copy)
        return copy

    return None if obj is None else rebuilt(obj, stay, clone)


def replacement_traverse(obj: Any, opts: Mapping[str, Any], replace: Callable[[Any], Any]) -> Any:
    """Return a copy in which each node for which `replace` returns one is replaced by it; the rest is shared."""
    stop_on = {id(one) for one in opts.get("stop_on", ())}
    kept: list[Any] = []

    def replaced(node: Any) -> Any:
        if id(node) in stop_on:
            return node
        found = replace(node)
        if found is not None:
            kept.append(found)
            stop_on.add(id(found))
        return found

    return None if obj is None else rebuilt(obj, replaced, lambda _, mapped: mapped)


def adapt(expression: Any, froms: tuple[Any, ...]) -> Any:
    """Return an expression in which columns are those that the given FROM elements have for them."""

    def replace(node: Any) -> Any:
        if not node.is_column or getattr(node, "table", None) is None:
            return None
        for from_ in froms:
            found = from_.corresponding_column(node)
            if found is not None:
                return found
        return None

    return replacement_traverse(expression, {}, replace)


class ClauseVisitor:
    """A visitor as a class: methods `visit_<name>`."""

    __traverse_options__: Mapping[str, Any] = {}
    _next: ClauseVisitor | None = None

    @property
    def visitor_iterator(self) -> Iterator[ClauseVisitor]:
        """The visitor itself and those chained after it."""
        visitor: ClauseVisitor | None = self
        while visitor is not None:
            yield visitor
            visitor = visitor._next

    def chain(self, visitor: ClauseVisitor) -> Self:
        """Let another visitor have, after this one, the nodes that this one has no method for."""
        list(self.visitor_iterator)[-1]._next = visitor
        return self

    @property
    def visitors(self) -> dict[str, Callable[[Any], Any]]:
        """The methods by visit name."""
        return {name[6:]: getattr(self, name) for name in dir(self) if name.startswith("visit_")}

    def traverse_single(self, obj: Any, **kw: Any) -> Any:
        """Visit one node by the first visitor of the chain that has a method for it; return what that returns."""
        for visitor in self.visitor_iterator:
            visit = visitor.visitors.get(visit_name_of(obj))
            if visit is not None:
                return visit(obj, **kw)
        return None

    def iterate(self, obj: Any) -> Iterator[Any]:
        """Yield the node and all nodes below it."""
        return iterate(obj, self.__traverse_options__)

    def traverse(self, obj: Any) -> Any:
        """Visit the node and all nodes below it."""
        return traverse(obj, self.__traverse_options__, self.visitors)


class CloningVisitor(ClauseVisitor):
    """A visitor that changes copies."""

    def traverse(self, obj: Any) -> Any:
        return cloned_traverse(obj, self.__traverse_options__, self.visitors)


class ReplacingCloningVisitor(CloningVisitor):
    """A visitor that puts other nodes in the place of some."""

    def replace(self, elem: Any) -> Any:
        """Return the node that replaces another, None for those that stay."""
        return None

    def traverse(self, obj: Any) -> Any:
        def replacement(node: Any) -> Any:
            for visitor in self.visitor_iterator:
                found = getattr(visitor, "replace", _keep)(node)
                if found is not None:
                    return found
            return None

        return replacement_traverse(obj, self.__traverse_options__, replacement)


def _keep(node: Any) -> None:
    """What a visitor that replaces nothing says of a node."""


def replace_table(element: Any, old: Any, new: Any) -> Any:
    """Return an element with a FROM element, and its columns, replaced by another."""

    def replacement(node: Any) -> Any:
        if node is old:
            return new
        if node.is_column and getattr(node, "table", None) is old:
            return new.corresponding_column(node)
        return None

    return replacement_traverse(element, {}, replacement)


ExternalTraversal = ClauseVisitor
makers.replace_table = replace_table
makers.adapt = adapt
