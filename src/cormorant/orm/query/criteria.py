"""with_loader_criteria(): conditions that hold wherever a class is selected from, joined to or loaded.

In: a mapped class, an alias or a mixin, and a condition or a function that makes one. Out: an option of statements, and
`Criteria`: what limits the rows of an entity in one statement, the criteria of single-table inheritance included. The
condition of each class is made when the option is, so that its values are part of the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from ...inspection import inspect
from ...sql.coercion import as_condition
from ...sql.node import ATOM, OPAQUE, TREE, Kind, hooks
from ..instance.manager import manager_of_class
from .adapt import Find, adapt, keep
from .inheritance import class_criteria
from .options import LoaderOption, UserDefinedOption


class LoaderCriteriaOption(LoaderOption):
    """A condition for all rows of a class; made by `with_loader_criteria()`."""

    _structure: ClassVar[Mapping[str, Kind]] = {
        "structure": TREE, "include_aliases": ATOM, "propagate_to_loaders": ATOM, "loader_only": ATOM,
        "targets": OPAQUE, "root_entity": OPAQUE, "entity": OPAQUE, "given": OPAQUE,
    }  # fmt: skip

    def __init__(
        self,
        entity_or_base: Any,
        where_criteria: Any,
        loader_only: bool = False,
        include_aliases: bool = False,
        propagate_to_loaders: bool = True,
        track_closure_variables: bool = True,
    ) -> None:
        found = inspect(entity_or_base, False)
        is_entity = bool(getattr(found, "is_mapper", False) or getattr(found, "is_aliased_class", False))
        self.entity = found if is_entity else None
        self.root_entity = None if is_entity else entity_or_base
        self.given = where_criteria
        self.include_aliases = include_aliases
        self.propagate_to_loaders: bool = propagate_to_loaders  # type: ignore[misc]
        self.loader_only = loader_only
        self._set_targets()

    def _set_targets(self) -> None:
        """Make the condition of each entity; a mixin concerns the classes below it, aliases of them included."""
        if self.entity is not None:
            entities = [self.entity]
        elif self.include_aliases and isinstance(self.root_entity, type):
            entities = list(_mappers_below(self.root_entity))
        else:
            entities = []
        self.targets: dict[Any, Any] = {entity: self._condition_for(entity) for entity in entities}
        self.structure = tuple([
            (entity.mapper, entity.selectable if entity.is_aliased_class else None, condition)
            for entity, condition in self.targets.items()
        ])  # fmt: skip

    def _condition_for(self, entity: Any) -> Any:
        is_function = callable(self.given) and not hasattr(self.given, "__clause_element__")
        return as_condition(self.given(entity.entity) if is_function else self.given)

    @property
    def where_criteria(self) -> Any:
        """The condition as it was given; None where a function makes it."""
        return None if callable(self.given) else self.given

    @property
    def deferred_where_criteria(self) -> bool:
        """Whether a function makes the condition of each class."""
        return callable(self.given)

    def get_global_criteria(self, attributes: dict[Any, Any]) -> None:
        """Add the option to a dictionary, by the mappers that it concerns."""
        for entity in self.targets:
            attributes.setdefault(("additional_entity_criteria", entity.mapper), []).append(self)

    def __reduce_ex__(self, protocol: Any) -> Any:
        return hooks.reduce["orm"](self)

    def condition_for(self, entity: Any) -> Any:
        """Return the condition for the rows of a mapper or aliased class, over the mapped table; None for others."""
        if not entity.is_aliased_class:
            return self.condition_of(entity)
        if entity in self.targets:
            return self.targets[entity]
        return self.condition_of(entity.mapper) if self.include_aliases else None

    def condition_of(self, mapper: Any) -> Any:
        """Return the condition for a mapper: its own, or that of the nearest class above it."""
        return next((self.targets[one] for one in mapper.iterate_to_root() if one in self.targets), None)


def _mappers_below(cls: type) -> Iterator[Any]:
    """Yield the mappers of all classes that derive from a class."""
    stack, seen = [cls], set[type]()
    while stack:
        one = stack.pop()
        if one in seen:
            continue
        seen.add(one)
        manager = manager_of_class(one)
        if manager is not None and manager.mapper is not None:
            yield manager.mapper
        stack += reversed(one.__subclasses__())


def with_loader_criteria(
    entity_or_base: Any,
    where_criteria: Any,
    loader_only: bool = False,
    include_aliases: bool = False,
    propagate_to_loaders: bool = True,
    track_closure_variables: bool = True,
) -> LoaderCriteriaOption:
    """Return an option that adds a condition wherever the rows of a class are selected, joined or loaded.

    `where_criteria` is a condition, or a function from a class to one. A mixin concerns all classes below it, if
    `include_aliases` is set. With `propagate_to_loaders` lazy and eager loads of the result's objects obey it, too.
    """
    return LoaderCriteriaOption(
        entity_or_base, where_criteria, loader_only, include_aliases, propagate_to_loaders, track_closure_variables
    )


class Criteria:
    """What limits the rows of each entity in one statement."""

    def __init__(self, options: Iterable[Any] = ()) -> None:
        given = tuple(options)
        self.options = tuple([option for option in given if isinstance(option, LoaderCriteriaOption)])
        carried = [one for one in given if isinstance(one, UserDefinedOption) and one.propagate_to_loaders]
        self.handed = (*self.options, *carried)
        """The options that eager loads have too; what objects keep of them is what is said to be propagated."""

    def of(self, entity: Any) -> tuple[Any, ...]:
        """Return the criteria of a mapper or aliased class."""
        if getattr(entity, "polymorphic_parent", None) is not None:
            return ()
        find = entity.adapt_column or keep
        return (*class_criteria(entity.mapper, find), *self.given(entity))

    def given(self, entity: Any) -> tuple[Any, ...]:
        """Return the criteria that options give to a mapper or aliased class."""
        return self._found(entity.adapt_column or keep, lambda option: option.condition_for(entity))

    def of_join(self, mapper: Any, find: Find) -> tuple[Any, ...]:
        """Return the criteria of a mapper that is joined, its columns seen through an alias that nobody named."""
        return (*class_criteria(mapper, find), *self._found(find, lambda option: option.condition_of(mapper)))

    def of_eager_join(self, mapper: Any, find: Find) -> tuple[Any, ...]:
        """Return the criteria of a mapper that is joined to be loaded along: those that are propagated to loaders."""

        def condition_in(option: LoaderCriteriaOption) -> Any:
            return option.condition_of(mapper) if option.propagate_to_loaders else None

        return (*class_criteria(mapper, find), *self._found(find, condition_in))

    def all_of(self, entities: Iterable[Any]) -> tuple[Any, ...]:
        """Return the criteria of several entities."""
        return tuple([criterion for entity in entities for criterion in self.of(entity)])

    def _found(self, find: Find, condition_in: Callable[[LoaderCriteriaOption], Any]) -> tuple[Any, ...]:
        if not self.options:
            return ()
        conditions = [condition_in(option) for option in self.options]
        return tuple([adapt(condition, find) for condition in conditions if condition is not None])


def everywhere_in(statement: Any) -> Criteria | None:
    """Return what limits the rows of entities in all SELECTs inside a statement; None where nothing does."""
    found = Criteria(statement.with_options)
    return found if found.options else None


NO_CRITERIA = Criteria()
"""The criteria of single-table inheritance alone."""
