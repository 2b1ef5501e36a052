"""Renderers of what stands in FROM: tables, aliases, subqueries, joins, samples.

In: a FROM element and the frame. Out: its text in FROM; before a column only its name is written (render_elements.py).
"""

from __future__ import annotations

from typing import Any

from ..sql.aliases import Alias, Lateral, Subquery, TableSample
from ..sql.fromclause import FromGrouping, TableClause, TextFrom
from ..sql.joins import Join
from ..sql.selectbase import SelectGrouping
from ..sql.simple import False_, True_
from ..types.operators import comma_op
from .frame import Frame, Placement, Renderer


def render_table(table: Any, frame: Frame) -> str:
    """`schema.name`."""
    return frame.preparer.format_table(table)


def render_alias(alias: Any, frame: Frame) -> str:
    """`element AS name`; the name is numbered before what stands inside."""
    name = frame.quoted_name(alias.name)
    source = alias.source
    if source.is_select_statement:
        return f"({render_placed(source, Placement.FROM, frame)}) AS {name}"
    return f"{frame.render(source)} AS {name}"


def render_subquery(subquery: Any, frame: Frame) -> str:
    """`(SELECT ..) AS name`."""
    name = frame.quoted_name(subquery.name)
    frame.placement = Placement.FROM
    return f"({frame.render(subquery.element)}) AS {name}"


def render_lateral(lateral: Any, frame: Frame) -> str:
    """`LATERAL (SELECT ..) AS name`."""
    name = frame.quoted_name(lateral.name)
    element = lateral.element
    text = render_placed(element, Placement.LATERAL, frame)
    return f"LATERAL {f'({text})' if element.is_select_statement else text} AS {name}"


def render_placed(statement: Any, placement: Placement, frame: Frame) -> str:
    """Return the text of a nested statement that is told where it stands."""
    frame.placement = placement
    return frame.render(statement)


def render_sample(sample: Any, frame: Frame) -> str:
    """`table AS name TABLESAMPLE method(argument) REPEATABLE (seed)`."""
    text = f"{render_alias(sample, frame)} TABLESAMPLE {frame.render(sample.sampling)}"
    return text if sample.seed is None else f"{text} REPEATABLE ({frame.render(sample.seed)})"


def render_join(join: Any, frame: Frame) -> str:
    """`left JOIN right ON condition`."""
    left = render_from_element(join.left, frame)
    right = render_from_element(join.right, frame)
    word = frame.dialect.join_words[_kind_of(join)]
    return f"{left}{word}{right} ON {render_condition(join.onclause, frame)}"


def _kind_of(join: Any) -> str:
    if join.full:
        return "full"
    return "outer" if join.isouter else "inner"


_CONSTANTS = frozenset((True_, False_))


def render_condition(node: Any, frame: Frame) -> str:
    """Return a condition: in parentheses if its operator has no precedence; a constant compared with 1 if need be."""
    text = frame.render(node.self_group(comma_op))
    is_constant = type(node) in _CONSTANTS and not frame.features.native_boolean
    return f"{text} = 1" if is_constant else text


def render_from_element(element: Any, frame: Frame) -> str:
    """Return an element of FROM with the hint that the statement gives it."""
    text = frame.render(element)
    hints = frame.outcome.get("hints")
    if hints:
        hint = hints.get(id(element))
        if hint is not None:
            return frame.dialect.hinted_table(text, hint)
    return text


def render_from_grouping(node: Any, frame: Frame) -> str:
    """A join in parentheses."""
    return f"({frame.render(node.element)})"


def render_text_from(node: Any, frame: Frame) -> str:
    """SQL text in FROM."""
    return frame.render(node.element)


def render_select_grouping(node: Any, frame: Frame) -> str:
    """A SELECT in parentheses."""
    return f"({frame.render(node.element)})"


FROMS: dict[type, Renderer] = {
    Alias: render_alias,
    FromGrouping: render_from_grouping,
    Join: render_join,
    Lateral: render_lateral,
    SelectGrouping: render_select_grouping,
    Subquery: render_subquery,
    TableClause: render_table,
    TableSample: render_sample,
    TextFrom: render_text_from,
}
