"""Names of the columns in the columns clause of a SELECT: what stands after AS, and what a subquery calls them.

In: column expressions and a label style. Out: one `NamedItem` per expression. Rendering takes `label` at the top and
`inner_label` inside a subquery or CTE; `name` and `key` are those of the column that a subquery shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, NamedTuple

from .names import AnonymousName, Name, stem_of


class SelectLabelStyle(Enum):
    """How columns of a SELECT are labelled."""

    LABEL_STYLE_NONE = 0
    LABEL_STYLE_TABLENAME_PLUS_COL = 1
    LABEL_STYLE_DISAMBIGUATE_ONLY = 2
    LABEL_STYLE_LEGACY_ORM = 3
    LABEL_STYLE_DEFAULT = LABEL_STYLE_DISAMBIGUATE_ONLY


LABEL_STYLE_NONE = SelectLabelStyle.LABEL_STYLE_NONE
LABEL_STYLE_TABLENAME_PLUS_COL = SelectLabelStyle.LABEL_STYLE_TABLENAME_PLUS_COL
LABEL_STYLE_DISAMBIGUATE_ONLY = SelectLabelStyle.LABEL_STYLE_DISAMBIGUATE_ONLY
LABEL_STYLE_DEFAULT = LABEL_STYLE_DISAMBIGUATE_ONLY


class NamedItem(NamedTuple):
    """A column of a SELECT and its names.

    `label` is what stands after AS in a statement that is executed, `inner_label` in a subquery, None for no AS;
    `name` is the name in the result (None: whatever the database says), `key` the key in `.c`.
    """

    element: Any
    label: Name | None
    inner_label: Name | None
    name: Name | None
    key: str

    @property
    def proxied_name(self) -> Name | None:
        """The name of the column that a subquery shows."""
        return self.inner_label if self.name is None else self.name


def plain_item(column: Any) -> NamedItem:
    """Return a column under its own name and key."""
    name = column.name
    return NamedItem(column, None, name, name, proxy_key(column))


class _Names:
    """The names given so far in one columns clause."""

    def __init__(self, style: SelectLabelStyle) -> None:
        self.style = style
        self.by_name: dict[Any, Any] = {}
        self.keys: dict[str, int] = {}
        self.repeats: dict[str, int] = {}

    def plain_item(self, element: Any) -> NamedItem:
        """Name a column of a table whose name and key are not taken: the common case; else whatever it is."""
        if element.is_table_column and element.table is not None and not element.is_literal:
            item: NamedItem = element.plain_item if element.has_own_shape else plain_item(element)
            _, _, _, name, key = item
            if type(name) is str and name not in self.by_name and key not in self.keys:
                self.by_name[name] = element
                self.keys[key] = 1
                return item
        return self.item(element)

    def item(self, element: Any) -> NamedItem:
        if element.is_text:
            return NamedItem(element, None, None, None, "_text")
        given = element.given_name if element.is_label else None
        if given is not None:
            self.by_name.setdefault(given, element)
            return NamedItem(element, given, given, given, self.key(given))
        inner = wrapped_column(element)
        if inner.is_named and not inner.is_label:
            return self.named(element, inner)
        return self.unnamed(element, inner)

    def unnamed(self, element: Any, inner: Any) -> NamedItem:
        """Name an expression without a name of its own: `count_1`, `anon_1`."""
        label = AnonymousName(stem_of(inner.anon_stem), element)
        if self.by_name.setdefault(label.number_key, element) is element and not self.first(label):
            label = self.repeated(label.stem, element)
        key = self.key(getattr(inner, "key_stem", None) or "_no_label")
        shown = label if has_label(element) else None
        return NamedItem(element, shown, label, shown, key)

    def first(self, label: AnonymousName) -> bool:
        """Tell whether an anonymous label is met for the first time."""
        count = self.keys.get(f"\0{label.number_key}", 0)
        self.keys[f"\0{label.number_key}"] = count + 1
        return count == 0

    def named(self, element: Any, column: Any) -> NamedItem:
        """Name a column, or a cast of one."""
        table = column.table
        key = proxy_key(column)
        name: Name = column.name
        is_wrapped = element is not column
        if column.is_literal:
            return NamedItem(element, name if is_wrapped else None, name if is_wrapped else None, name, self.key(key))
        if self.style is LABEL_STYLE_TABLENAME_PLUS_COL and table is not None and table.named_with_column:
            name, key = qualified(table, name), qualified_key(table, key)
        elif table is None and not is_wrapped:
            return NamedItem(element, None, None, name, self.key(key))
        label = self.distinct(name, element, column, is_wrapped)
        if self.style is LABEL_STYLE_NONE:
            return NamedItem(element, name if is_wrapped else None, label, label, self.key(key))
        shows = is_wrapped or label is not column.name
        shown = label if not is_repeat(label) or is_wrapped else name
        return NamedItem(element, label if shows else None, label, shown, self.key(key))

    def distinct(self, name: Name, element: Any, column: Any, is_wrapped: bool) -> Name:
        """Return the name, or one to be numbered where the name is taken."""
        taken = self.by_name.get(name_key(name))
        if taken is None:
            self.by_name[name_key(name)] = element
            return name
        is_same = not is_wrapped and (taken is column or hash(taken) == hash(column))
        if is_same or (is_wrapped and self.style is not LABEL_STYLE_TABLENAME_PLUS_COL):
            return self.repeated(stem_of(name), column)
        label = AnonymousName(stem_of(name), element if is_wrapped else column)
        if self.first(label):
            return label
        return self.repeated(stem_of(name), column)

    def repeated(self, stem: str, owner: Any) -> AnonymousName:
        """Return the name of one more occurrence of the same column: `id__1`."""
        index = self.repeats[stem] = self.repeats.get(stem, 0) + 1
        return AnonymousName(f"{stem}_", owner, index)

    def key(self, key: str) -> str:
        """Return the key, numbered where it is taken."""
        count = self.keys.get(key)
        if count is None:
            self.keys[key] = 1
            return key
        while f"{key}_{count}" in self.keys:
            count += 1
        self.keys[key] = count + 1
        self.keys[f"{key}_{count}"] = 1
        return f"{key}_{count}"


def name_items(elements: Iterable[Any], style: SelectLabelStyle) -> tuple[NamedItem, ...]:
    """Return the columns of a SELECT with their names."""
    names = _Names(style)
    plain = names.plain_item if style is LABEL_STYLE_DISAMBIGUATE_ONLY else names.item
    return tuple([plain(element) for element in elements])


def wrapped_column(element: Any) -> Any:
    """Return what gives a cast its name: the expression inside."""
    while element.is_wrapper:
        element = element.wrapped
    return element


def has_label(element: Any) -> bool:
    """Tell whether an expression without a name gets a label at the top of a statement."""
    return bool(element.is_labelled or element.wraps_column_expression or not _is_of_column(element))


def _is_of_column(element: Any) -> bool:
    """Tell whether an operator stands before or after a column itself: `-a.id`, `a.id DESC`."""
    inner = element.element
    return bool(inner.is_table_column or inner.is_label)


def proxy_key(column: Any) -> str:
    """Return the key under which a column is known: that of the mapped attribute if it has one."""
    return str(column._annotations.get("proxy_key") or column.key or column.name)


def is_repeat(name: Name) -> bool:
    """Tell whether a name is that of a repeated column."""
    return isinstance(name, AnonymousName) and name.repeat > 0


def name_key(name: Name) -> Any:
    """Return what tells two names apart."""
    return (name.number_key, name.suffix) if isinstance(name, AnonymousName) else name


def qualified(table: Any, name: Name) -> Name:
    """Return the name of a column with that of its table before it: `a_id`, `schema_a_id`."""
    prefix = table.name
    if isinstance(prefix, AnonymousName):
        return prefix._replace(suffix=f"{prefix.suffix}_{stem_or_text(name)}")
    if table.schema is not None:
        prefix = f"{table.schema.replace('.', '_')}_{prefix}"
    if isinstance(name, AnonymousName):
        return AnonymousName(f"{prefix}_{name.stem}", name.owner, name.repeat, name.suffix)
    return f"{prefix}_{name}"


def stem_or_text(name: Name) -> str:
    return stem_of(name) if isinstance(name, AnonymousName) else name


def qualified_key(table: Any, key: str) -> str:
    """Return the key of a column with the name of its table before it."""
    return str(qualified(table, key))
