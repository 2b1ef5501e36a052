"""Nodes of statements: frozen values whose structure is interned, so that equal structures are one object.

In: the fields that a node class declares once in `_structure`. Out: everything that follows from the declaration --
`shape` (the interned structure, compared by identity), `refs` (the objects with an identity of their own that occur
below the node: bind parameters, anonymous selectables), children, copies, comparison and the key of a statement.

A shape never contains a value: values live in bind parameters, and those are found through `refs`. Two statements with
one shape can still differ in *which* of their binds or aliases are the same object (`a.id = a.x` against
`a.id = b.x`); `statement_key()` adds that pattern, numbered by first occurrence, where an object occurs twice.

This module knows nothing of SQL text, dialects, tables or mapped classes. Text is asked for through one slot,
`hooks.compile`, which the compile package fills.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable, Iterator, Mapping
from copy import deepcopy
from typing import Any, ClassVar, Protocol, Self, cast

from ..util import immutabledict, memoized, warn
from ..util.owned import own_path
from ..util.visit_names import VisitName
from .depth import find_structures_below
from .internal_traversal import fields_of
from .kinds import class_of
from .names import quoted_name
from .shapes import (
    ATOM,
    LINK,
    NODE,
    NODES,
    OPAQUE,
    TREE,
    TUPLE,
    TYPE,
    Kind,
    Shape,
    forget_shapes,
    grow,
    intern,
    known_shapes,
    shape_table_size,
    type_shape,
)

__all__ = [
    "ATOM",
    "LINK",
    "NODE",
    "NODES",
    "OPAQUE",
    "TREE",
    "TYPE",
    "Annotated",
    "Kind",
    "Node",
    "Shape",
    "annotate",
    "annotated_class",
    "deannotate",
    "forget_shapes",
    "hooks",
    "intern",
    "shape_table_size",
    "statement_key",
    "structure_of",
]

SEQUENCE: tuple[type[Any], ...] = (tuple, list)
DICTIONARY: type[Any] = dict


def tree_shape(value: Any, refs: list[Any]) -> Any:
    """Return the structural key of nested tuples and add the refs met below to `refs`."""
    if isinstance(value, Node):
        refs.extend(value.refs)
        return value.shape
    if isinstance(value, SEQUENCE):
        return tuple([tree_shape(item, refs) for item in value])
    if isinstance(value, DICTIONARY):
        return tuple([(name, tree_shape(value[name], refs)) for name in sorted(value)])
    return _leaf_shape(value, refs)


def atom_shape(value: Any) -> Any:
    """Return an atom as part of a key: a quoted name equals the plain one but is written in another way."""
    return (quoted_name, str(value), value.quote) if value.__class__ is quoted_name else value


def _leaf_shape(value: Any, refs: list[Any]) -> Any:
    shape = getattr(value, "shape", None)
    if type(shape) is Shape:
        refs.extend(value.refs)
        return shape
    kind = class_of(value)
    if kind is quoted_name:
        return atom_shape(value)
    if hasattr(kind, "result_type"):
        return type_shape(value)
    try:
        hash(value)
    except TypeError:
        return Shape(cacheable=False)
    return kind, value


MEMOS = ("_structured", "_items", "_froms")
"""What a statement remembers of itself, which a changed copy must not."""


class CompileHook(Protocol):
    """What the compile package puts into `hooks.compile`."""

    def __call__(self, node: Node, bind: Any = None, dialect: Any = None, **options: Any) -> Any: ...


class Hooks:
    """The slots through which higher rungs serve nodes."""

    compile: CompileHook | None = None
    describe_columns: dict[str, Callable[[Any], list[dict[str, Any]]]]
    """By plugin: what `column_descriptions` of a statement is."""
    reduce: dict[str, Callable[[Any], tuple[Any, ...]]]
    """By plugin: what a node becomes in a pickle."""

    def __init__(self) -> None:
        self.describe_columns = {}
        self.reduce = {}


hooks = Hooks()


class Node:
    """A value of the statement tree. Never changed after construction; `_copy()` makes a changed one.

    A class declares its fields in `_structure` (merged with those of its bases). A class outside the library that
    does not declare and does not say `inherit_cache = True` is correct but never cached.
    """

    __slots__ = ("__dict__", "__weakref__", "_inner_refs", "refs", "shape")

    __visit_name__: ClassVar[Any] = VisitName()
    """What visitors call nodes of the class."""
    _structure: ClassVar[Mapping[str, Kind]] = {}
    _fields: ClassVar[Mapping[str, Kind]] = {}
    _child_fields: ClassVar[tuple[tuple[str, Kind], ...]] = ()
    _memo_names: ClassVar[frozenset[str]] = frozenset()
    _structural: ClassVar[Callable[[Any], tuple[Shape, tuple[Any, ...]]]]
    _is_declared: ClassVar[bool] = True
    _is_plain_statement: ClassVar[bool] = False
    """Whether structure needs no more than the fields that were set: the quick way for SELECT and its like."""

    has_identity: ClassVar[bool] = False
    """Whether two equal nodes of the class are still two: binds, aliases, subqueries."""
    has_own_shape: ClassVar[bool] = False
    """Whether each object is a structure of its own: tables."""
    is_sparse: ClassVar[bool] = False
    """Whether defaults live on the class and the instance dictionary holds only the fields that were set."""
    is_bind: ClassVar[bool] = False
    plugin: ClassVar[str | None] = None
    """Which lowering a statement holding this node needs before it is rendered."""
    inherit_cache: ClassVar[bool | None] = None

    shape: Shape
    refs: tuple[Any, ...]
    _inner_refs: tuple[Any, ...]
    _annotations: Mapping[str, Any] = {}
    _structured: tuple[Shape, tuple[Any, ...]] | None = None
    """Shape and refs of a statement, once `statement_key()` was asked for."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        fields: dict[str, Kind] = {}
        memo_names: set[str] = set(MEMOS)
        for base in reversed(cls.__mro__):
            fields.update(base.__dict__.get("_structure", ()))
            fields.update(fields_of(base.__dict__.get("_traverse_internals", ())))
            own, stored = _memo_names_of(base)
            memo_names |= own
            memo_names -= stored
        cls._fields = fields
        cls._child_fields = tuple([(name, kind) for name, kind in fields.items() if kind in (NODE, NODES, TREE)])
        cls._memo_names = frozenset(memo_names)
        says = cls.__dict__.get("inherit_cache")
        declares = "_structure" in cls.__dict__ or "_traverse_internals" in cls.__dict__
        cls._is_declared = bool(says) or (declares and says is not False) or _is_ours(cls)
        cls._is_plain_statement = cls.is_sparse and cls._is_declared and not cls.has_identity and not cls.has_own_shape
        if cls.has_identity and "refs" not in cls.__dict__:
            setattr(cls, "refs", property(_own_refs))  # noqa: B010 - in place of the slot
        cls._structural = _sparse_structure if cls.is_sparse else _generated_structure

    def __getattr__(self, name: str) -> Any:
        if name == "shape":
            cls = type(self)
            if cls._is_plain_statement and not self._annotations:
                try:
                    self.shape, self.refs = _sparse_structure(self)
                except RecursionError:
                    find_structures_below(self)
                    self.shape, self.refs = _sparse_structure(self)
                return self.shape
            return self._remember_structure(name)
        if name == "refs" or name == "_inner_refs":
            return self._remember_structure(name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def _remember_structure(self, wanted: str) -> Any:
        """Compute shape and refs once; a node with identity is its own ref, which is not stored: no cycle."""
        cls = type(self)
        try:
            shape, refs = self._find_structure(cls)
        except RecursionError:
            find_structures_below(self)
            shape, refs = self._find_structure(cls)
        self.shape = shape
        if cls.has_identity and not self._annotations:
            self._inner_refs = refs
        else:
            self.refs, self._inner_refs = refs, ()
        return object.__getattribute__(self, wanted)

    def _find_structure(self, cls: type[Node]) -> tuple[Shape, tuple[Any, ...]]:
        if self._annotations:
            return _annotated_structure(self, self._annotations)
        if cls.has_own_shape:
            return Shape(cls.plugin), ()
        shape, refs = cls._structural(self)
        if not cls._is_declared:
            _warn_undeclared(cls)
            return Shape(shape.plugin, cacheable=False), refs
        return shape, refs

    def _copy(self, **changes: Any) -> Self:
        """Return a node of the same class with some fields changed; nothing remembered is carried over."""
        new = object.__new__(type(self))
        values = self.__dict__.copy()
        for name in type(self)._memo_names:
            if name in values:
                del values[name]
        if changes and "_original" in values:
            values["_original"] = values["_original"]._copy(**changes)
        values.update(changes)
        new.__dict__.update(values)
        return new

    def __copy__(self) -> Self:
        return self._copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        made = object.__new__(type(self))
        memo[id(self)] = made
        made.__setstate__(deepcopy(self.__getstate__(), memo))
        return made

    def __reduce_ex__(self, protocol: Any) -> Any:
        plugin = self.shape.plugin
        reduce = None if plugin is None else hooks.reduce.get(plugin)
        return super().__reduce_ex__(protocol) if reduce is None else reduce(self)

    def __getstate__(self) -> dict[str, Any]:
        memo_names = type(self)._memo_names
        return {name: value for name, value in self.__dict__.items() if name not in memo_names}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def _children(self) -> Iterator[Node]:
        """Yield the nodes directly below, in the order of the declaration."""
        for name, kind in type(self)._child_fields:
            value = getattr(self, name, None)
            if kind is NODE:
                if value is not None:
                    yield value
            elif kind is NODES:
                yield from value or ()
            else:
                yield from _nodes_in(value)

    def _map_children(self, function: Callable[[Node], Node]) -> Self:
        """Return this node with `function` applied to each child; itself where no child changes."""
        changes: dict[str, Any] = {}
        for name, _ in type(self)._child_fields:
            value = getattr(self, name, None)
            mapped = _map_tree(value, function)
            if mapped is not value:
                changes[name] = mapped
        return self._copy(**changes) if changes else self

    def is_same(self, other: Any) -> bool:
        """Tell whether two nodes have one structure and the same values in their binds."""
        if not isinstance(other, Node):
            return False
        mine, my_binds = statement_key(self)
        its, its_binds = statement_key(other)
        return mine is not None and mine == its and [b.value for b in my_binds] == [b.value for b in its_binds]


_memo_names_by_base: weakref.WeakKeyDictionary[type, tuple[frozenset[str], frozenset[str]]] = (
    weakref.WeakKeyDictionary()
)


def _memo_names_of(base: type) -> tuple[frozenset[str], frozenset[str]]:
    """Return which names the body of a class remembers, and which ones it stores for good."""
    found = _memo_names_by_base.get(base)
    if found is None:
        own = [name for name, value in base.__dict__.items() if isinstance(value, memoized)]
        found = _memo_names_by_base[base] = frozenset(own), base.__dict__.get("_stored", frozenset())
    return found


def _is_ours(cls: type) -> bool:
    return own_path(cls) is not None


_warned: set[type] = set()


def _warn_undeclared(cls: type) -> None:
    if cls in _warned or cls.__dict__.get("inherit_cache") is False:
        return
    _warned.add(cls)
    warn(
        f"Class {cls.__name__} will not make use of SQL compilation caching as it does not set the 'inherit_cache' "
        "attribute to ``True``; set it where the class adds nothing to the SQL beyond what its base declares, or to "
        "``False`` to silence this warning"
    )


def _annotated_structure(node: Any, annotations: Mapping[str, Any]) -> tuple[Shape, tuple[Any, ...]]:
    original: Node = node._original
    found = list(original.refs)
    key = tuple([(name, tree_shape(annotations[name], found)) for name in sorted(annotations)])
    return intern((Annotated, original.shape, key)), tuple(found)


def _nodes_in(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, SEQUENCE):
        for item in value:
            yield from _nodes_in(item)
    elif isinstance(value, DICTIONARY):
        for item in value.values():
            yield from _nodes_in(item)


def _map_tree(value: Any, function: Callable[[Node], Node]) -> Any:
    if isinstance(value, Node):
        return function(value)
    if isinstance(value, TUPLE):
        mapped = tuple([_map_tree(item, function) for item in value])
        return value if all(a is b for a, b in zip(value, mapped, strict=True)) else mapped
    if isinstance(value, DICTIONARY):
        changed = {name: _map_tree(item, function) for name, item in value.items()}
        return value if all(changed[name] is item for name, item in value.items()) else immutabledict(changed)
    return value


def _sparse_structure(self: Node) -> tuple[Shape, tuple[Any, ...]]:
    """Return shape and refs of a node that holds only the fields that were set."""
    cls = type(self)
    fields = cls._fields
    key: list[Any] = [cls]
    refs: tuple[Any, ...] = ()
    for name, value in self.__dict__.items():
        kind = fields.get(name, OPAQUE)
        if kind is NODES:
            key.append(name)
            for node in value:
                key.append(node.shape)
                more = node.refs
                if more:
                    refs = refs + more if refs else more
        elif kind is not OPAQUE:
            part, more = _field_structure(kind, value)
            key += (name, part)
            refs += more
    found = tuple(key)
    return known_shapes.get(found) or grow(found), refs


def _field_structure(kind: Kind, value: Any) -> tuple[Any, tuple[Any, ...]]:
    if kind is ATOM:
        return atom_shape(value), ()
    if kind is TYPE:
        return type_shape(value), ()
    if kind is TREE:
        refs: list[Any] = []
        return tree_shape(value, refs), tuple(refs)
    return (None, ()) if value is None else (value.shape, value.refs)


_FIELD_CODE = {
    NODE: ("    v = self.{name}\n    k{i} = None if v is None else v.shape\n    if v is not None: refs += v.refs\n"),
    LINK: ("    v = self.{name}\n    k{i} = None if v is None else v.shape\n    if v is not None: refs += v.refs\n"),
    NODES: ("    v = self.{name}\n    k{i} = tuple([n.shape for n in v])\n    for n in v:\n        refs += n.refs\n"),
    ATOM: "    k{i} = self.{name}\n    if k{i}.__class__ is quoted_name: k{i} = atom_shape(k{i})\n",
    TYPE: "    k{i} = type_shape(self.{name})\n",
    TREE: "    found = []\n    k{i} = tree_shape(self.{name}, found)\n    refs += tuple(found)\n",
}


def _generated_structure(self: Node) -> tuple[Shape, tuple[Any, ...]]:
    """Write the function of a class when the first of its instances needs it, and call it."""
    cls = type(self)
    cls._structural = _generate_structure(cls)
    return cls._structural(self)


def _generate_structure(cls: type[Node]) -> Callable[[Any], tuple[Shape, tuple[Any, ...]]]:
    """Write the straight-line function that computes shape and refs for the declared fields of a class."""
    named = [(name, kind) for name, kind in cls._fields.items() if kind is not OPAQUE]
    body = "".join(_FIELD_CODE[kind].format(name=name, i=i) for i, (name, kind) in enumerate(named))
    key = ", ".join(["cls", *(f"k{i}" for i in range(len(named)))])
    source = f"def structure(self):\n    refs = ()\n{body}    return intern(({key},)), refs\n"
    names: dict[str, Any] = {
        "cls": cls,
        "intern": intern,
        "type_shape": type_shape,
        "tree_shape": tree_shape,
        "atom_shape": atom_shape,
        "quoted_name": quoted_name,
    }
    exec(compile(source, f"<structure of {cls.__name__}>", "exec"), names)
    function: Callable[[Any], tuple[Shape, tuple[Any, ...]]] = names["structure"]
    return function


class Annotated:
    """Mark of the generated classes whose instances carry annotations and stand for an unannotated original."""

    _original: Node

    def __hash__(self) -> int:
        return hash(self._original)

    def __reduce__(self) -> tuple[Any, ...]:
        """Become the original and the annotations: the class is a generated one, which no module has."""
        annotations: Mapping[str, Any] = cast("Any", self)._annotations
        for value in annotations.values():
            named: tuple[Any, ...] | None = getattr(value, "name_annotated", _nobody)(self, annotations)
            if named is not None:
                return named
        return annotate, (self._original, dict(annotations))

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        make, given = self.__reduce__()
        copied = deepcopy(given, memo)
        return self if all(a is b for a, b in zip(given, copied, strict=True)) else make(*copied)


def _nobody(node: Annotated, annotations: Mapping[str, Any]) -> None:
    """What annotations say of a node's name that know none."""


def _has_same_original(self: Any, other: object) -> bool:
    return self is other or (isinstance(other, Node) and deannotate(self) is deannotate(other))


_annotated_classes: dict[Any, type[Any]] = {}


def annotated_class(cls: Any) -> type[Any]:
    """Return the class of annotated copies of `cls`, made once."""
    if issubclass(cls, Annotated):
        known: type[Any] = cls
        return known
    made = _annotated_classes.get(cls)
    if made is None:
        flags: dict[str, Any] = {"inherit_cache": True, "__module__": cls.__module__, "__slots__": ()}
        flags["refs"] = Node.__dict__["refs"]
        if cls.__eq__ is object.__eq__:
            flags["__eq__"], flags["__hash__"] = _has_same_original, Annotated.__hash__
        made = _annotated_classes.setdefault(cls, type(f"Annotated{cls.__name__}", (Annotated, cls), flags))
    return made


def annotate(node: Any, annotations: Mapping[str, Any]) -> Any:
    """Return a copy of the node that carries more annotations; it hashes like its original."""
    if not annotations:
        return node
    values = node._copy().__dict__
    new: Any = object.__new__(annotated_class(class_of(node)))
    fields: dict[str, Any] = new.__dict__
    fields.update(values)
    fields["_annotations"] = {**node._annotations, **annotations}
    fields["_original"] = node.__dict__.get("_original", node)
    return new


def _own_refs(self: Node) -> tuple[Node]:
    """The refs of a node with identity: itself."""
    return (self,)


def deannotate(node: Any) -> Any:
    """Return the original of an annotated node, or the node itself."""
    return node._original if node._annotations else node


def statement_key(node: Node) -> tuple[Hashable | None, tuple[Any, ...]]:
    """Return the key under which a statement's plan is kept, and its bind parameters in the order of the plan.

    The key is None for a statement that must not be cached. Binds come in the order of first occurrence, which is
    the same for all statements with the same key.
    """
    shape, refs = node._structured or structure_of(node)
    if not refs or (len(refs) == 1 and refs[0].is_bind):
        return (shape if shape.cacheable else None), refs
    numbers: dict[int, int] = {}
    binds: list[Any] = []
    repeats: list[tuple[int, int]] = []
    _number_refs(refs, numbers, binds, repeats)
    if not shape.cacheable:
        return None, tuple(binds)
    return ((shape, tuple(repeats)) if repeats else shape), tuple(binds)


def structure_of(node: Node) -> tuple[Shape, tuple[Any, ...]]:
    """Return shape and refs; a statement keeps the pair in its dictionary: to ask an empty slot costs more."""
    if not node._is_plain_statement or node._annotations:
        return node.shape, node.refs
    structured = node._structured
    if structured is None:
        structured = node.shape, node.refs = node._structured = _sparse_structure(node)
    return structured


def _number_refs(
    refs: tuple[Any, ...], numbers: dict[int, int], binds: list[Any], repeats: list[tuple[int, int]]
) -> None:
    pending = [iter(refs)]
    while pending:
        for ref in pending[-1]:
            number = numbers.get(id(ref))
            if number is not None:
                repeats.append((len(numbers) + len(repeats), number))
                continue
            numbers[id(ref)] = len(numbers) + len(repeats)
            if ref.is_bind:
                binds.append(ref)
            elif inner := ref._inner_refs:
                pending.append(iter(inner))
                break
        else:
            pending.pop()
