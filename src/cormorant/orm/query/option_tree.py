"""Options of a statement become one tree per root entity.

In: the Load nodes of a statement and its root entities. Out: a `Branch` per root. Raises ArgumentError for a path that
starts at no root, LoaderStrategyException for an option that does not fit its attribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ...exc import ArgumentError, InvalidRequestError
from ..instance.errors import LoaderStrategyException
from .branch import EMPTY, OTHERS, WILDCARD, Branch, BranchBuilder, Choice, Strategy
from .option_steps import OptionStep, PathPart, is_entity_of
from .options import Load

STRATEGY_NAMES = {
    Strategy.LAZY: "lazy loader",
    Strategy.PEERS: "peer loader",
    Strategy.JOINED: "joined loader",
    Strategy.SELECTIN: "selectin loader",
    Strategy.SUBQUERY: "subquery loader",
    Strategy.IMMEDIATE: "immediate loader",
    Strategy.CONTAINS: "joined loader",
}


def branches_for(
    options: Iterable[Any], roots: Sequence[Any], criteria: tuple[Any, ...] = (), settled: int = 0
) -> dict[Any, Branch]:
    """Return the options of each root entity (a mapper or an aliased entity); `criteria` hold for all of them.

    So many options as are `settled` may fit no entity.
    """
    loads = [
        one for place, one in enumerate(options) if isinstance(one, Load) and (place >= settled or fits(one, roots))
    ]
    if not loads and not criteria:
        return {}
    builders = {root: BranchBuilder() for root in roots}
    for option in loads:
        for step in option.steps:
            _apply(step, option.root, roots, builders)
    built = {root: builder.build() for root, builder in builders.items()}
    if criteria:
        return {root: replace(branch, criteria=criteria, memo={}) for root, branch in built.items()}
    return built


def fits(option: Load, roots: Sequence[Any]) -> bool:
    """Tell whether the entities that an option begins with are there."""
    starts = [(step.path[0].entity if step.path else None) or option.root for step in option.steps]
    return all(start is None or any(is_entity_of(start, root) for root in roots) for start in starts)


def branch_for_root(options: Iterable[Any], root: Any) -> Branch:
    """Return the options of a statement about one entity."""
    return branches_for(options, [root]).get(root, EMPTY)


def _apply(step: OptionStep, load_root: Any, roots: Sequence[Any], builders: dict[Any, BranchBuilder]) -> None:
    start = (step.path[0].entity if step.path else None) or load_root
    if start is None:
        for root in roots:
            _apply_at(step, root, builders[root])
        return
    fitting = [root for root in roots if is_entity_of(start, root)]
    if not fitting and not step.is_optional and not step.subclasses:
        raise _no_root(step, start, roots)
    for root in fitting:
        _apply_at(step, root, builders[root])


def _apply_at(step: OptionStep, root: Any, builder: BranchBuilder) -> None:
    """Walk from a root along the path and note the choice at its end."""
    entity = root
    for part in step.path if step.subclasses else step.path[:-1]:
        _check_relationship(entity, part, Strategy.DEFAULT)
        builder = builder.under(part.key)
        entity = part.target or _owner(entity, part).relationships[part.key].mapper
    if step.subclasses:
        builder.subclasses += step.subclasses
        return
    last = step.path[-1]
    _check_conflict(step, last, builder)
    if step.expression is not None:
        builder.expressions[last.key] = step.expression
    elif step.choice is None:
        _choose_column(step, entity, last, builder)
    else:
        _choose_relationship(step.choice, entity, last, builder)


def _check_conflict(step: OptionStep, part: PathPart, builder: BranchBuilder) -> None:
    """Raise InvalidRequestError where an option before has said something else of the attribute."""
    decided = step.columns if step.choice is None else step.choice
    if (
        part.key == WILDCARD
        or decided is None
        or (step.choice is not None and step.choice.strategy is Strategy.DEFAULT)
    ):
        return
    if isinstance(decided, Choice):
        decided = replace(decided, target=None)  # of_type() says what is loaded, not how
    known = builder.decided.get(part.key)
    if known is not None and known[1] != decided:
        raise InvalidRequestError(
            f"Loader strategy replacement {step} is in conflict with existing strategy {known[0]}"
        )
    builder.decided[part.key] = (step, decided)


def _owner(entity: Any, part: PathPart) -> Any:
    """Return the mapper that has an attribute: that of the entity, or of a subclass that an option names."""
    mapper = entity.mapper
    if part.key not in mapper.properties and part.entity is not None and part.entity.mapper.isa(mapper):
        mapper = part.entity.mapper
    return mapper


def _choose_column(step: OptionStep, entity: Any, part: PathPart, builder: BranchBuilder) -> None:
    if part.entity is not None and part.key in _owner(entity, part).relationships:
        raise _wrong_kind("deferred column loader" if step.name == "defer" else "column loader", part, "relationship")
    assert step.columns is not None
    if step.name == "load_only" and not entity.is_aliased_class and part.entity is not None:
        named = part.entity.mapper
        for prop in (entity.mapper if entity.mapper.isa(named) else named).column_attrs:
            builder.columns[f"{OTHERS}{prop.key}"] = step.columns
    else:
        builder.columns[part.key] = step.columns


def _choose_relationship(choice: Choice, entity: Any, part: PathPart, builder: BranchBuilder) -> None:
    if part.key == WILDCARD:
        if part.entity is None:
            builder.choices[WILDCARD] = choice
            builder.everywhere = choice
        return
    _check_relationship(entity, part, choice.strategy)
    if choice.depth:
        _check_recursion(_owner(entity, part).relationships[part.key])
    if choice.strategy is Strategy.DEFAULT:
        known = builder.choices.get(part.key)
        if known is not None or not (part.target or part.criteria):
            return
    builder.choices[part.key] = replace(choice, target=choice.target or part.target, criteria=part.criteria)


def _check_recursion(relationship: Any) -> None:
    if not relationship.mapper.common_parent(relationship.parent):
        raise InvalidRequestError(
            f"recursion_depth option on relationship {relationship} not valid for non-self-referential relationship"
        )


def _check_relationship(entity: Any, part: PathPart, strategy: Strategy) -> None:
    if part.key not in _owner(entity, part).relationships:
        raise _wrong_kind(STRATEGY_NAMES.get(strategy, strategy.value), part, "column property")


def _wrong_kind(loader: str, part: PathPart, kind: str) -> LoaderStrategyException:
    wanted = "column property" if kind == "relationship" else "relationship property"
    return strategy_error(
        f'Can\'t apply "{loader}" strategy to property "{part}", which is a "{kind}"; this loader strategy is intended '
        f'to be used with a "{wanted}".'
    )


def strategy_error(text: str) -> LoaderStrategyException:
    """Return the error for an option that does not fit its attribute."""
    error = LoaderStrategyException.__new__(LoaderStrategyException)
    InvalidRequestError.__init__(error, text)
    return error


def _no_root(step: OptionStep, start: Any, roots: Sequence[Any]) -> ArgumentError:
    if not roots:
        return ArgumentError(
            f"Query has only expression-based entities; attribute loader option {step} can't be applied here."
        )
    return ArgumentError(
        f"Mapped class {_name(start)} referenced in option {step} does not apply to any of the root entities in this "
        f"query, e.g. {_name(roots[0])}. Please specify the full path from one of the root entities to the target "
        "attribute. "
    )


def _name(entity: Any) -> str:
    name: str = entity.class_.__name__
    return f"aliased({name})" if getattr(entity, "is_aliased_class", False) else name
