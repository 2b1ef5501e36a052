"""The frame: what a renderer knows while a statement becomes text.

In: a dialect and the positions of the statement's binds. During: `render()` dispatches by class; the fields say where
we are (are columns qualified? are values literal? which SELECTs are around?); names are numbered and binds collected in
the order in which they are met. Out: what `statement.py` builds `Compiled` from. One frame serves one compilation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from ..exc import CompileError
from ..sql.function import Function
from ..sql.names import AnonymousName, Name
from ..util import immutabledict
from .compiled import BindSlot, ResultColumn, original_of
from .features import Features
from .language import Language
from .marks import MARK, pieces_of, without_marks
from .preparer import IdentifierPreparer

Renderer = Callable[[Any, "Frame"], str]

_UNFIT_IN_STEM = re.compile(r"[%\(\) \$:]+")
_BIND_NAME_ESCAPES = str.maketrans({"%": "P", "(": "A", ")": "Z", ":": "C", ".": "_", "[": "_", "]": "_", " ": "_"})


class Placement(Enum):
    """Where a SELECT stands, which decides what it correlates to and how its columns are labelled."""

    TOP = "the whole statement, or a part of it that is not nested"
    EXPRESSION = "a value, or the right side of IN or EXISTS"
    FROM = "an element of FROM"
    LATERAL = "an element of FROM that refers to those before it"
    CTE = "a common table expression"


class Level:
    """One SELECT (or UPDATE, DELETE) that is being rendered: what its subqueries and its ORDER BY refer to."""

    __slots__ = ("adjacent", "assigned", "enclosing", "labels", "nested_ctes", "statement")

    def __init__(self, statement: Any, enclosing: list[Any], adjacent: list[Any]) -> None:
        self.statement = statement
        self.enclosing = enclosing
        """Every FROM displayed here or further out: what `correlate()` may name."""
        self.adjacent = adjacent
        """The FROMs displayed here, parts of joins included: what correlates by itself."""
        self.labels: dict[int, str] = {}
        """Labels in the list of columns, by identity: ORDER BY writes their names."""
        self.assigned: dict[Any, Any] | None = None
        """Of an INSERT or UPDATE, the value that it gives each column."""
        self.nested_ctes: CteScope | None = None
        """Common table expressions that belong to this statement alone."""


class CteScope:
    """The WITH clause that is being collected: texts and expressions by name, in order."""

    __slots__ = ("is_recursive", "names", "texts")

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.names: dict[str, Any] = {}
        self.is_recursive = False


class Frame:
    """The context of one compilation. Renderers read it, and set and restore its flags around what they render."""

    literal_binds = False
    is_around_member = False
    """Whether what a type puts around each member of a list is being rendered."""
    """Whether values are written into the text."""
    column_keys: tuple[str, ...] | None = None
    lints = False
    """Whether FROM elements that nothing connects are warned about."""
    in_operator = False
    """Whether an operator is around what is rendered: some operators then stand in parentheses."""
    qualifies = True
    """Whether columns are written after their table's name."""
    flags: Mapping[str, Any] = immutabledict()
    """What the program gave as `compile_kwargs` for functions of its own."""
    writes_binds = False
    """Whether values are written into the text when it is executed, where parameters cannot stand."""
    wants_result = True
    """Whether the next list of columns is that of the whole statement's result."""
    placement = Placement.TOP
    """Where the SELECT that is rendered next stands."""
    ctes: CteScope | None = None
    """The WITH clause of the whole statement, once there is one."""
    in_definition = False
    """Whether it is the body of a common table expression that is rendered."""
    everywhere: Any = None
    """What lowering told of all SELECTs inside the statement."""
    kind = "other"
    result_by = "position"

    def __init__(
        self,
        dialect: Language,
        positions: dict[int, int] | None = None,
        *,
        literal_binds: bool = False,
        column_keys: tuple[str, ...] | None = None,
        lints: bool = False,
        options: dict[str, Any] | None = None,
    ) -> None:
        self.dialect = dialect
        self.table: dict[type, Renderer] = dialect.render_table
        self.preparer: IdentifierPreparer = dialect.identifier_preparer
        self.quoted = self.preparer.remembered
        self.features = dialect.features
        self.positions = positions or {}
        if literal_binds:
            self.literal_binds = True
        if column_keys is not None:
            self.column_keys = column_keys
        if lints:
            self.lints = True
        self.options = options or {}
        self.levels: list[Level] = []
        self.result_columns: list[ResultColumn] = []
        self.slots: list[BindSlot] = []
        self.outcome: dict[str, Any] = {}
        """Further fields of `Compiled` which the renderer of the statement fills."""
        self._names: dict[tuple[int, str, int], str] = {}
        self._counters: dict[str, int] = {}
        self._kept: list[Any] = []
        self.prefixes: dict[int, str] = {}
        """By identity of the table: what `table_prefix()` returned."""
        self._slot_numbers: dict[int, int] = {}
        self._slot_by_name: dict[str, int] = {}
        self._unwrapped: set[int] = set()

    # rendering

    def render(self, node: Any) -> str:
        """Return the text of a node."""
        class_: type = node.__class__
        function = self.table.get(class_)
        if function is None:
            function = self.dialect.find_renderer(class_, self)
        return function(node, self)

    def render_list(self, nodes: Any, separator: str = ", ") -> str:
        """Return the texts of nodes in a row, leaving out empty ones."""
        return separator.join([text for text in map(self.render, nodes) if text])

    def render_operands(self, left: Any, word: str, right: Any) -> str:
        """Return the texts of two operands with the word between them."""
        before, self.in_operator = self.in_operator, True
        text = self.render(left) + word + self.render(right)
        self.in_operator = before
        return text

    def render_for(self, node: Any, dialect: Language) -> str:
        """Return the text of a node in the language of another dialect, parameters as they are written there."""
        before = self.dialect, self.table, self.preparer, self.features
        self._speak(dialect, dialect.render_table, dialect.identifier_preparer, dialect.features)
        pieces, order = pieces_of(self.render(node))
        self._speak(*before)
        marks = [
            dialect.placeholder(self.slots[number].name, place + 1) + self.slots[number].suffix
            for place, number in enumerate(order)
        ]
        return "".join([piece + mark for piece, mark in zip(pieces, [*marks, ""], strict=True)])

    def _speak(self, dialect: Language, table: Any, preparer: IdentifierPreparer, features: Features) -> None:
        self.dialect, self.table, self.preparer, self.features = dialect, table, preparer, features

    def render_unqualified(self, node: Any) -> str:
        """Return the text of a node with columns written without their tables."""
        before, self.qualifies = self.qualifies, False
        text = self.render(node)
        self.qualifies = before
        return text

    def render_literally(self, node: Any) -> str:
        """Return the text of a node with values written into it."""
        before, self.literal_binds = self.literal_binds, True
        text = self.render(node)
        self.literal_binds = before
        return text

    def render_built_in(self, node: Any) -> str:
        """Return the text of a node as it is without functions that the program registered for its class."""
        return self.dialect.find_built_in(node.__class__, self)(node, self)

    # what functions registered by programs call

    def process(self, node: Any, **kw: Any) -> str:
        """Return the text of a node; `literal_binds=True` writes values into it, all else goes to functions inside."""
        node = node.__clause_element__() if hasattr(node, "__clause_element__") else node
        before = self.flags
        literally = kw.pop("literal_binds", False)
        if kw:
            self.flags = immutabledict({**before, **kw})
        try:
            return self.render_literally(node) if literally else self.render(node)
        finally:
            self.flags = before

    @property
    def statement(self) -> Any:
        """The statement around the node that is being rendered."""
        return self.levels[-1].statement if self.levels else None

    @property
    def type_compiler(self) -> Any:
        """What renders types."""
        return self.dialect.type_compiler

    @property
    def type_compiler_instance(self) -> Any:
        """The same under its newer name."""
        return self.dialect.type_compiler

    def render_literal_value(self, value: Any, type_: Any) -> str:
        """Return a value as SQL text."""
        return self.dialect.literal_text(value, type_)

    # names

    def name(self, name: Name) -> str:
        """Return a name; an anonymous one gets the next number of its stem when it is met first."""
        if type(name) is not AnonymousName:
            return name  # type: ignore[return-value]
        stem, owner, index, suffix = name
        if type(stem) is not str:
            stem = self.name(stem)
        owner = original_of(owner)
        key = (id(owner), stem, index)
        text = self._names.get(key) or self._number(stem, owner, key)
        if type(suffix) is not str:
            suffix = "".join(map(self.name, suffix))
        return text + suffix if suffix else text

    def _number(self, stem: str, owner: Any, key: tuple[int, str, int]) -> str:
        """Number an anonymous name; the owner is kept alive, so that its id stays its own."""
        number = self._counters.get(stem, 0) + 1
        self._counters[stem] = number
        self._kept.append(owner)
        text = self._names[key] = self.shortened(f"{stem}_{number}")
        return text

    def shortened(self, name: str) -> str:
        """Return a generated name cut to what the database takes, with a number that keeps it unique."""
        limit = self.dialect.label_length or self.dialect.max_identifier_length
        if len(name) <= limit - 6:
            return name
        number = self._counters.get("_shortened", 0) + 1
        self._counters["_shortened"] = number
        return f"{name[: max(limit - 6, 0)]}_{number:x}"

    def quoted_name(self, name: Name) -> str:
        """Return a name as it stands in SQL."""
        return self.preparer.quote(name if type(name) is str else self.name(name))

    def element_name(self, element: Any) -> str:
        """Return the name of a FROM element for messages."""
        name = getattr(element, "name", None)
        return str(element.description) if name is None else self.name(name)

    def table_prefix(self, table: Any) -> str:
        """Return what stands before the columns of a table or alias: its name, with its schema, and a dot."""
        prefix = self.prefixes.get(id(table))
        if prefix is None:
            name, schema = self.quoted_name(table.name), self.preparer.schema_of(table)
            prefix = f"{self.preparer.quote_schema(schema)}.{name}." if schema else f"{name}."
            self.prefixes[id(table)] = prefix
            self._kept.append(table)
        return prefix

    # binds

    def place_bind(
        self, bind: Any, key: str | None = None, column: Any = None, around: tuple[str, str] = ("", "")
    ) -> str:
        """Return the mark of a bind; `around` is what stands before and after each member of a list."""
        bind = bind.__dict__.get("_original", bind)
        number = self._slot_numbers.get(id(bind))
        if number is None:
            number = self._add_bind(bind, key, column, around)
        return f"{MARK}{number}{MARK}"

    def _add_bind(self, bind: Any, key: str | None, column: Any, around: tuple[str, str]) -> int:
        key = self._bind_key(bind) if key is None else key
        slot = self._slot(bind, key, column, around)
        number = self._slot_by_name.get(key)
        if number is None:
            number = self._slot_by_name[key] = len(self.slots)
            self.slots.append(slot)
        else:
            _check_conflict(self.slots[number], slot)
            self.slots[number] = slot
        self._slot_numbers[id(bind)] = number
        self._kept.append(bind)
        return number

    def _bind_key(self, bind: Any) -> str:
        if bind.name is not None:
            name: str = bind.name
            return name
        stem: str = bind.stem or "param"
        if not stem.isidentifier():
            stem = _UNFIT_IN_STEM.sub("_", stem)
        return self._number(stem, bind, (id(bind), stem, 0))

    def _slot(self, bind: Any, key: str, column: Any, around: tuple[str, str]) -> BindSlot:
        expanding = bind.expanding
        return BindSlot(
            key if key.isidentifier() else without_marks(key.translate(_BIND_NAME_ESCAPES), "the name of a bind"),
            key,
            self.positions.get(id(bind)),
            bind,
            bind.type,
            expanding,
            bind.literal_execute or self.writes_binds,
            self.dialect.bind_cast(bind.type) if self.features.bind_casts else "",
            bind.required,
            column,
            self.dialect.empty_list(bind) if expanding else "",
            expanding and getattr(bind.type, "types", None) is not None,
            *around,
        )

    def unwrap_once(self, node: Any) -> bool:
        """Tell whether a node's type has to put its expression around it; False inside that expression."""
        if id(node) in self._unwrapped:
            return False
        self._unwrapped.add(id(node))
        return True

    def wrap_again(self, node: Any) -> None:
        """End what `unwrap_once` began."""
        self._unwrapped.discard(id(node))


class OpenFrame(Frame):
    """What a frame turns into when the first function of a program gets it: a class with `__getattr__` is slower."""

    def _visit(self, node: Any, **kw: Any) -> str:
        if kw.get("literal_binds"):
            before, self.literal_binds = self.literal_binds, True
            text = self.render_built_in(node)
            self.literal_binds = before
            return text
        return self.render_built_in(node)

    def _visit_function(self, node: Any, **kw: Any) -> str:
        return str(self.dialect.built_in_renderers[Function](node, self))

    def get_column_default_string(self, column: Any) -> str | None:
        """Return the server default of a column as DDL writes it."""
        return self.dialect.default_text(column, self)

    def get_column_specification(self, column: Any, **kw: Any) -> str:
        """Return the line of a column in CREATE TABLE, without its constraints."""
        return self.dialect.column_text(column, self)

    def define_constraint_match(self, constraint: Any) -> str:
        """Return the MATCH of a foreign key."""
        return self.dialect.key_options(constraint)[0]

    def define_constraint_cascades(self, constraint: Any) -> str:
        """Return ON DELETE and ON UPDATE of a foreign key."""
        return self.dialect.key_options(constraint)[1]

    def define_constraint_deferrability(self, constraint: Any) -> str:
        """Return when a constraint is checked."""
        return self.dialect.key_options(constraint)[2]

    def get_identity_options(self, identity_options: Any) -> str:
        """Return the options of a sequence or identity column."""
        return self.dialect.counter_options(identity_options, self)

    def render_literal_bindparam(self, bindparam: Any, **kw: Any) -> str:
        """Return the value of a bind as SQL text."""
        return self._visit(bindparam, literal_binds=True)

    @property
    def sql_compiler(self) -> OpenFrame:
        """What renders expressions: the frame itself."""
        return self

    def __getattr__(self, name: str) -> Any:
        """`visit_anything(node)` renders a node in the built-in way."""
        if name == "visit_function":
            return self._visit_function
        if name.startswith("visit_"):
            return self._visit
        raise AttributeError(f"'Frame' object has no attribute {name!r}")


def _check_conflict(old: BindSlot, new: BindSlot) -> None:
    if old.bind.is_crud != new.bind.is_crud and not (old.bind.unique or new.bind.unique):
        raise CompileError(
            f"bindparam() name '{new.key}' is reserved for automatic usage in the VALUES or SET clause of this "
            "insert/update statement.   Please use a name other than column name when using bindparam() with "
            f"insert() or update() (for example, 'b_{new.key}')."
        )
    if old.bind.unique or new.bind.unique:
        raise CompileError(f"Bind parameter '{new.key}' conflicts with unique bind parameter of the same name")
    if old.expanding != new.expanding:
        raise CompileError(f"Can't reuse bound parameter name '{new.key}' in both 'expanding' and plain contexts")
