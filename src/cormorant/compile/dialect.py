"""A dialect: everything that the compiler asks a database, as tables.

In: class attributes of a dialect, which name only its differences. Out: `render_table`, text of types, conversions of
values, quoting, features. The driver's verbs are of the engine; a dialect here can be made without any driver and is
enough to print a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any, ClassVar, Self, cast

from ..exc import CompileError, InvalidRequestError, UnsupportedCompilationError
from ..types.conversion import Conversion, as_processor
from ..types.decorator import TypeDecorator
from ..util import warn_deprecated
from ..util.bounded import make_room
from . import custom
from .ddl_dialect import DDLParts
from .dialect_compilers import PublicCompilers
from .dialect_facts import PublicDialect
from .features import Features
from .frame import Frame, OpenFrame, Renderer
from .preparer import IdentifierPreparer

TypeText = Callable[[Any, "TypeCompiler"], str]
ConversionMaker = Callable[[Any, Any], Conversion | None]
OperatorRenderer = Callable[[Any, Frame], str]

_LAYERED = {
    "renderers": "built_in_renderers",
    "function_texts": "function_table",
    "operator_renderers": "operators",
    "operator_texts": "operator_words",
    "type_texts": "built_in_type_texts",
    "bind_makers": "bind_table",
    "result_makers": "result_table",
    "literal_makers": "literal_table",
    "cast_suffixes": "cast_table",
}
"""Attribute with a class's differences -> attribute with the whole table, its bases' entries included."""


class NotInDialect(CompileError, NotImplementedError):
    """A dialect cannot say what a statement asks for."""


class Dialect(PublicCompilers, PublicDialect, DDLParts):
    """The base of all dialects. The tables of the standard language are put in by `default.py`."""

    name: str = "default"
    driver: str = ""
    features: Features = Features()
    default_paramstyle: ClassVar[str] = "named"
    preparer_class: ClassVar[type[IdentifierPreparer]] = IdentifierPreparer
    default_schema_name: Any = None
    server_version_info: Any = None
    """The version of the server; known after the first connection."""
    options: ClassVar[tuple[str, ...]] = ()
    """Options of create_engine() that this dialect takes besides those that all take."""
    dbapi: Any
    """The driver's module; set by create_engine()."""
    connect_arguments: Callable[[Any], tuple[list[Any], dict[str, Any]]] | None = None
    """What the driver's `connect` is called with for a URL; set by create_engine()."""
    is_async: bool = False
    """Whether the driver is awaited; set by create_engine()."""
    cursor_name: Callable[[str], str] | None = None
    """Function of a column's name as the cursor tells it -> as programs write it: where names are in upper case."""

    renderers: ClassVar[Mapping[type, Renderer]] = {}
    """Node class -> function(node, frame) -> text."""
    function_texts: ClassVar[Mapping[str, Renderer]] = {}
    """Name of a function without package -> function(node, frame) -> text, for functions written differently."""
    operator_renderers: ClassVar[Mapping[Any, OperatorRenderer]] = {}
    """Operator -> function(expression, frame) -> text, for operators that are no word between operands."""
    operator_texts: ClassVar[Mapping[Any, str]] = {}
    """Operator -> the word between the operands, blanks included, or before the operand."""
    type_texts: ClassVar[Mapping[type, TypeText]] = {}
    """Type class -> function(type, type compiler) -> text."""
    bind_makers: ClassVar[Mapping[type, ConversionMaker]] = {}
    """Type class -> function(type, dialect) -> Conversion of values on their way to the driver, or None."""
    result_makers: ClassVar[Mapping[type, ConversionMaker]] = {}
    """The same for values from the driver."""
    literal_makers: ClassVar[Mapping[type, ConversionMaker]] = {}
    """The same for values to SQL text."""
    cast_suffixes: ClassVar[Mapping[type, TypeText]] = {}
    """Type class -> function(type, type compiler) -> the type to cast binds to, or an empty string."""

    join_words: ClassVar[Mapping[str, str]] = {
        "inner": " JOIN ",
        "outer": " LEFT OUTER JOIN ",
        "full": " FULL OUTER JOIN ",
    }

    built_in_renderers: ClassVar[dict[type, Renderer]]
    render_table: ClassVar[dict[type, Renderer]]
    function_table: ClassVar[dict[str, Renderer]]
    operators: ClassVar[dict[Any, OperatorRenderer]]
    operator_words: ClassVar[dict[Any, str]]
    built_in_type_texts: ClassVar[dict[type, TypeText]]
    type_text_table: ClassVar[dict[type, TypeText]]
    bind_table: ClassVar[dict[type, ConversionMaker]]
    result_table: ClassVar[dict[type, ConversionMaker]]
    literal_table: ClassVar[dict[type, ConversionMaker]]
    cast_table: ClassVar[dict[type, TypeText]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        build_tables(cls)

    def __init__(
        self,
        *,
        paramstyle: str | None = None,
        label_length: int | None = None,
        max_identifier_length: int | None = None,
        json_serializer: Callable[[Any], str] | None = None,
        json_deserializer: Callable[[Any], Any] | None = None,
    ) -> None:
        self.dbapi = None
        self.paramstyle = paramstyle or self.default_paramstyle
        if self.paramstyle not in PLACEHOLDERS:
            raise CompileError(f"unknown paramstyle {self.paramstyle!r}: expected one of {', '.join(PLACEHOLDERS)}")
        self.positional = self.paramstyle in ("qmark", "format", "numeric", "numeric_dollar")
        self.doubles_percents = self.paramstyle in ("format", "pyformat")
        self.max_identifier_length = max_identifier_length or self.features.max_identifier_length
        if label_length is not None and label_length > self.max_identifier_length:
            raise CompileError(
                f"Label length of {label_length} is greater than this dialect's maximum identifier length of "
                f"{self.max_identifier_length}"
            )
        self.label_length = label_length
        self.json_serializer = json_serializer
        self.json_deserializer = json_deserializer
        self.identifier_preparer = self.preparer_class(self)
        self.type_compiler = TypeCompiler(self)
        self._cast_suffixes: dict[Any, str] = {}
        self._translated: dict[frozenset[Any], Dialect] = {}

    def __repr__(self) -> str:
        return f"<{type(self).__module__}.{type(self).__qualname__}>"

    def translated(self, names: Mapping[str | None, str | None]) -> Self:
        """Return the dialect with names of schemas translated; the same one for the same names."""
        key = frozenset(names.items())
        found = self._translated.get(key)
        if found is None:
            found = copy(self)
            found.identifier_preparer = self.identifier_preparer.translated(names)
            found.type_compiler = TypeCompiler(found)
            found._cast_suffixes = {}
            make_room(self._translated, MOST_TRANSLATIONS)[key] = found
        return cast("Self", found)

    def upsert(self, entity: Any, key: Sequence[Any], assignments: Callable[[Any], list[tuple[str, Any]]]) -> Any:
        """Return an INSERT into a table or mapped class that changes the row where there is one with the same key.

        `assignments` is called with the columns of the row that was to be inserted, and returns pairs of a column's
        key and an expression. The feature `upserts` says whether the database has it.
        """
        raise CompileError(f"{self.name!r} has no INSERT that changes the row where there is one")

    def create_connect_args(self, url: Any) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments with which the driver connects to a URL; for the dialect of an engine."""
        if self.connect_arguments is None:
            raise InvalidRequestError(
                f"dialect {self.name!r} belongs to no engine, so it has no driver that could say how it connects"
            )
        return self.connect_arguments(url)

    # finding renderers

    def find_renderer(self, class_: type, frame: Frame) -> Renderer:
        """Return the renderer of a node class, a program's own before the built-in one, and remember it."""
        for base in class_.__mro__:
            function = custom.find(base, self.name)
            if function is not None:
                found = _as_renderer(function)
                break
            if base in self.built_in_renderers:
                found = self.built_in_renderers[base]
                break
        else:
            raise UnsupportedCompilationError(frame, class_, custom.why_not(class_))
        self.render_table[class_] = found
        return found

    def find_built_in(self, class_: type, frame: Frame) -> Renderer:
        """Return the built-in renderer of a node class."""
        for base in class_.__mro__:
            if base in self.built_in_renderers:
                return self.built_in_renderers[base]
        raise UnsupportedCompilationError(frame, class_, custom.why_not(class_))

    # types

    def type_text(self, type_: Any) -> str:
        """Return a type as SQL."""
        text: str = self.type_compiler.process(type_)
        return text

    def foreign_type_text(self, class_: type, compiler: TypeCompiler) -> TypeText:
        """Return the renderer of a type that only another database has; raises UnsupportedCompilationError."""
        raise UnsupportedCompilationError(compiler, class_)

    def bind_cast(self, type_: Any) -> str:
        """Return what follows a bind of a type: `::INTEGER`, or an empty string."""
        found = type_.dialect_impl(self)
        if found is type_ and isinstance(type_, TypeDecorator) and _for(found, self.cast_table) is None:
            found = found.type_engine(self)
        type_ = found
        key = type_.key or id(type_)
        suffix = self._cast_suffixes.get(key)
        if suffix is None:
            suffix = self._make_cast(type_)
            if type_.key is not None:
                self._cast_suffixes[key] = suffix
        return suffix

    def _make_cast(self, type_: Any) -> str:
        maker = _for(type_, self.cast_table)
        if maker is None and type_.render_bind_cast:
            maker = _own_name
        text = "" if maker is None else maker(type_, self.type_compiler)
        return f"::{text}" if text else ""

    # values

    def bind_conversion(self, type_: Any) -> Conversion | None:
        """Return how values of a type go to the driver; None for as they are."""
        maker = _for(type_, self.bind_table)
        return None if maker is None else maker(type_, self)

    def result_conversion(self, type_: Any) -> Conversion | None:
        """Return how values of a type come from the driver; None for as they are."""
        maker = _for(type_, self.result_table)
        return None if maker is None else maker(type_, self)

    def literal_conversion(self, type_: Any) -> Conversion | None:
        """Return how values of a type become SQL text; None where that is not possible."""
        maker = _for(type_, self.literal_table)
        return None if maker is None else maker(type_, self)

    def literal_text(self, value: Any, type_: Any) -> str:
        """Return a value as SQL text."""
        if value is None and not type_.should_evaluate_none:
            return "NULL"
        process = as_processor(type_.literal_conversion(self))
        if process is None and value is None:
            return "NULL"
        if process is None:
            raise CompileError(
                f'No literal value renderer is available for literal value "{value!r}" with datatype {type_}'
            )
        try:
            return str(process(value))
        except CompileError:
            raise
        except Exception as error:
            raise CompileError(
                f'Could not render literal value "{value!r}" with datatype {type_}; see the cause for more detail.'
            ) from error

    def empty_list(self, bind: Any) -> str:
        """Return what an empty list becomes inside `IN (..)`: a set without rows."""
        types = getattr(bind.type, "types", None)
        nulls = f"({', '.join(['NULL'] * len(types))})" if types else "NULL"
        is_negative = getattr(bind.expand_op, "__name__", "") == "not_in_op"
        return f"{nulls}) OR (1 = 1" if is_negative else f"{nulls}) AND (1 != 1"

    # text that differs between databases

    def joined_text(self, parts: list[str]) -> str:
        """Return texts joined to one string value."""
        return " || ".join(parts)

    def fraction_text(self, text: str, type_: Any) -> str:
        """Return a number so that dividing by it keeps the fraction; `type_` is one that has a fraction."""
        return f"CAST({text} AS {self.type_text(type_)})"

    def with_text(self, is_recursive: bool) -> str:
        """Return how a WITH clause begins."""
        return "WITH RECURSIVE" if is_recursive else "WITH"

    def distinct_text(self, select: Any, frame: Frame) -> str:
        """Return DISTINCT with the blank after it."""
        if select.distinct_on and self.features.distinct_on:
            return f"DISTINCT ON ({frame.render_list(select.distinct_on)}) "
        if select.distinct_on and self.name != "default":
            warn_deprecated(
                "DISTINCT ON is currently supported only by the dialects of databases that have it.  Use of DISTINCT "
                "ON for other backends is currently silently ignored, however this usage is deprecated, and will raise "
                "CompileError in a future release for all backends that do not support this syntax."
            )
        return "DISTINCT "

    def limit_text(self, select: Any, frame: Frame) -> str:
        """Return LIMIT and OFFSET."""
        text = ""
        if select.limit_clause is not None:
            text += f"\n LIMIT {frame.render(select.limit_clause)}"
        if select.offset_clause is not None:
            unlimited = "\n LIMIT -1" if select.limit_clause is None else ""
            text += f"{unlimited} OFFSET {frame.render(select.offset_clause)}"
        return text

    def fetch_count(self, text: str) -> str:
        """Return a number of rows as FETCH FIRST takes it."""
        return text

    def no_from_text(self, has_conditions: bool) -> str:
        """Return what stands in place of FROM in a SELECT of nothing."""
        return ""

    def hinted_table(self, text: str, hint: str) -> str:
        """Return a table in FROM with its hint; databases without hints leave it out."""
        return text

    def statement_head_hint(self, hint: str) -> str:
        """Return the hint of a statement as it stands after SELECT."""
        return ""

    def statement_tail_hint(self, hint: str) -> str:
        """Return the hint of a statement as it stands at the end."""
        return f" {hint}" if hint else ""

    def update_ending(self, statement: Any, frame: Frame) -> str:
        """Return what follows WHERE in UPDATE and DELETE."""
        return ""

    def delete_from_text(self, statement: Any, table: str, extra: list[Any], frame: Frame) -> str:
        """Return `FROM table`, with the further tables of the criteria."""
        if not extra:
            return f"FROM {table}"
        keyword = self.features.delete_from
        if not keyword:
            raise NotInDialect(
                "This backend does not support multiple-table criteria within DELETE: use a subquery, as in "
                "delete(a).where(a.c.id.in_(select(b.c.a_id)))"
            )
        return f"FROM {table} {keyword} {', '.join([frame.render(element) for element in extra])}"

    def described_name(self, name: str) -> str:
        """Return the name of a result column for what the cursor calls it."""
        return name

    # binds in text

    def placeholder(self, name: str, number: int) -> str:
        """Return how the text refers to a bind: by name, or by its place, counted from one."""
        return PLACEHOLDERS[self.paramstyle].format(name=name, number=number)


MOST_TRANSLATIONS = 100
"""For how many translations of schema names a dialect is kept: programs may have one per customer."""

PLACEHOLDERS = {
    "qmark": "?",
    "format": "%s",
    "pyformat": "%({name})s",
    "named": ":{name}",
    "numeric": ":{number}",
    "numeric_dollar": "${number}",
}


class TypeCompiler:
    """Renders types for one dialect; functions that programs register for types get it as `compiler`."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.preparer = dialect.identifier_preparer

    def process(self, type_: Any, **kw: Any) -> str:
        """Return a type as SQL."""
        found = type_.dialect_impl(self.dialect)
        class_: type = found.__class__
        function: TypeText | None = self.dialect.type_text_table.get(class_)
        if function is None:
            function = self._find(class_)
        return function(found, self)

    def process_built_in(self, type_: Any) -> str:
        """Return a type as SQL without functions that the program registered for its class."""
        function: TypeText | None = _for(type_, self.dialect.built_in_type_texts)
        if function is None:
            raise UnsupportedCompilationError(self, type_.__class__)
        return function(type_, self)

    def _find(self, class_: type) -> TypeText:
        built_in = self.dialect.built_in_type_texts
        for base in class_.__mro__:
            function = custom.find(base, self.dialect.name)
            if function is not None:
                found: TypeText = function
                break
            if base in built_in:
                found = built_in[base]
                break
            if base.__dict__.get("is_specific"):
                found = self.dialect.foreign_type_text(base, self)
                break
        else:
            raise UnsupportedCompilationError(self, class_)
        self.dialect.type_text_table[class_] = found
        return found

    def _visit(self, type_: Any, **kw: Any) -> str:
        return self.process_built_in(type_)

    def __getattr__(self, name: str) -> Any:
        """`visit_anything(type)` renders a type in the built-in way."""
        if name.startswith("visit_"):
            return self._visit
        raise AttributeError(f"'TypeCompiler' object has no attribute {name!r}")


def build_tables(cls: type[Dialect]) -> None:
    """Merge a dialect's differences over the tables of its bases; begin empty tables of found renderers."""
    for own, whole in _LAYERED.items():
        table: dict[Any, Any] = {}
        for base in reversed(cls.__mro__):
            table.update(base.__dict__.get(own, ()))
        setattr(cls, whole, table)
    cls.render_table = {}
    cls.type_text_table = {}
    custom.remember_memo(cls.render_table)
    custom.remember_memo(cls.type_text_table)


def _for(type_: Any, table: Mapping[type, Any]) -> Any:
    """Return what a table has for the class of a type, or for the next of its bases."""
    for base in type_.__class__.__mro__:
        if base in table:
            return table[base]
    return None


def _own_name(type_: Any, compiler: TypeCompiler) -> str:
    return compiler.process(type_)


def _as_renderer(function: custom.CustomRenderer) -> Renderer:
    def render(node: Any, frame: Frame) -> str:
        frame.__class__ = OpenFrame
        options = {**frame.flags, "literal_binds": True} if frame.literal_binds else frame.flags
        return function(node, frame, **options)

    return render


build_tables(Dialect)
