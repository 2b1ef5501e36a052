"""Renderers of common table expressions: the name where one is used, the WITH clause where the statement begins.

In: a CTE met in FROM, or added to a statement. Out: its name; its text goes to the scope of the frame, behind those
that it uses itself, and is written once.
"""

from __future__ import annotations

from typing import Any

from ..exc import CompileError
from ..sql.aliases import CTE
from ..sql.values import Values
from .compiled import original_of
from .frame import CteScope, Frame, Placement, Renderer


def render_cte(cte: Any, frame: Frame) -> str:
    """The name of a CTE, or `name AS alias` for another name of one."""
    cte = original_of(cte)
    if cte.alias_of is not None:
        original = render_cte(cte.alias_of, frame)
        return f"{original} AS {frame.quoted_name(cte.name)}"
    name = frame.name(cte.name)
    scope = _scope_of(cte, frame)
    if _is_new(cte, name, scope):
        scope.names[name] = cte
        scope.is_recursive = scope.is_recursive or cte.recursive
        text = _definition(cte, name, frame)
        scope.texts.pop(name, None)
        scope.texts[name] = text
    return frame.preparer.quote(name)


def _scope_of(cte: Any, frame: Frame) -> CteScope:
    is_outermost = len(frame.levels) < (1 if frame.in_definition else 2)
    if not cte.nesting or is_outermost:
        if frame.ctes is None:
            frame.ctes = CteScope()
        return frame.ctes
    level = frame.levels[-1]
    if level.nested_ctes is None:
        level.nested_ctes = CteScope()
    return level.nested_ctes


def _is_new(cte: Any, name: str, scope: CteScope) -> bool:
    known = scope.names.get(name)
    if known is None or _restates(cte, known):
        return True
    if known is cte or _restates(known, cte) or known.element is cte.element or known.is_same(cte):
        return False
    raise CompileError(f"Multiple, unrelated CTEs found with the same name: {name!r}")


def _restates(cte: Any, other: Any) -> bool:
    while cte.restates is not None:
        cte = original_of(cte.restates)
        if cte is other:
            return True
    return False


def _definition(cte: Any, name: str, frame: Frame) -> str:
    """Return `name AS (body)`; the body sees nothing of the statements around it."""
    levels, frame.levels = frame.levels, []
    inside, frame.in_definition = frame.in_definition, True
    wants, frame.wants_result = frame.wants_result, False
    qualifies, frame.qualifies = frame.qualifies, True
    frame.placement = Placement.CTE
    body = frame.render(cte.element)
    frame.placement = Placement.EXPRESSION
    frame.levels, frame.wants_result, frame.qualifies = levels, wants, qualifies
    frame.in_definition = inside
    prefixes = _extras(cte.prefixes, frame)
    suffixes = _extras(cte.suffixes, frame)
    head = f"{frame.preparer.quote(name)}{_columns(cte, frame)} AS {f'{prefixes} ' if prefixes else ''}"
    return f"{head}\n({body}){f' {suffixes} ' if suffixes else ''}"


def _columns(cte: Any, frame: Frame) -> str:
    if not cte.recursive and not isinstance(cte.element, Values):
        return ""
    return f"({', '.join([frame.quoted_name(column.name) for column in cte.c])})"


def _extras(pairs: Any, frame: Frame) -> str:
    return " ".join([frame.render(element) for element, name in pairs if name in ("*", frame.dialect.name)])


def render_own_ctes(statement: Any, frame: Frame) -> None:
    """Collect the CTEs that were added to a statement, used or not."""
    for cte in statement.ctes:
        frame.render(cte)


def with_clause(scope: CteScope | None, frame: Frame) -> str:
    """Return the WITH clause of a scope, and empty it."""
    if scope is None or not scope.texts:
        return ""
    keyword = frame.dialect.with_text(scope.is_recursive)
    definitions = ", \n".join(scope.texts.values())
    text = f"{keyword} {definitions}\n "
    scope.texts, scope.names, scope.is_recursive = {}, {}, False
    return text


CTES: dict[type, Renderer] = {CTE: render_cte}
