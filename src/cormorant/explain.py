"""explain(): what a statement becomes, step by step, without running it.

In: a statement and, on request, the engine or dialect it is meant for. Out: text for people: the key of its plan, the
SQL, the binds with their types, what rows become, and the generated loader. Values of binds are shown as they are:
they are the caller's own.
"""

from __future__ import annotations

from typing import Any

from .compile.compiled import Compiled
from .compile.default import StrCompileDialect
from .compile.statement import compile_statement
from .exc import ArgumentError
from .sql.node import Node, statement_key


def explain(statement: Any, bind: Any = None) -> str:
    """Return what becomes of a statement on its way to the database.

    `bind` is an Engine, a Connection or a dialect; without it the text is that of `str(statement)`. ArgumentError comes
    of what is no statement or no bind, and compiling raises CompileError and InvalidRequestError.
    """
    if not isinstance(statement, Node):
        remedy = f" Did you mean select({statement.__name__})?" if isinstance(statement, type) else ""
        raise ArgumentError(f"explain() takes a statement, got {statement!r}.{remedy}")
    if bind is not None and not hasattr(bind, "engine") and not hasattr(bind, "features"):
        raise ArgumentError(f"explain() takes an Engine, a Connection or a dialect as second argument, got {bind!r}")
    key, _ = statement_key(statement)
    compiled = _compiled(statement, bind)
    parts = [
        ("key", "none: the statement is compiled anew each time" if key is None else repr(key)),
        ("SQL", compiled.text),
        ("binds", _binds(compiled)),
        ("rows", "tuples" if compiled.load_plan is None else str(compiled.load_plan)),
        ("loader", _loader(compiled)),
    ]
    return "\n".join(f"{title}:\n{_indented(text)}" for title, text in parts if text)


def _compiled(statement: Any, bind: Any) -> Compiled:
    """Return the compiled form: that of the engine's plan, whose loaders are generated at the first run."""
    engine = getattr(bind, "engine", None)
    if engine is not None:
        plan, _ = engine.plan_for(statement)
        compiled: Compiled = plan.compiled
        return compiled
    return compile_statement(statement, StrCompileDialect() if bind is None else bind)


def _binds(compiled: Compiled) -> str:
    lines: list[str] = []
    for slot in compiled.slots:
        source = "constant of the plan" if slot.position is None else f"bind {slot.position} of the statement"
        value = "given at execution" if slot.required else repr(slot.bind.effective_value)
        lines.append(f"{slot.name}: {slot.type!r} = {value} ({source}{', a list' if slot.expanding else ''})")
    return "\n".join(lines)


def _loader(compiled: Compiled) -> str:
    """Return the text of the functions generated for the plan's rows, where a run has generated them."""
    plan = compiled.load_plan
    if plan is None:
        return ""
    functions = [loader.load_rows for loader in plan.memo.values() if hasattr(loader, "load_rows")]
    return "\n".join(function.__source__ for function in functions)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
