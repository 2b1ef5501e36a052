"""Renderers of SELECT and of what SELECTs are joined to: its list of columns, FROM, WHERE, ORDER BY, LIMIT, locks.

In: a statement and the frame, which says where it stands. Out: its text; if it gives the result of the whole statement,
the frame also gets its result columns.
"""

from __future__ import annotations

from typing import Any, cast

from ..exc import CompileError, InvalidRequestError
from ..sql.bind import BindParameter
from ..sql.compound import CompoundSelect
from ..sql.naming import LABEL_STYLE_LEGACY_ORM, LABEL_STYLE_TABLENAME_PLUS_COL, NamedItem
from ..sql.operations import AsBoolean, BinaryExpression, BooleanClauseList, Tuple, UnaryExpression
from ..sql.select import Select
from ..sql.selectbase import Exists, ForUpdateArg, ScalarSelect
from ..sql.textual import TextualSelect
from ..types.numeric import INTEGERTYPE
from ..types.operators import and_, distinct_op
from ..util import warn
from .compiled import ResultColumn, original_of
from .frame import Frame, Level, Placement, Renderer
from .lowering import lower_nested
from .render_ctes import render_own_ctes, with_clause
from .render_elements import render_column
from .render_from import render_condition, render_from_element, render_placed
from .render_order import render_group_by, render_order_by
from .visible import enter_level

_NESTED = (Placement.FROM, Placement.LATERAL, Placement.CTE)


def render_select(select: Any, frame: Frame) -> str:
    """A SELECT statement."""
    select = lower_nested(select, frame)
    placement = frame.placement
    frame.placement = Placement.EXPRESSION
    is_result, frame.wants_result = frame.wants_result, False
    froms, level = enter_level(select, placement, frame)
    frame.levels.append(level)
    render_own_ctes(select, frame)
    if select.hints:
        _note_hints(select, frame)
    text = f"SELECT {_head(select, frame)}{_columns(select, placement, is_result, level, frame)}".rstrip(" ")
    text += _from(select, froms, frame) + _where(select, frame) + _tail(select, frame)
    frame.levels.pop()
    if level.nested_ctes is not None:
        text = with_clause(level.nested_ctes, frame) + text
    if is_result:
        frame.kind = "select"
    return text


def _head(select: Any, frame: Frame) -> str:
    text = frame.dialect.statement_head_hint(_statement_hints(select, frame)) if select.statement_hints else ""
    if select.extensions:
        text += render_extensions(select, "post_select", frame, after=" ")
    for element, dialect_name in select.prefixes:
        if dialect_name in ("*", frame.dialect.name):
            text += f"{frame.render(element)} "
    if select.is_distinct:
        text += frame.dialect.distinct_text(select, frame)
    if select.extensions:
        text += render_extensions(select, "pre_columns", frame, after=" ")
    return text


def render_extensions(statement: Any, point: str, frame: Frame, *, before: str = "", after: str = "") -> str:
    """Return the extensions at one point of a statement, with text around them."""
    texts = [frame.render(element) for element in statement.extensions_at(point)]
    return f"{before}{' '.join(texts)}{after}" if texts else ""


# columns


def _columns(select: Any, placement: Placement, is_result: bool, level: Level, frame: Frame) -> str:
    is_nested = placement in _NESTED
    is_value = placement is Placement.EXPRESSION
    is_plain = is_result and not is_nested and frame.qualifies
    converts = placement is Placement.TOP and len(frame.levels) == 1
    texts: list[str] = []
    results = frame.result_columns
    for item in select.named_items():
        element, label, inner_label, _, _ = item
        if is_plain and label is None and element.has_own_shape:
            text, result = _of_table(element, item, frame)
            texts.append(text)
            results.append(result)
            continue
        if is_nested:
            label = inner_label
        elif is_value and element.is_table_column:
            label = None
        if label is None and element.is_table_column and not (converts and element.type.has_column_expression):
            texts.append(frame.render(element))
        else:
            if type(element) is AsBoolean and not is_nested and _keeps_no_name(element, select, frame):
                label = None
            texts.append(_labelled(item, label, level, frame, converts))
        if is_result:
            results.append(result_column(item, frame))
    return ", ".join(texts)


def _of_table(column: Any, item: NamedItem, frame: Frame) -> tuple[str, ResultColumn]:
    """Return text and result of a table's column; the column remembers them for the dialect that asked last."""
    known = column.selected
    renderer, table = frame.table.get(column.__class__), column.table
    schema = None if table is None else table.schema
    if known is not None:
        preparer, type_, its_renderer, its_schema, found = known
        if preparer is frame.preparer and type_ is column.type and its_renderer is renderer and its_schema == schema:
            return found  # type: ignore[no-any-return]
    result = result_column(item, frame)
    if column.type.has_column_expression:
        return _labelled(item, None, frame.levels[-1], frame), result
    found = frame.render(column), result
    if renderer is render_column:
        column.selected = frame.preparer, column.type, renderer, schema, found
    return found


def _labelled(item: NamedItem, label: Any, level: Level, frame: Frame, converts: bool = True) -> str:
    """Return an element with its name; inside what its type puts around it where `converts`: once, in the result."""
    element = item.element
    render = render_selected if converts else render_unconverted
    if label is None:
        if element.is_label:
            raise InvalidRequestError(
                f"Label name {item.name} is being renamed to an anonymous label due to disambiguation which is not "
                "supported right now.  Please use unique names for explicit labels."
            )
        text = render(element, frame)
        is_inside = converts and needs_name(element)
        return f"{text} AS {frame.quoted_name(item.name)}" if is_inside and item.name else text
    name = frame.quoted_name(label)
    if element.is_label:
        level.labels[id(original_of(element))] = name
    return f"{render(element, frame)} AS {name}"


def _keeps_no_name(element: Any, select: Any, frame: Frame) -> bool:
    """Tell whether the negation of a column is written without the column's name: where it is no comparison."""
    is_short = select.label_style not in (LABEL_STYLE_TABLENAME_PLUS_COL, LABEL_STYLE_LEGACY_ORM)
    return frame.features.native_boolean and is_short and element.element.is_table_column


def needs_name(element: Any) -> bool:
    """Tell whether an element is written inside what its type puts around it, and so needs a name behind that."""
    if not (element.is_column and element.type.has_column_expression):
        return False
    return _converted(element) is not (element.element if element.is_label else element)


def render_unconverted(element: Any, frame: Frame) -> str:
    """Return an element of a list of columns as it is."""
    if isinstance(element, UnaryExpression) and element.operator is distinct_op:
        warn(
            "Column-expression-level unary distinct() should not be used outside of an aggregate function. For general "
            "'SELECT DISTINCT' support use select().distinct()."
        )
    if isinstance(element, Tuple):
        raise CompileError(
            "Most backends don't support SELECTing from a tuple() object: select its columns one by one, or as a Bundle"
        )
    return frame.render(element)


def render_selected(element: Any, frame: Frame) -> str:
    """Return an element of a list of columns, inside the expression that its type puts around columns."""
    if not needs_name(element):
        return render_unconverted(element, frame)
    return frame.render(_converted(element))


def _converted(element: Any) -> Any:
    """Return the expression that a type puts around a column."""
    inner = element.element if element.is_label else element
    expression = element.type.column_expression(inner)
    return inner if expression is None else expression


def result_column(item: NamedItem, frame: Frame, converts: bool = True) -> ResultColumn:
    """Return what the result knows of a column; `converts`: it is inside what its type puts around it."""
    element = item.element
    if not element.is_column:
        frame.result_by = "name"
        return ResultColumn("", element, element.type)
    written = item.label
    if written is None:
        written = element.name if element.is_table_column else _own_name(element) or item.name
    name = written if type(written) is str else "" if written is None else frame.name(written)
    type_ = _converted(element).type if converts and element.type.has_column_expression else element.type
    return ResultColumn(name, element.__dict__.get("_original", element), type_)


def _own_name(element: Any) -> Any:
    """Return the name that an element has without a label, if any: a sign before a column hides no name."""
    named: Any = element
    if isinstance(element, UnaryExpression):
        named = cast(Any, element).element
    return getattr(named, "name", None)


# clauses

_PLAIN_CRITERIA = frozenset({BinaryExpression, BooleanClauseList})
"""Criteria that need nothing but parentheses to be joined by AND: no constants to fold, no truth values to compare."""


def _from(select: Any, froms: list[Any], frame: Frame) -> str:
    if froms:
        if frame.outcome.get("hints"):
            texts = [render_from_element(element, frame) for element in froms]
        else:
            texts = list(map(frame.render, froms))  # no call in between: depth is what Python's stack limits
        return f" \nFROM {', '.join(texts)}"
    return frame.dialect.no_from_text(bool(select.where_criteria))


def _note_hints(select: Any, frame: Frame) -> None:
    hints = frame.outcome.setdefault("hints", {})
    for element, dialect_name, text in select.hints:
        if dialect_name in ("*", frame.dialect.name):
            hints[id(element)] = text.replace("%(name)s", frame.quoted_name(element.name))


def _where(select: Any, frame: Frame) -> str:
    criteria = select.where_criteria
    if not criteria:
        return ""
    if len(criteria) == 1:
        text = render_condition(criteria[0], frame)
    elif all(type(criterion) in _PLAIN_CRITERIA for criterion in criteria):
        text = frame.render_list([criterion.self_group(and_) for criterion in criteria], " AND ")
    else:
        text = render_condition(select.whereclause, frame)
    return f" \nWHERE {text}" if text else ""


def _tail(select: Any, frame: Frame) -> str:
    text = ""
    if select.group_by_clauses:
        text += f" GROUP BY {render_group_by(select.group_by_clauses, frame)}"
    if select.having_criteria:
        having = render_condition(select.having_clause, frame)
        text += f" \nHAVING {having}" if having else ""
    if not select.extensions:
        return f"{text}{_ending(select, frame)}{_lock(select, frame)}{_suffixes(select, frame)}"
    text += render_extensions(select, "post_criteria", frame, before=" \n")
    text += _ending(select, frame) + _lock(select, frame)
    text += render_extensions(select, "post_body", frame, before=" ")
    return text + _suffixes(select, frame)


def _ending(select: Any, frame: Frame) -> str:
    """ORDER BY and LIMIT: what a compound has too."""
    text = ""
    if select.order_by_clauses:
        text += f" ORDER BY {render_order_by(select.order_by_clauses, frame)}"
    if select.fetch_clause is not None:
        text += render_fetch(select, frame)
    elif select.limit_clause is not None or select.offset_clause is not None:
        text += frame.dialect.limit_text(select, frame)
    return text


def _lock(select: Any, frame: Frame) -> str:
    has_lock = select.for_update is not None and frame.features.for_update
    return frame.render(select.for_update) if has_lock else ""


def _suffixes(select: Any, frame: Frame) -> str:
    text = frame.dialect.statement_tail_hint(_statement_hints(select, frame)) if select.statement_hints else ""
    wanted = [element for element, name in select.suffixes if name in ("*", frame.dialect.name)]
    if select.suffixes:
        text += " " + "".join([f"{frame.render(element)} " for element in wanted])
    return text


def _statement_hints(select: Any, frame: Frame) -> str:
    names = ("*", frame.dialect.name)
    return " ".join([text for dialect_name, text in select.statement_hints if dialect_name in names])


def render_fetch(select: Any, frame: Frame) -> str:
    """`OFFSET m ROWS FETCH FIRST n ROWS ONLY`."""
    with_ties, percent = select.fetch_options
    text = ""
    if select.offset_clause is not None:
        text += f"\n OFFSET {frame.dialect.fetch_count(frame.render(select.offset_clause))} ROWS"
    count = frame.dialect.fetch_count(frame.render(select.fetch_clause))
    return f"{text}\n FETCH FIRST {count}{' PERCENT' if percent else ''} ROWS {'WITH TIES' if with_ties else 'ONLY'}"


def constant_bind(value: int) -> BindParameter[Any]:
    """Return a number that rendering adds to a statement."""
    return BindParameter(None, value, INTEGERTYPE, unique=True)


def render_for_update(lock: Any, frame: Frame) -> str:
    """`FOR UPDATE`."""
    return " FOR UPDATE"


# what holds selects


def render_compound(compound: Any, frame: Frame) -> str:
    """SELECTs joined by UNION and its like."""
    placement = frame.placement
    level = Level(compound, *_around(frame))
    texts: list[str] = []
    for number, select in enumerate(compound.selects):
        if number == 1:
            frame.wants_result = False
        texts.append(render_placed(select, placement, frame))
    frame.placement = Placement.EXPRESSION
    frame.levels.append(level)
    render_own_ctes(compound, frame)
    level.labels.update(_labels_of_first(compound, frame))
    before, frame.qualifies = frame.qualifies, False
    text = f" {compound.keyword.value} ".join(texts)
    if compound.group_by_clauses:
        text += f" GROUP BY {render_group_by(compound.group_by_clauses, frame)}"
    text += _ending(compound, frame)
    frame.qualifies = before
    frame.levels.pop()
    return text


def _around(frame: Frame) -> tuple[list[Any], list[Any]]:
    if not frame.levels:
        return [], []
    level = frame.levels[-1]
    return level.enclosing, level.adjacent


def _labels_of_first(compound: Any, frame: Frame) -> dict[int, str]:
    items = compound.named_items()
    return {
        id(original_of(item.element)): frame.quoted_name(item.label)
        for item in items
        if item.label is not None and item.element.is_label
    }


def render_scalar_select(node: Any, frame: Frame) -> str:
    """`(SELECT ..)` as a value."""
    return f"({frame.render(node.element)})"


def render_exists(node: Any, frame: Frame) -> str:
    """`EXISTS (SELECT ..)`."""
    return f"EXISTS {frame.render(node.element)}"


def render_textual_select(node: Any, frame: Frame) -> str:
    """SQL text with known columns."""
    placement, frame.placement = frame.placement, Placement.EXPRESSION
    is_result, frame.wants_result = frame.wants_result, False
    render_own_ctes(node, frame)
    text = frame.render(node.element)
    if is_result and placement is Placement.TOP:
        frame.kind = "select"
        frame.result_by = "position" if node.positional else "name"
        frame.result_columns.extend([result_column(item, frame, converts=False) for item in node.named_items()])
    return text


SELECTS: dict[type, Renderer] = {
    CompoundSelect: render_compound,
    Exists: render_exists,
    ForUpdateArg: render_for_update,
    ScalarSelect: render_scalar_select,
    Select: render_select,
    TextualSelect: render_textual_select,
}
