"""From a node to `Compiled`: lower it if it is an ORM statement, render it, put placeholders where the marks are.

In: a node, a dialect, what the execution says (column keys, many rows). Out: a frozen `Compiled`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..exc import ArgumentError, CompileError, UnsupportedCompilationError
from ..sql.names import quoted_name
from ..sql.node import hooks, statement_key
from ..sql.table_valued import TableValuedAlias
from ..sql.values import Values
from ..types.base import hooks as type_hooks
from .compiled import BindSlot, Compiled
from .custom import printing
from .dialect import Dialect
from .frame import Frame, Placement
from .lint import FROM_LINTING, NO_LINTING
from .lowering import Lowered, lowerings
from .marks import pieces_of
from .render_ctes import with_clause
from .render_functions import render_function_in_from

_TOO_DEEP = (
    "the statement is nested too deeply to become text: expressions in expressions, or subqueries in subqueries, a few "
    "hundred levels down. Conditions are joined flat by and_(*conditions) and or_(*conditions); "
    "sys.setrecursionlimit() moves the end."
)


def compile_statement(
    node: Any,
    dialect: Dialect,
    *,
    column_keys: tuple[str, ...] | None = None,
    many: bool = False,
    literal_binds: bool = False,
    render_postcompile: bool = False,
    lints: bool = False,
    include_table: bool = True,
    flags: Mapping[str, Any] | None = None,
) -> Compiled:
    """Return the compiled form of a statement.

    `column_keys` names the columns that the parameters of the execution give values for, `many` says that there are
    several rows of them; `literal_binds` writes values into the text, `render_postcompile` expands lists now;
    `include_table=False` leaves out the tables before columns; `flags` go to functions of the program that render.
    """
    for key in column_keys or ():
        if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance] - what a program gave
            raise ArgumentError(
                f"SET/VALUES column expression or string key expected, got {key!r}: parameters are named by the keys "
                "of columns; columns themselves go into values()"
            )
    binds = statement_key(node)[1]
    frame = Frame(
        dialect,
        {id(bind): position for position, bind in enumerate(binds)},
        literal_binds=literal_binds,
        column_keys=column_keys,
        lints=lints,
        options={"many": many},
    )
    if not include_table:
        frame.qualifies = False
    if flags:
        frame.flags = flags
    try:
        statement, load_plan, frame.everywhere = _lower(node)
        text = _top_text(statement, frame)
        text = with_clause(frame.ctes, frame) + text
    except RecursionError as error:
        raise CompileError(_TOO_DEEP) from error
    return finish(node, dialect, frame, text, load_plan, expands=render_postcompile)


def _lower(node: Any) -> Lowered:
    plugin = node.shape.plugin if node.shape.cacheable else _plugin_of(node)
    if plugin is None:
        return Lowered(node)
    lowering = lowerings.get(plugin)
    if lowering is None:
        raise ArgumentError(
            f"a statement with {plugin} elements can only be compiled where cormorant.{plugin} is imported"
        )
    return lowering.statement(node)


def _plugin_of(node: Any) -> str | None:
    """Return the plugin of a statement that has no usable shape, by walking it."""
    pending, seen = [node], set[int]()
    while pending:
        one = pending.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        found: str | None = one.shape.plugin or one.plugin
        if found is not None:
            return found
        pending.extend(one._children())
    return None


def _top_text(statement: Any, frame: Frame) -> str:
    """Return the text of the node itself: of a subquery or CTE that stands alone, what is inside."""
    inner = getattr(statement, "element", None)
    if statement.is_from_clause and inner is not None and (inner.is_select_statement or inner.is_dml):
        return frame.render(inner)
    if isinstance(statement, Values):
        frame.placement = Placement.CTE
    elif isinstance(statement, TableValuedAlias):
        return render_function_in_from(statement, frame)
    return frame.render(statement)


def finish(
    node: Any, dialect: Dialect, frame: Frame, text: str, load_plan: Any = None, expands: bool = False
) -> Compiled:
    """Return the compiled form of a rendered text."""
    pieces, order = pieces_of(text)
    if dialect.doubles_percents:
        pieces = tuple([piece.replace("%", "%%") if "%" in piece else piece for piece in pieces])
    outcome = frame.outcome
    outcome.pop("hints", None)
    return Compiled(
        statement=node,
        dialect=dialect,
        text=_joined(pieces, order, frame.slots, dialect, expands),
        slots=tuple(frame.slots),
        order=order,
        pieces=pieces,
        result_columns=tuple(frame.result_columns),
        result_by=frame.result_by,
        kind=frame.kind,
        load_plan=load_plan,
        is_literal=frame.literal_binds,
        given_keys=frame.column_keys,
        is_expanded=expands,
        **outcome,
    )


def _joined(
    pieces: tuple[str, ...], order: tuple[int, ...], slots: list[BindSlot], dialect: Dialect, expands: bool
) -> str:
    if not order:
        return pieces[0]
    parts = [pieces[0]]
    for place, number in enumerate(order):
        slot = slots[number]
        if not slot.expanding and not slot.literal_execute:
            parts.append(dialect.placeholder(slot.name, place + 1) + slot.suffix)
        elif expands:
            parts.append(expanded_text(slot, dialect, place + 1))
        else:
            around = f"~~{slot.before}~~REPL~~{slot.after}~~" if slot.before or slot.after else ""
            parts.append(f"__[POSTCOMPILE_{slot.name}{around}]")
        parts.append(pieces[place + 1])
    return "".join(parts)


def expanded_text(slot: BindSlot, dialect: Dialect, number: int) -> str:
    """Return what a list, or a value to be written, becomes with the value that the statement carries."""
    value = slot.bind.effective_value
    if slot.literal_execute:
        members = value if slot.expanding else [value]
        return ", ".join([f"{slot.before}{dialect.literal_text(member, slot.type)}{slot.after}" for member in members])
    members = list(value or ())
    if not members:
        return slot.empty
    names = [f"{slot.name}_{n}" for n in range(1, len(members) + 1)]
    if not slot.as_tuples:
        before, after = slot.before, slot.suffix + slot.after
        return ", ".join([f"{before}{dialect.placeholder(name, number + n)}{after}" for n, name in enumerate(names)])
    rows = [
        ", ".join([dialect.placeholder(f"{name}_{m}", number) for m in range(1, len(member) + 1)])
        for name, member in zip(names, members, strict=True)
    ]
    listed = ", ".join([f"({row})" for row in rows])
    return f"VALUES {listed}" if dialect.features.tuple_in_values else listed


# the hooks through which nodes and types reach this package


class _Default:
    """The dialect that prints statements where none is given; set by default.py."""

    dialect: Dialect | None = None


def set_default_dialect(dialect: Dialect) -> None:
    """Say which dialect `str(statement)` uses."""
    _Default.dialect = dialect


def _printing_dialect(node: Any) -> Dialect | None:
    """Return the dialect of an element that the standard language does not have; None for all others."""
    make = printing.get(node.stringify_dialect)
    return None if make is None else make()


def dialect_of(bind: Any, dialect: Any) -> Dialect:
    """Return the dialect of an engine or connection, the one given, or the default."""
    found = dialect if dialect is not None else getattr(bind, "dialect", bind)
    if found is None:
        found = _Default.dialect
    if not isinstance(found, Dialect):
        raise ArgumentError(f"expected an engine, a connection or a dialect to compile for, got {found!r}")
    return found


def _schema_mark(name: str | None) -> quoted_name:
    """Return what stands for the name of a schema that is translated later."""
    return quoted_name(f"__[SCHEMA_{'_none' if name is None else name}]", quote=False)


KNOWN_OPTIONS = frozenset(("literal_binds", "render_postcompile", "include_table"))
"""What `compile_kwargs` means to the built-in renderers; all else is for those of the program."""


def compile_node(node: Any, bind: Any = None, dialect: Any = None, **options: Any) -> Compiled:
    """Compile a node on a program's request: `statement.compile(...)`, `str(statement)`."""
    if bind is None and dialect is None:
        dialect = _printing_dialect(node)
    if not options:
        return compile_statement(node, dialect_of(bind, dialect))
    compile_kwargs = dict(options.pop("compile_kwargs", None) or {})
    column_keys = options.pop("column_keys", None)
    translation = options.pop("schema_translate_map", None)
    lints = options.pop("linting", NO_LINTING) == FROM_LINTING
    if not options.pop("render_schema_translate", False) and translation:
        translation = {name: _schema_mark(name) for name in translation}
    unknown = sorted(set(options) - KNOWN_OPTIONS)
    if unknown:
        raise ArgumentError(f"unknown option for compile(): {', '.join(unknown)}")
    flags = {**options, **compile_kwargs}
    known = {name: flags.pop(name) for name in KNOWN_OPTIONS & flags.keys()}
    chosen = dialect_of(bind, dialect)
    return compile_statement(
        node,
        chosen.translated(translation) if translation else chosen,
        column_keys=None if column_keys is None else tuple(column_keys),
        lints=lints,
        flags=flags,
        **known,
    )


def type_text(type_: Any, dialect: Any) -> str:
    """Return a type as SQL; as its repr where the default dialect has no name for it."""
    found = dialect_of(None, dialect)
    try:
        return found.type_text(type_)
    except UnsupportedCompilationError:
        if dialect is not None:
            raise
        name = type(type_).__name__
        return name if name.isupper() else repr(type_)


hooks.compile = compile_node
type_hooks.type_text = type_text
