"""Renderers of what is no operator and no statement: columns, binds, constants, text, labels, casts, CASE.

In: a node and the frame. Out: its text. Nothing here knows a database.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..exc import CompileError
from ..sql.bind import BindParameter
from ..sql.column import ColumnClause, ColumnProxy
from ..sql.logic import FoldedFalse, FoldedTrue
from ..sql.operations import ClauseList, ExpressionClauseList, Grouping, Slice, Tuple
from ..sql.savepoints import IdentifiedClause
from ..sql.simple import (
    TEXT_RUN,
    Case,
    Cast,
    CollationClause,
    Extract,
    False_,
    Label,
    Null,
    TextClause,
    True_,
    TryCast,
    TypeClause,
    TypeCoerce,
    is_parameter,
)
from ..sql.tstring import TString
from ..types.base import literal_type
from ..types.operators import comma_op
from .frame import Frame, Renderer
from .marks import MARK, without_marks

# columns and labels


def render_column(column: Any, frame: Frame) -> str:
    """`table.name`, `name` where columns stand without their table, or the text of a literal column."""
    name = column.name
    if column.is_literal:
        text = without_marks(frame.name(name), "a literal column")
    elif type(name) is str:
        text = frame.quoted.get(name) or frame.preparer.quote(name)
    else:
        text = frame.preparer.quote(frame.name(name))
    table = column.table
    if table is None or not frame.qualifies or not table.named_with_column:
        return text
    return (frame.prefixes.get(id(table)) or frame.table_prefix(table)) + text


def render_label(label: Any, frame: Frame) -> str:
    """A label inside an expression is what it labels; the list of columns adds the name itself."""
    return frame.render(label.element)


# values


def render_bind(bind: Any, frame: Frame) -> str:
    """The place of a value, or the value itself where values are written into the text."""
    if bind.expanding:
        return _render_list(bind, frame)
    type_ = bind.type
    if type_.has_bind_expression and frame.unwrap_once(bind):
        text = frame.render(type_.bind_expression(bind))
        frame.wrap_again(bind)
        return text
    return literal_bind(bind, frame) if frame.literal_binds else frame.place_bind(bind)


MEMBER = "~~REPL~~"
"""What stands for each member of a list inside the expression that a type puts around it."""


def _render_list(bind: Any, frame: Frame) -> str:
    """The place of a list of values, or its values."""
    if frame.is_around_member:
        return MEMBER
    around = _around_members(bind, frame) if bind.type.has_bind_expression else ("", "")
    if frame.literal_binds:
        return _literal_list(bind, frame, *around)
    return f"({frame.place_bind(bind, around=around)})"


def _around_members(bind: Any, frame: Frame) -> tuple[str, str]:
    """Return what the type's expression has before and after a member."""
    frame.is_around_member = True
    before, _, after = frame.render(bind.type.bind_expression(bind)).partition(MEMBER)
    frame.is_around_member = False
    if MARK in before + after:
        raise CompileError(
            f"the bind_expression() of {bind.type!r} has parameters besides the value, which a list cannot repeat; "
            "write them with literal_column(), or compare with or_() instead of in_()"
        )
    return before, after


def literal_bind(bind: Any, frame: Frame) -> str:
    """Return the value of a bind as text."""
    return without_marks(frame.render_literal_value(bind.effective_value, bind.type), "a literal value")


def _literal_list(bind: Any, frame: Frame, before: str, after: str) -> str:
    given = bind.effective_value
    values = list(given or ())
    if given is None:
        return "(NULL)"
    if not values:
        return f"({frame.dialect.empty_list(bind)})"
    types: tuple[Any, ...] | None = getattr(bind.type, "types", None)
    if types is None:
        texts = [f"{before}{frame.render_literal_value(value, bind.type)}{after}" for value in values]
        return f"({', '.join(texts)})"
    rows = [_literal_row(value, types, frame) for value in values]
    listed = ", ".join([f"({row})" for row in rows])
    return f"(VALUES {listed})" if frame.features.tuple_in_values else f"({listed})"


def _literal_row(value: Any, types: Sequence[Any], frame: Frame) -> str:
    typed = [(one, literal_type(one) if type_.is_null else type_) for one, type_ in zip(value, types, strict=True)]
    return ", ".join([frame.render_literal_value(one, type_) for one, type_ in typed])


def render_null(node: Any, frame: Frame) -> str:
    """NULL."""
    return "NULL"


def render_true(node: Any, frame: Frame) -> str:
    """The constant true as the database spells it."""
    return "true" if frame.features.boolean_keywords else "1"


def render_false(node: Any, frame: Frame) -> str:
    """The constant false as the database spells it."""
    return "false" if frame.features.boolean_keywords else "0"


def render_folded_true(node: Any, frame: Frame) -> str:
    """What AND or OR was folded to: a condition, also where the database has no constants for conditions."""
    return render_true(node, frame) + ("" if frame.features.native_boolean else " = 1")


def render_folded_false(node: Any, frame: Frame) -> str:
    """The same for false."""
    return render_false(node, frame) + ("" if frame.features.native_boolean else " = 1")


def render_text(node: Any, frame: Frame) -> str:
    """SQL text with its binds placed; `\\:` is a colon."""
    binds = node.bind_params

    def replace(match: re.Match[str]) -> str:
        run = match.group()
        if is_parameter(run):
            return frame.render(binds[run[1:]])
        return run.replace("\\:", ":")

    text = without_marks(node.text, "text()")
    return TEXT_RUN.sub(replace, text) if binds or "\\" in text else text


def render_tstring(node: Any, frame: Frame) -> str:
    """The texts of a template string with the elements between them."""
    texts = [without_marks(text, "a template string") for text in node.strings]
    parts = [frame.render(part.self_group()) for part in node.parts]
    return "".join([text + part for text, part in zip(texts, [*parts, ""], strict=True)])


# expressions with a syntax of their own


def render_grouping(node: Any, frame: Frame) -> str:
    """Parentheses."""
    return f"({frame.render(node.element)})"


def render_slice(node: Any, frame: Frame) -> str:
    """The bounds of a part of an array."""
    return f"{frame.render(node.start)}:{frame.render(node.stop)}"


def render_clause_list(node: Any, frame: Frame) -> str:
    """Elements around an operator."""
    if node.operator is comma_op or node.operator is None:
        return frame.render_list(node.clauses)
    return _around(node, frame)


def _around(node: Any, frame: Frame) -> str:
    before, frame.in_operator = frame.in_operator, True
    text = frame.render_list(node.clauses, frame.dialect.operator_words[node.operator])
    frame.in_operator = before
    return text


def render_expression_list(node: Any, frame: Frame) -> str:
    """Expressions around an operator."""
    special = frame.dialect.operators.get(node.operator)
    if special is not None:
        return special(node, frame)
    return _around(node, frame)


def render_tuple(node: Any, frame: Frame) -> str:
    """`(a, b)`."""
    return f"({frame.render_list(node.clauses)})"


def render_type_clause(node: Any, frame: Frame) -> str:
    """A type."""
    return frame.dialect.type_text(node.type)


def render_cast(node: Any, frame: Frame) -> str:
    """`CAST(x AS type)`, a collation after it."""
    return _cast("CAST", node, frame)


def render_try_cast(node: Any, frame: Frame) -> str:
    """`TRY_CAST(x AS type)`."""
    return _cast("TRY_CAST", node, frame)


def _cast(keyword: str, node: Any, frame: Frame) -> str:
    type_ = node.type
    collation = getattr(type_, "collation", None)
    if collation is None:
        return f"{keyword}({frame.render(node.clause)} AS {frame.dialect.type_text(type_)})"
    schema = getattr(type_, "collation_schema", None)
    without = {"collation": None} if schema is None else {"collation": None, "collation_schema": None}
    text = f"{keyword}({frame.render(node.clause)} AS {frame.dialect.type_text(type_.adapt(type(type_), **without))})"
    return f"{text} COLLATE {frame.preparer.format_collation(collation, schema)}"


def render_type_coerce(node: Any, frame: Frame) -> str:
    """What is coerced: SQL does not see it."""
    return frame.render(node.clause)


def render_case(node: Any, frame: Frame) -> str:
    """`CASE [value] WHEN .. THEN .. ELSE .. END`."""
    parts = ["CASE "]
    if node.value is not None:
        parts.append(f"{frame.render(node.value)} ")
    for condition, result in node.whens:
        parts.append(f"WHEN {frame.render(condition)} THEN {frame.render(result)} ")
    if node.else_ is not None:
        parts.append(f"ELSE {frame.render(node.else_)} ")
    return f"{''.join(parts)}END"


def render_extract(node: Any, frame: Frame) -> str:
    """`EXTRACT(field FROM expression)`."""
    return f"EXTRACT({node.field} FROM {frame.render(node.expr)})"


def render_collation(node: Any, frame: Frame) -> str:
    """The name of a collation."""
    return frame.preparer.format_collation(node.collation, node.schema)


def render_savepoint(node: Any, frame: Frame) -> str:
    """A statement about a savepoint."""
    return f"{node.words} {frame.preparer.format_savepoint(node.ident)}"


ELEMENTS: dict[type, Renderer] = {
    BindParameter: render_bind,
    Case: render_case,
    Cast: render_cast,
    ClauseList: render_clause_list,
    CollationClause: render_collation,
    ColumnClause: render_column,
    ColumnProxy: render_column,
    ExpressionClauseList: render_expression_list,
    Extract: render_extract,
    False_: render_false,
    FoldedFalse: render_folded_false,
    FoldedTrue: render_folded_true,
    Grouping: render_grouping,
    IdentifiedClause: render_savepoint,
    Label: render_label,
    Null: render_null,
    Slice: render_slice,
    TString: render_tstring,
    TextClause: render_text,
    True_: render_true,
    TryCast: render_try_cast,
    Tuple: render_tuple,
    TypeClause: render_type_clause,
    TypeCoerce: render_type_coerce,
}
