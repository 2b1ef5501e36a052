"""Loader options: `joinedload(User.posts).selectinload(Post.comments)`, `load_only(..)`, `Load(User)...`.

In: class-bound attributes. Out: `Load` nodes, which take part in a statement's shape, so that statements with the same
options share a plan. What they mean for a statement is worked out by `option_tree` when the statement is lowered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from ...exc import ArgumentError
from ...sql.coercion import as_column
from ...sql.node import ATOM, NODES, OPAQUE, TREE, Kind, Node, hooks
from ...util import warn
from ...util.notices import SADeprecationWarning
from ..mapping.entity import polymorphic_of
from .branch import WILDCARD, Branch, Choice, ColumnChoice, Strategy
from .option_steps import (
    OptionStep,
    Path,
    PathPart,
    check_follows,
    check_root,
    column_parts,
    entity_of,
    is_entity_of,
    part_of,
)


class LoaderOption(Node):
    """What `Select.options()` takes."""

    propagate_to_loaders: ClassVar[bool] = False


class UserDefinedOption(LoaderOption):
    """An option of a program's own kind, which listeners of `do_orm_execute` find on the statement.

    With `propagate_to_loaders` they find it again on what is loaded for the objects later.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {"mark": ATOM, "payload": OPAQUE}
    payload: Any = None

    def __init_subclass__(cls, **kw: Any) -> None:
        if "inherit_cache" not in cls.__dict__:
            cls.inherit_cache = True
        super().__init_subclass__(**kw)

    def __init__(self, payload: Any = None) -> None:
        self.payload = payload

    @property
    def mark(self) -> Any:
        """What tells options apart that objects keep; all others are alike to a statement."""
        return UserMark(self) if self.propagate_to_loaders else None


class UserMark:
    """The identity of an option."""

    __slots__ = ("option",)

    def __init__(self, option: UserDefinedOption) -> None:
        self.option = option

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UserMark) and other.option is self.option

    def __hash__(self) -> int:
        return id(self.option)


class LoadFrom(LoaderOption):
    """What an entity's statement inherits when it is loaded for somebody else: options, and the way that led there.

    Used by the strategies, never by programs. `shares_columns` lets an entity use a column that is selected already;
    with `is_joined` the criteria of the entity stand in a join; with `is_lazy` nothing joins what the way has met.
    `criteria` are those of the branch, for their values.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {
        "branch": ATOM, "path": ATOM, "shares_columns": ATOM, "is_joined": ATOM, "is_lazy": ATOM,
        "criteria": NODES,
    }  # fmt: skip

    def __init__(
        self,
        branch: Branch,
        path: tuple[Any, ...] = (),
        shares_columns: bool = False,
        is_joined: bool = False,
        is_lazy: bool = False,
    ) -> None:
        self.branch = branch
        self.path = path
        self.shares_columns = shares_columns
        self.is_joined = is_joined
        self.is_lazy = is_lazy
        self.criteria = branch.criteria


class WithoutEagerLoads(LoaderOption):
    """Nothing is loaded along with the objects of a statement: `Query.enable_eagerloads(False)`."""

    _structure: ClassVar[Mapping[str, Kind]] = {}


NOLOAD = (
    "The noload() option is deprecated and will be removed in a future release.  This option produces incorrect "
    "results by returning ``None`` for related items."
)


class Load(LoaderOption):
    """Loader options from one entity on; `Load(User).joinedload(User.posts)`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"structure": TREE, "steps": OPAQUE, "path": OPAQUE, "root": OPAQUE}

    structure: tuple[Any, ...]
    """What the shape is made of."""
    steps: tuple[OptionStep, ...]
    path: Path
    """Where the next step continues."""
    root: Any
    """The entity given to Load(); None for options made by functions."""

    def __init__(self, entity: Any) -> None:
        self._set(entity_of(entity), (), ())

    def _set(self, root: Any, steps: tuple[OptionStep, ...], path: Path) -> None:
        self.root = root
        self.steps = steps
        self.path = path
        self.structure = (_structure_of_entity(root), tuple([_structure_of(step) for step in steps]))

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Options speak of mapped classes, whether or not their structure does."""
        return hooks.reduce["orm"](self)

    def __getstate__(self) -> dict[str, Any]:
        return {"root": self.root, "steps": self.steps, "path": self.path}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._set(**state)

    def _with(self, steps: tuple[OptionStep, ...], path: Path) -> Self:
        made = object.__new__(type(self))
        made._set(self.root, steps, path)
        return made

    def _extend(self, part: PathPart) -> Path:
        if self.path:
            check_follows(self.path[-1], part)
        elif self.root is not None:
            check_root(self.root, part)
        return (*self.path, part)

    def _check_below(self, part: PathPart) -> None:
        """Raise ArgumentError where an attribute belongs neither to the entity here nor to a subclass of it."""
        if self.path:
            check_follows(self.path[-1], part)
        elif self.root is not None and part.entity is not None and not is_entity_of(part.entity, self.root):
            check_root(self.root, part)

    def _relationship(self, name: str, keys: tuple[Any, ...], choice: Choice) -> Self:
        made = self
        for position, key in enumerate(keys):
            part = part_of(key)
            path = made._extend(part)
            is_last = position == len(keys) - 1
            step = OptionStep(name if is_last else "defaultload", path, choice if is_last else Choice(Strategy.DEFAULT))
            made = made._with((*made.steps, step), path)
        return made

    def _columns(self, name: str, keys: tuple[Any, ...], choice: ColumnChoice) -> Self:
        parts = [part for key in keys for part in ([key] if isinstance(key, PathPart) else column_parts(key))]
        if len({id(getattr(part.entity, "polymorphic_parent", None) or part.entity) for part in parts}) > 1:
            raise ArgumentError(
                "Can't apply wildcard ('*') or load_only() loader option to multiple entities in the same option. "
                "Use separate options per entity."
            )
        steps = [OptionStep(name, self._extend(part), columns=choice) for part in parts]
        return self._with((*self.steps, *steps), self.path)

    # --- how relationships and columns are loaded: each returns a new option

    def joinedload(self, attr: Any, innerjoin: bool | str | None = None) -> Self:
        """Load along with the parent by a LEFT OUTER JOIN, by an inner one with `innerjoin=True`."""
        return self._relationship("joinedload", (attr,), Choice(Strategy.JOINED, innerjoin=innerjoin))

    def selectinload(self, attr: Any, recursion_depth: int | None = None, chunksize: int | None = None) -> Self:
        """Load for all parents by one SELECT .. IN per chunk of parents."""
        choice = Choice(Strategy.SELECTIN, depth=recursion_depth, chunk=chunksize)
        return self._relationship("selectinload", (attr,), choice)

    def subqueryload(self, attr: Any) -> Self:
        """Load for all parents by one SELECT that holds the original one."""
        return self._relationship("subqueryload", (attr,), Choice(Strategy.SUBQUERY))

    def immediateload(self, attr: Any, recursion_depth: int | None = None) -> Self:
        """Load as lazy loading does, but at once."""
        return self._relationship("immediateload", (attr,), Choice(Strategy.IMMEDIATE, depth=recursion_depth))

    def lazyload(self, attr: Any) -> Self:
        """Load at the first access."""
        return self._relationship("lazyload", (attr,), Choice(Strategy.LAZY))

    def peerload(self, attr: Any) -> Self:
        """Load at the first access, for all objects of the result that are still in memory; also a deferred column."""
        part = part_of(attr)
        if part.entity is not None and part.key in part.entity.mapper.column_attrs:
            return self._columns("peerload", (part,), ColumnChoice.PEERS)
        return self._relationship("peerload", (attr,), Choice(Strategy.PEERS))

    def noload(self, attr: Any) -> Self:
        """Leave the attribute empty (deprecated)."""
        warn(NOLOAD, SADeprecationWarning)
        return self._relationship("noload", (attr,), Choice(Strategy.NOLOAD))

    def raiseload(self, attr: Any, sql_only: bool = False) -> Self:
        """Raise at access, with `sql_only` unless the value is in memory."""
        strategy = Strategy.RAISE_ON_SQL if sql_only else Strategy.RAISE
        return self._relationship("raiseload", (attr,), Choice(strategy))

    def defaultload(self, attr: Any) -> Self:
        """Leave the attribute as it is mapped, to go on with options below it."""
        return self._relationship("defaultload", (attr,), Choice(Strategy.DEFAULT))

    def contains_eager(self, attr: Any, alias: Any = None) -> Self:
        """Load from columns that the statement selects anyway, through its own join."""
        target = None if alias is None else entity_of(alias)
        return self._relationship("contains_eager", (attr,), Choice(Strategy.CONTAINS, target=target))

    def load_only(self, *attrs: Any, raiseload: bool = False) -> Self:
        """Load these columns and the primary key, no others."""
        others = ColumnChoice.RAISE if raiseload else ColumnChoice.DEFER
        chosen = self._columns("undefer", attrs, ColumnChoice.LOAD)
        entity = part_of(attrs[0]).entity
        return chosen._columns("load_only", (PathPart(entity, WILDCARD),), others)

    def defer(self, key: Any, raiseload: bool = False) -> Self:
        """Load the column at the first access."""
        return self._columns("defer", (key,), ColumnChoice.RAISE if raiseload else ColumnChoice.DEFER)

    def undefer(self, key: Any) -> Self:
        """Load the column with its object."""
        return self._columns("undefer", (key,), ColumnChoice.LOAD)

    def undefer_group(self, name: str) -> Self:
        """Load the deferred columns of a group with their object."""
        return self._columns("undefer_group", (PathPart(None, f"group:{name}"),), ColumnChoice.LOAD)

    def with_expression(self, key: Any, expression: Any) -> Self:
        """Load the attribute, declared by `query_expression()`, from an expression."""
        part = part_of(key)
        step = OptionStep("with_expression", self._extend(part), expression=as_column(expression))
        return self._with((*self.steps, step), self.path)

    def selectin_polymorphic(self, classes: Iterable[Any]) -> Self:
        """Load the columns of these subclasses by one SELECT .. IN for the objects of each."""
        mappers = tuple([entity_of(one) for one in classes])
        return self._with((*self.steps, OptionStep("selectin_polymorphic", self.path, subclasses=mappers)), self.path)

    def options(self, *opts: Load) -> Self:
        """Apply further options from here on: siblings, without repeating the path."""
        steps = list(self.steps)
        for option in opts:
            for step in option.steps:
                if step.path:
                    self._check_below(step.path[0])
                steps.append(step._replace(path=(*self.path, *step.path)))
        return self._with(tuple(steps), self.path)

    def __repr__(self) -> str:
        return f"<Load {', '.join(map(str, self.steps))}>"


def _structure_of_entity(entity: Any) -> Any:
    """Return what stands for an entity in a shape: its mapper, and the alias as a node with an identity."""
    if entity is None:
        return None
    is_alias = getattr(entity, "is_aliased_class", False)
    return (entity.mapper, entity.selectable if is_alias else None, polymorphic_of(entity) if is_alias else ())


def _structure_of(step: OptionStep) -> Any:
    parts = tuple([
        (_structure_of_entity(part.entity), part.key, _structure_of_entity(part.target), part.criteria)
        for part in step.path
    ])  # fmt: skip
    choice = step.choice
    if choice is None:
        return (parts, step.columns, step.subclasses, step.expression)
    details = (choice.strategy, choice.innerjoin, choice.depth, choice.chunk, _structure_of_entity(choice.target))
    return (parts, details)


def _unbound() -> Load:
    made = object.__new__(Load)
    made._set(None, (), ())
    return made


def _start(name: str, keys: tuple[Any, ...], choice: Choice) -> Load:
    if not keys:
        raise ArgumentError(f"{name}() takes a class-bound attribute, like {name}(User.posts)")
    return _unbound()._relationship(name, keys, choice)


def joinedload(*keys: Any, innerjoin: bool | str | None = None) -> Load:
    """Load along with the parent by a LEFT OUTER JOIN, by an inner one with `innerjoin=True`."""
    return _start("joinedload", keys, Choice(Strategy.JOINED, innerjoin=innerjoin))


def selectinload(*keys: Any, recursion_depth: int | None = None, chunksize: int | None = None) -> Load:
    """Load for all parents by one SELECT .. IN per chunk of parents."""
    return _start("selectinload", keys, Choice(Strategy.SELECTIN, depth=recursion_depth, chunk=chunksize))


def subqueryload(*keys: Any) -> Load:
    """Load for all parents by one SELECT that holds the original one."""
    return _start("subqueryload", keys, Choice(Strategy.SUBQUERY))


def immediateload(*keys: Any, recursion_depth: int | None = None) -> Load:
    """Load as lazy loading does, but at once."""
    return _start("immediateload", keys, Choice(Strategy.IMMEDIATE, depth=recursion_depth))


def lazyload(*keys: Any) -> Load:
    """Load at the first access."""
    return _start("lazyload", keys, Choice(Strategy.LAZY))


def peerload(*keys: Any) -> Load:
    """Load at the first access, for all objects of the result that are still in memory; also a deferred column."""
    if not keys:
        raise ArgumentError("peerload() takes a class-bound attribute, like peerload(User.posts)")
    made = _unbound()
    for key in keys[:-1]:
        made = made.defaultload(key)
    return made.peerload(keys[-1])


def raiseload(*keys: Any, sql_only: bool = False) -> Load:
    """Raise at access, with `sql_only` unless the value is in memory."""
    return _start("raiseload", keys, Choice(Strategy.RAISE_ON_SQL if sql_only else Strategy.RAISE))


def noload(*keys: Any) -> Load:
    """Leave the attribute empty (deprecated)."""
    warn(NOLOAD, SADeprecationWarning)
    return _start("noload", keys, Choice(Strategy.NOLOAD))


def defaultload(*keys: Any) -> Load:
    """Leave the attribute as it is mapped, to go on with options below it."""
    return _start("defaultload", keys, Choice(Strategy.DEFAULT))


def contains_eager(*keys: Any, alias: Any = None) -> Load:
    """Load from columns that the statement selects anyway, through its own join."""
    return _start("contains_eager", keys, Choice(Strategy.CONTAINS, target=None if alias is None else entity_of(alias)))


def with_expression(key: Any, expression: Any) -> Load:
    """Load the attribute, declared by `query_expression()`, from an expression."""
    return _unbound().with_expression(key, expression)


def selectin_polymorphic(base_cls: Any, classes: Iterable[Any]) -> Load:
    """Load the columns of these subclasses by one SELECT .. IN for the objects of each."""
    return Load(base_cls).selectin_polymorphic(classes)


def load_only(*attrs: Any, raiseload: bool = False) -> Load:
    """Load these columns and the primary key, no others."""
    if not attrs:
        raise ArgumentError("load_only() takes one or more class-bound attributes, like load_only(User.name)")
    return _unbound().load_only(*attrs, raiseload=raiseload)


def defer(key: Any, *, raiseload: bool = False) -> Load:
    """Load the column at the first access."""
    return _unbound().defer(key, raiseload=raiseload)


def undefer(key: Any) -> Load:
    """Load the column with its object."""
    return _unbound().undefer(key)


def undefer_group(name: str) -> Load:
    """Load the deferred columns of a group with their object."""
    return _unbound().undefer_group(name)
