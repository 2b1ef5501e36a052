"""Renderers of DDL statements: CREATE, DROP, ALTER, COMMENT.

In: a DDL element and the frame. Out: its text; line breaks as programs' logs have them.
"""

from __future__ import annotations

from typing import Any

from ..exc import CompileError
from ..schema import ddl, derived
from ..types.text import STRINGTYPE
from .ddl_columns import counter_options
from .frame import Frame, Placement, Renderer
from .render_ctes import with_clause


def _ddl(frame: Frame) -> None:
    frame.kind = "ddl"


def render_create_table(node: Any, frame: Frame) -> str:
    """CREATE TABLE with its columns and constraints."""
    _ddl(frame)
    table = node.element
    prefixes = "".join([f"{prefix} " for prefix in table._prefixes])
    exists = "IF NOT EXISTS " if node.if_not_exists else ""
    lines = [frame.render(column) for column in node.columns if not column.element.system]
    lines += [text for text in _constraint_lines(node, table, frame) if text]
    body = ", \n\t".join([line for line in lines if line])
    text = f"\nCREATE {prefixes}TABLE {exists}{frame.preparer.format_table(table)} ("
    text += f"\n\t{body}" if body else ""
    return f"{text}\n){frame.dialect.table_ending(table, frame)}\n\n"


def _constraint_lines(node: Any, table: Any, frame: Frame) -> list[str]:
    dialect = frame.dialect
    key = table.primary_key
    constraints = [key] if key is not None and dialect.renders_key_apart(table) else []
    included = node.include_foreign_key_constraints
    for constraint in table._sorted_constraints:
        if constraint is key or (constraint.column_flag and hasattr(constraint, "sqltext")):
            continue
        if hasattr(constraint, "referred_table"):
            if included is not None and constraint not in included:
                continue
            if included is None and constraint.use_alter and frame.features.alter:
                continue
        constraints.append(constraint)
    return [frame.render(one) for one in constraints if one.inline and one.is_wanted(dialect)]


def render_drop_table(node: Any, frame: Frame) -> str:
    """DROP TABLE."""
    _ddl(frame)
    return f"\nDROP TABLE {_if_exists(node)}{frame.preparer.format_table(node.element)}"


def _if_exists(node: Any) -> str:
    return "IF EXISTS " if node.if_exists else ""


def _if_not_exists(node: Any) -> str:
    return "IF NOT EXISTS " if node.if_not_exists else ""


# tables and views of a SELECT


def _select(statement: Any, frame: Frame) -> str:
    frame.wants_result = False
    frame.placement = Placement.TOP
    text = frame.render_literally(statement)
    ctes = with_clause(frame.ctes, frame)
    frame.ctes = None
    return ctes + text


def render_create_table_as(node: Any, frame: Frame) -> str:
    """CREATE TABLE .. AS SELECT."""
    _ddl(frame)
    temporary = "TEMPORARY " if node.temporary else ""
    name = frame.preparer.format_table(node.table)
    return f"CREATE {temporary}TABLE {_if_not_exists(node)}{name} AS {_select(node.selectable, frame)}"


def render_create_view(node: Any, frame: Frame) -> str:
    """CREATE VIEW .. AS SELECT."""
    _ddl(frame)
    words = ["CREATE"]
    words += ["OR REPLACE"] if node.or_replace else []
    words += ["TEMPORARY"] if node.temporary else []
    words += ["MATERIALIZED"] if node.materialized else []
    name = frame.preparer.format_table(node.table)
    exists = "IF NOT EXISTS " if node.option(frame.dialect.name, "if_not_exists") else ""
    return f"{' '.join(words)} VIEW {exists}{name} AS {_select(node.selectable, frame)}"


def render_drop_view(node: Any, frame: Frame) -> str:
    """DROP VIEW."""
    _ddl(frame)
    materialized = "MATERIALIZED " if node.materialized else ""
    return f"\nDROP {materialized}VIEW {_if_exists(node)}{frame.preparer.format_table(node.element)}"


# indexes


def render_create_index(node: Any, frame: Frame) -> str:
    """CREATE INDEX."""
    _ddl(frame)
    if node.element.table is None:
        raise CompileError(f"Index {node.element.name!r} is not associated with any table.")
    return str(frame.dialect.create_index_text(node, frame))


def index_name(index: Any, frame: Frame, with_schema: bool = False) -> str:
    """Return the name of an index; raises CompileError for one without."""
    if index.name is None:
        raise CompileError("CREATE INDEX requires that the index have a name")
    name = frame.preparer.format_index(index)
    schema = frame.preparer.schema_of(index.table) if index.table is not None else None
    return f"{frame.preparer.quote_schema(schema)}.{name}" if with_schema and schema else name


def index_expressions(index: Any, frame: Frame) -> list[str]:
    """Return the columns and expressions of an index."""
    before, frame.qualifies = frame.qualifies, False
    texts = [frame.render_literally(expression) for expression in index.expressions]
    frame.qualifies = before
    return texts


def index_condition(condition: Any, frame: Frame) -> str:
    """Return ` WHERE condition` of a partial index; the condition is SQL text or an expression."""
    if condition is None:
        return ""
    before, frame.qualifies = frame.qualifies, False
    text = condition if isinstance(condition, str) else frame.render_literally(condition)
    frame.qualifies = before
    return f" WHERE {text}"


def render_drop_index(node: Any, frame: Frame) -> str:
    """DROP INDEX."""
    _ddl(frame)
    return str(frame.dialect.drop_index_text(node, frame))


# constraints


def render_add_constraint(node: Any, frame: Frame) -> str:
    """ALTER TABLE .. ADD."""
    _ddl(frame)
    constraint = node.element
    return f"ALTER TABLE {frame.preparer.format_table(constraint.table)} ADD {frame.render(constraint)}"


def render_drop_constraint(node: Any, frame: Frame) -> str:
    """ALTER TABLE .. DROP CONSTRAINT."""
    _ddl(frame)
    return str(frame.dialect.drop_constraint_text(node, frame))


def dropped_name(node: Any, frame: Frame) -> str:
    """Return the name of a constraint to be dropped; raises CompileError for one without."""
    name = frame.preparer.format_constraint(node.element)
    if name is None:
        raise CompileError(f"Can't emit DROP CONSTRAINT for constraint {node.element!r}; it has no name")
    return name


# schemas, sequences, comments, text


def render_create_schema(node: Any, frame: Frame) -> str:
    """CREATE SCHEMA."""
    _ddl(frame)
    return f"CREATE SCHEMA {_if_not_exists(node)}{frame.preparer.format_schema(node.element)}"


def render_drop_schema(node: Any, frame: Frame) -> str:
    """DROP SCHEMA."""
    _ddl(frame)
    cascade = " CASCADE" if node.cascade else ""
    return f"DROP SCHEMA {_if_exists(node)}{frame.preparer.format_schema(node.element)}{cascade}"


def render_create_sequence(node: Any, frame: Frame) -> str:
    """CREATE SEQUENCE."""
    _ddl(frame)
    sequence = node.element
    text = f"CREATE SEQUENCE {_if_not_exists(node)}{frame.preparer.format_sequence(sequence)}"
    text += frame.dialect.sequence_type_text(sequence)
    options = counter_options(sequence, frame)
    return f"{text} {options}" if options else text


def render_drop_sequence(node: Any, frame: Frame) -> str:
    """DROP SEQUENCE."""
    _ddl(frame)
    return f"DROP SEQUENCE {_if_exists(node)}{frame.preparer.format_sequence(node.element)}"


def _quoted(text: str | None, frame: Frame) -> str:
    return str(frame.dialect.literal_text(text, STRINGTYPE))


def render_set_table_comment(node: Any, frame: Frame) -> str:
    """COMMENT ON TABLE .. IS."""
    _ddl(frame)
    return f"COMMENT ON TABLE {frame.preparer.format_table(node.element)} IS {_quoted(node.element.comment, frame)}"


def render_drop_table_comment(node: Any, frame: Frame) -> str:
    """COMMENT ON TABLE .. IS NULL."""
    _ddl(frame)
    return f"COMMENT ON TABLE {frame.preparer.format_table(node.element)} IS NULL"


def render_set_column_comment(node: Any, frame: Frame) -> str:
    """COMMENT ON COLUMN .. IS."""
    _ddl(frame)
    name = frame.preparer.format_column(node.element, use_table=True)
    return f"COMMENT ON COLUMN {name} IS {_quoted(node.element.comment, frame)}"


def render_drop_column_comment(node: Any, frame: Frame) -> str:
    """COMMENT ON COLUMN .. IS NULL."""
    _ddl(frame)
    return f"COMMENT ON COLUMN {frame.preparer.format_column(node.element, use_table=True)} IS NULL"


def render_ddl_text(node: Any, frame: Frame) -> str:
    """DDL as text, with the names of its target put in."""
    _ddl(frame)
    context = dict(node.context)
    target = node.target
    if hasattr(target, "fullname"):
        preparer = frame.preparer
        context.setdefault("table", preparer.quote(target.name))
        schema = preparer.schema_of(target)
        context.setdefault("schema", preparer.quote_schema(schema) if schema else "")
        context.setdefault("fullname", preparer.format_table(target))
    return str(node.statement % context)


DDL: dict[type, Renderer] = {
    ddl.AddConstraint: render_add_constraint,
    ddl.CreateIndex: render_create_index,
    ddl.CreateSchema: render_create_schema,
    ddl.CreateSequence: render_create_sequence,
    ddl.CreateTable: render_create_table,
    derived.CreateTableAs: render_create_table_as,
    derived.CreateView: render_create_view,
    ddl.DDL: render_ddl_text,
    ddl.DropColumnComment: render_drop_column_comment,
    ddl.DropConstraint: render_drop_constraint,
    ddl.DropIndex: render_drop_index,
    ddl.DropSchema: render_drop_schema,
    ddl.DropSequence: render_drop_sequence,
    ddl.DropTable: render_drop_table,
    ddl.DropTableComment: render_drop_table_comment,
    derived.DropView: render_drop_view,
    ddl.SetColumnComment: render_set_column_comment,
    ddl.SetTableComment: render_set_table_comment,
}
