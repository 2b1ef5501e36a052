"""Renderers of INSERT, UPDATE and DELETE.

In: a statement and the frame. Out: its text; the frame gets what the engine has to know of it (prefetch, postfetch,
RETURNING, the values of one row) in `frame.outcome`.
"""

from __future__ import annotations

from typing import Any

from ..exc import CompileError, InvalidRequestError
from ..sql.dml import Delete, Insert, Update
from ..sql.dml_column import DMLTargetCopy
from ..sql.dml_limit import DMLLimitClause
from ..sql.froms import froms_of
from ..sql.names import AnonymousName
from ..sql.naming import LABEL_STYLE_DISAMBIGUATE_ONLY, name_items
from .compiled import original_of
from .crud import Assignment, Crud, plan_insert, plan_update, required_bind
from .dialect import NotInDialect
from .frame import Frame, Level, Placement, Renderer
from .lint import lint_froms
from .render_ctes import render_own_ctes, with_clause
from .render_from import render_condition, render_from_element, render_placed
from .render_select import needs_name, render_extensions, render_selected, result_column
from .visible import contains, flattened


def _begin(statement: Any, frame: Frame) -> bool:
    """Note that a statement begins; tell whether it is the whole one."""
    is_top, frame.wants_result = frame.wants_result, False
    frame.placement = Placement.EXPRESSION
    if is_top:
        frame.kind = "insert" if statement.is_insert else "update" if statement.is_update else "delete"
        frame.outcome["table"] = statement.table
    return is_top


def _prefixes(statement: Any, frame: Frame) -> str:
    wanted = [element for element, name in statement.prefixes if name in ("*", frame.dialect.name)]
    return "".join([f"{frame.render(element)} " for element in wanted])


def _hinted(text: str, statement: Any, frame: Frame) -> str:
    for element, dialect_name, hint in statement.hints:
        if element is statement.table and dialect_name in ("*", frame.dialect.name):
            return frame.dialect.hinted_table(text, hint)
    return text


# INSERT


def render_insert(statement: Any, frame: Frame) -> str:
    """INSERT of values, of defaults, or of the rows of a SELECT."""
    is_top = _begin(statement, frame)
    frame.levels.append(Level(statement, [], []))
    render_own_ctes(statement, frame)
    name = _hinted(frame.preparer.format_table(statement.table), statement, frame)
    text = f"INSERT {_prefixes(statement, frame)}INTO {name}"
    if statement.select is not None:
        crud, body = _from_select(statement, frame)
    else:
        crud, body = _values(statement, is_top, frame)
    text += body + _conflict(statement, frame)
    if statement.extensions:
        text += render_extensions(statement, "post_values", frame, before=" ")
    returned = _insert_returning(statement, crud, is_top, frame)
    text += _returning(statement, returned, is_top, frame)
    if is_top:
        text += _matching(statement, crud, frame) if returned and _is_matched(statement, frame) else ""
        _note(crud, frame)
    frame.levels.pop()
    return text


def _conflict(statement: Any, frame: Frame) -> str:
    conflict = getattr(statement, "conflict", None)
    return "" if conflict is None else f" {frame.render(conflict)}"


def _values(statement: Any, is_top: bool, frame: Frame) -> tuple[Crud, str]:
    keys = frame.column_keys if is_top else None
    is_many = bool(frame.options.get("many"))
    is_matched = is_top and _is_matched(statement, frame)
    crud = plan_insert(statement, keys, frame.dialect, is_matched=is_matched, is_known=is_top and not is_many)
    frame.levels[-1].assigned = {one.column: one for one in crud.assignments}
    if not crud.assignments:
        return crud, _no_values(crud, statement, frame)
    if crud.further_rows and not frame.features.multivalues_insert:
        raise CompileError(
            f"The '{frame.dialect.name}' dialect with current database version settings does not support in-place "
            "multirow inserts."
        )
    rows = [_row(row, is_top, frame) for row in (crud.assignments, *crud.further_rows)]
    if is_top and len(rows) == 1:
        frame.outcome["insert_values"] = rows[0]
        frame.outcome["insert_columns"] = tuple([assignment.column for assignment in crud.assignments])
    return crud, f" ({_column_list(crud, frame)}) VALUES {', '.join(rows)}"


def _column_list(crud: Crud, frame: Frame) -> str:
    return ", ".join([_name(assignment.column, frame) for assignment in crud.assignments])


def _name(column: Any, frame: Frame) -> str:
    """Return the name of what a value is for; of a part of a column its text, without the table."""
    return frame.render_unqualified(column) if column.key is None else frame.preparer.quote(column.name)


def _row(row: list[Assignment], is_top: bool, frame: Frame) -> str:
    return f"({', '.join([_value(assignment, is_top, frame) for assignment in row])})"


def _value(assignment: Assignment, is_top: bool, frame: Frame) -> str:
    column, value, key = assignment
    if not value.is_bind or not value.is_crud:
        return frame.render(value)
    if (frame.literal_binds and not value.required) or value.type.has_bind_expression:
        return frame.render(value)
    if not is_top:
        key = frame.name(AnonymousName("param", value))
    return frame.place_bind(value, key, column)


def _no_values(crud: Crud, statement: Any, frame: Frame) -> str:
    if frame.options.get("many") and crud.counted_key is not None and not statement.sort_by_parameter_order:
        return _many_defaults(crud.counted_key, frame)
    if frame.features.default_values:
        return " DEFAULT VALUES"
    if frame.features.empty_insert:
        return " () VALUES ()"
    raise CompileError(
        f"The '{frame.dialect.name}' dialect with current database version settings does not support empty inserts."
    )


def _many_defaults(key: Any, frame: Frame) -> str:
    """Write a key that is generated, so that many rows have a form in common: DEFAULT VALUES is one row."""
    row = f"({frame.features.default_metavalue_token if frame.features.default_metavalue else 'NULL'})"
    frame.outcome["insert_values"] = row
    frame.outcome["insert_columns"] = (key,)
    return f" ({frame.preparer.quote(key.name)}) VALUES {row}"


def _from_select(statement: Any, frame: Frame) -> tuple[Crud, str]:
    unknown = [name for name in statement.select_names if isinstance(name, str)]
    if unknown:
        raise CompileError(f"Unconsumed column names: {', '.join(sorted(unknown))}")
    crud, select = Crud(), statement.select
    columns = list(statement.select_names)
    added = _select_defaults(statement, columns, crud, frame) if statement.include_defaults else []
    if added and not hasattr(select, "add_columns"):
        names = ", ".join([repr(assignment.column.key) for assignment in added])
        raise CompileError(
            "Can't extend statement for INSERT..FROM SELECT to include additional default-holding column(s) "
            f"{names}.  Convert the selectable to a subquery() first, or pass include_defaults=False to "
            "Insert.from_select() to skip these columns."
        )
    for assignment in added:
        columns.append(assignment.column)
        select = select.add_columns(assignment.value)
    names = ", ".join([frame.preparer.quote(column.name) for column in columns])
    text = render_placed(select, Placement.TOP, frame)
    if frame.features.cte_follows_insert and len(frame.levels) == 1:
        text = with_clause(frame.ctes, frame) + text
    return crud, f" ({names}) {text}"


def _select_defaults(statement: Any, given: list[Any], crud: Crud, frame: Frame) -> list[Assignment]:
    """Return the Python and SQL defaults that an INSERT from SELECT adds to its columns."""
    found: list[Assignment] = []
    for column in statement.table.c:
        default = column.default
        if default is None or column.counts_rows or column in given:
            continue
        if default.is_sequence:
            if frame.features.sequences and not (default.optional and frame.features.sequences_optional):
                found.append(Assignment(column, default.next_value()))
        elif default.is_clause_element:
            found.append(Assignment(column, default.arg))
        else:
            bind = required_bind(column, column.key)
            frame.place_bind(bind, column.key, column)
            found.append(Assignment(column, bind, column.key))
            crud.prefetch.append(column)
    return found


# UPDATE and DELETE


def render_update(statement: Any, frame: Frame) -> str:
    """UPDATE, of one table or of several."""
    is_top = _begin(statement, frame)
    extra = _extra_froms(statement)
    level = _enter(statement, extra, frame)
    frame.levels.append(level)
    render_own_ctes(statement, frame)
    style = frame.features.update_from
    tables = [statement.table, *(extra if style == "list" else [])]
    named = ", ".join([_hinted(frame.render(table), statement, frame) for table in tables])
    own = _written_tables(statement.table)
    further = flattened(extra) if extra else extra
    crud = plan_update(statement, frame.column_keys if is_top else None, own, further, frame.features)
    frame.levels[-1].assigned = {one.column: one for one in crud.assignments}
    assigned = _set_clause(crud, style == "list" and (bool(extra) or len(own) > 1), is_top, frame)
    text = f"UPDATE {_prefixes(statement, frame)}{named} SET {assigned}"
    if extra and style != "list":
        if not style:
            raise NotInDialect("This backend does not support multiple-table criteria within UPDATE: use a subquery")
        text += f" FROM {', '.join([render_from_element(element, frame) for element in extra])}"
    text += _where(statement, frame) + _ending(statement, frame)
    text += _returning(statement, _changed_defaults(statement, crud, is_top, frame), is_top, frame)
    if is_top:
        _note(crud, frame)
    frame.levels.pop()
    return text


def _written_tables(table: Any) -> list[Any]:
    """Return the tables of a join, or the one that is no join."""
    parts = [part for part in table.from_objects() if part is not table]
    return parts or [table]


def _set_clause(crud: Crud, is_qualified: bool, is_top: bool, frame: Frame) -> str:
    parts: list[str] = []
    for assignment in crud.assignments:
        name = frame.render(assignment.column) if is_qualified else _name(assignment.column, frame)
        parts.append(f"{name}={_value(assignment, is_top, frame)}")
    return ", ".join(parts)


def render_delete(statement: Any, frame: Frame) -> str:
    """DELETE, with criteria on one table or on several."""
    is_top = _begin(statement, frame)
    extra = _extra_froms(statement)
    frame.levels.append(_enter(statement, extra, frame))
    render_own_ctes(statement, frame)
    table = _hinted(frame.render(statement.table), statement, frame)
    text = f"DELETE {_prefixes(statement, frame)}{frame.dialect.delete_from_text(statement, table, extra, frame)}"
    text += _where(statement, frame) + _ending(statement, frame)
    text += _returning(statement, _changed_defaults(statement, Crud(), is_top, frame), is_top, frame)
    if is_top:
        _note(Crud(), frame)
    frame.levels.pop()
    return text


def _enter(statement: Any, extra: list[Any], frame: Frame) -> Level:
    if frame.lints:
        word = "UPDATE" if statement.is_update else "DELETE"
        lint_froms(word, [statement.table, *extra], statement.where_criteria, frame.element_name)
    parts = flattened([statement.table, *extra])
    around = frame.levels[-1].enclosing if frame.levels else []
    return Level(statement, parts + around, parts)


def _extra_froms(statement: Any) -> list[Any]:
    """Return the FROM elements of the criteria and values besides the table itself."""
    own = flattened([statement.table])
    found: list[Any] = []
    sources = [*statement.extra_froms, *[value for _, value in getattr(statement, "value_pairs", ())]]
    for element in (*sources, *statement.where_criteria):
        for from_ in froms_of(element):
            if not contains(own, from_) and not contains(found, from_):
                found.append(from_)
    hidden = [one for element in found for one in element.hides()]
    return [one for one in found if not contains(hidden, one)]


def _ending(statement: Any, frame: Frame) -> str:
    """Return what follows WHERE in UPDATE and DELETE."""
    text = ""
    if statement.extensions:
        text += render_extensions(statement, "post_criteria", frame, before=" ")
    return text + frame.dialect.update_ending(statement, frame) if statement.given_options else text


def _where(statement: Any, frame: Frame) -> str:
    criteria = statement.where_criteria
    if not criteria:
        return ""
    text = render_condition(criteria[0] if len(criteria) == 1 else statement.whereclause, frame)
    return f" WHERE {text}" if text else ""


# RETURNING


def _insert_returning(statement: Any, crud: Crud, is_top: bool, frame: Frame) -> list[Any]:
    """Return the columns of RETURNING: those asked for, or generated values that nothing else would tell."""
    asked: list[Any] = statement.expanded_returning()
    features = frame.features
    if asked or not is_top or not features.insert_returning or crud.further_rows or statement.is_inline:
        return asked
    if not statement.table.implicit_returning:
        return asked
    if statement.wants_defaults:
        return _implicit(statement, _insert_defaults(statement, crud, frame), frame)
    if frame.options.get("many"):
        return asked
    keys = crud.generated_keys
    if not features.implicit_returning:
        keys = [column for column in keys if column is not crud.counted_key]
    return _implicit(statement, keys, frame)


def _insert_defaults(statement: Any, crud: Crud, frame: Frame) -> list[Any]:
    """Return the columns that `return_defaults()` of an INSERT fetches."""
    if frame.column_keys is None and not crud.generated_keys and not crud.unsent(statement.table.c):
        return []  # written for a reader, with all columns: an execution says which it brings
    named = _named_defaults(statement)
    found = [*crud.generated_keys, *crud.unsent(named or statement.table.c)]
    if statement.sort_by_parameter_order:
        found += statement.table.primary_key
    return found + _supplemental(statement)


def _changed_defaults(statement: Any, crud: Crud, is_top: bool, frame: Frame) -> list[Any]:
    """Return the columns of RETURNING of an UPDATE or DELETE."""
    asked: list[Any] = statement.expanded_returning()
    features = frame.features
    can_return = features.update_returning if statement.is_update else features.delete_returning
    if asked or not is_top or not statement.wants_defaults or not can_return:
        return asked
    named = _named_defaults(statement)
    expressions = [one.column for one in crud.assignments if not one.value.is_bind]
    found = crud.unsent(named) if named else [*expressions, *crud.postfetch]
    return _implicit(statement, found + _supplemental(statement), frame)


def _named_defaults(statement: Any) -> list[Any]:
    return [original_of(column) for column in statement.return_defaults_columns]


def _supplemental(statement: Any) -> list[Any]:
    return [original_of(column) for column in statement.supplemental_columns]


def _implicit(statement: Any, wanted: list[Any], frame: Frame) -> list[Any]:
    """Return columns in the order of the table, and note that the program did not ask for RETURNING."""
    columns = [column for column in statement.table.c if column in set(wanted)]
    if columns:
        frame.outcome["implicit_returning"] = tuple(columns)
    return columns


def _returning(statement: Any, columns: list[Any], is_top: bool, frame: Frame) -> str:
    if not columns:
        return ""
    before = frame.qualifies
    frame.qualifies = frame.features.returning_qualifies_columns
    frame.writes_binds = not frame.features.returning_takes_binds
    texts: list[str] = []
    for item in name_items(columns, LABEL_STYLE_DISAMBIGUATE_ONLY):
        label = item.name if item.label is None and needs_name(item.element) else item.label
        name = None if label is None else frame.quoted_name(label)
        text = render_selected(item.element, frame)
        texts.append(text if name is None else f"{text} AS {name}")
        if is_top:
            frame.result_columns.append(result_column(item, frame))
    frame.qualifies, frame.writes_binds = before, False
    if is_top:
        frame.outcome["returning"] = tuple(columns)
    return f" RETURNING {', '.join(texts)}"


def _is_matched(statement: Any, frame: Frame) -> bool:
    """Tell whether rows that an execution of many returns are matched to those that it sends."""
    features = frame.features
    wanted = statement.sort_by_parameter_order and bool(frame.options.get("many"))
    return bool(wanted and features.insert_returning and features.insertmanyvalues)


def _matching(statement: Any, crud: Crud, frame: Frame) -> str:
    """Return the columns by which rows are matched, as they follow those of the result in RETURNING."""
    keys = _matching_columns(statement.table, crud)
    known = {original_of(column.element) for column in frame.result_columns}
    hidden = [column for column in keys if column not in known]
    frame.outcome["matched_by"], frame.outcome["hidden"] = tuple(keys), tuple(hidden)
    frame.outcome["row_counter"] = crud.counted
    before, frame.qualifies = frame.qualifies, frame.features.returning_qualifies_columns
    text = "".join([f", {frame.render(column)}" for column in hidden])
    frame.qualifies = before
    return text


def _matching_columns(table: Any, crud: Crud) -> list[Any]:
    """Return the columns that tell rows apart: sent with the rows, or counted by the database; else none."""
    sentinel = getattr(table, "sentinel_column", None)
    if sentinel is not None and sentinel.default is None and sentinel.nullable:
        raise InvalidRequestError(
            f"Column {sentinel} has been marked as a sentinel column with no default generation function; it at least "
            "needs to be marked nullable=False assuming user-populated sentinel values will be used."
        )
    keys: list[Any] = list(table.primary_key) if sentinel is None else [sentinel]
    sent = {assignment.column for assignment in crud.assignments if assignment.value.is_bind}
    if keys and all(column in sent for column in keys):
        return keys
    counted = getattr(table, "autoincrement_column", None)
    return keys if len(keys) == 1 and keys[0] is counted else []


def _note(crud: Crud, frame: Frame) -> None:
    frame.outcome["prefetch"] = tuple(crud.prefetch)
    fetched = {original_of(column) for column in frame.outcome.get("returning", ())}
    frame.outcome["postfetch"] = tuple([column for column in crud.postfetch if column not in fetched])


def render_dml_limit(node: Any, frame: Frame) -> str:
    """`LIMIT 5` in an UPDATE or DELETE."""
    return f"LIMIT {frame.render(node.count)}"


def render_target_copy(node: Any, frame: Frame) -> str:
    """The value that the statement gives a column, or the column."""
    level = frame.levels[-1] if frame.levels else None
    if level is None or level.assigned is None:
        raise CompileError("DML target objects may only be used with compiled INSERT or UPDATE statements")
    column = original_of(node.column)
    assignment = level.assigned.get(column)
    if assignment is None or assignment.value is node:
        return frame.render(node.column)
    return _value(assignment, len(frame.levels) == 1, frame)


DML: dict[type, Renderer] = {
    DMLTargetCopy: render_target_copy,
    DMLLimitClause: render_dml_limit,
    Delete: render_delete,
    Insert: render_insert,
    Update: render_update,
}
