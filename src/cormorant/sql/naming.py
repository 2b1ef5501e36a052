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
LABEL_STYLE_LEGACY_ORM = SelectLabelStyle.LABEL_STYLE_LEGACY_ORM
LABEL_STYLE_DEFAULT = LABEL_STYLE_DISAMBIGUATE_ONLY


PROXY_KEY = "proxy_key"
"""The annotation that names the mapped attribute which an expression stands for, where it has another name itself."""
ATTRIBUTE_NAME = "attribute_name"
"""The annotation that names the attribute which made an expression anew: what has no name of its own takes it."""


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
        self.repeats = 0

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
        given = given_name_of(element)
        if given is not None:
            return self.labelled(element, given)
        inner = wrapped_column(element)
        if inner is not element and PROXY_KEY in element._annotations and not self.is_qualified_hybrid(element):
            inner = element
        if inner is element:
            return self.named(element) if element.is_named and not element.is_label else self.unnamed(element, element)
        if inner.is_label and inner.given_name is not None:
            return self.wrapped(element, inner.given_name, inner.given_name, inner.given_name)
        if inner.is_named and not inner.is_label:
            return self.wrapped_column(element, inner)
        return self.unnamed(element, inner)

    def labelled(self, element: Any, given: str) -> NamedItem:
        """Name a label. One with a name that another expression has cannot be told apart in a subquery."""
        taken = self.by_name.setdefault(given, element)
        is_same = taken is element or hash(taken) == hash(element)
        return NamedItem(element, given, given if is_same else None, given, self.key(given))

    def unnamed(self, element: Any, inner: Any) -> NamedItem:
        """Name an expression without a name of its own: `count_1`, `anon_1`, or as the attribute that it stands for."""
        known = element._annotations.get(ATTRIBUTE_NAME)
        if known is not None and element.takes_attribute_name:
            return self.as_attribute(element, known)
        label = AnonymousName(stem_of(inner.anon_stem), element)
        if self.by_name.setdefault(label.number_key, element) is element and not self.first(label):
            has_stem = isinstance(getattr(element, "name", None), str) and not self.is_qualified
            label = label if element.is_label else self.repeated(label.stem if has_stem else "anon", element)
        key = self.key(element._annotations.get(PROXY_KEY) or inner.key_stem)
        return NamedItem(element, shown_label(element, label), label, label if has_label(element) else None, key)

    def is_qualified_hybrid(self, element: Any) -> bool:
        """Tell whether an attribute's expression is called like the column inside, with the name of its table."""
        return self.is_qualified and ATTRIBUTE_NAME in element._annotations

    def as_attribute(self, element: Any, name: str) -> NamedItem:
        """Name an expression after the attribute that gave it; where that is taken it gets a number."""
        taken = self.by_name.setdefault(name, element)
        label: Name = name
        if taken is not element:
            label = AnonymousName("anon", element)
            is_same = hash(taken) == hash(element)
            label = self.repeated("anon", element) if is_same or not self.first(label) else label
        return NamedItem(element, label, label, label, self.key(name))

    def first(self, label: AnonymousName) -> bool:
        """Tell whether an anonymous label is met for the first time."""
        count = self.keys.get(f"\0{label.number_key}", 0)
        self.keys[f"\0{label.number_key}"] = count + 1
        return count == 0

    def named(self, column: Any) -> NamedItem:
        """Name a column."""
        table, name, key = column.table, column.name, proxy_key(column)
        if column.is_literal:
            return NamedItem(column, None, None, name, self.key(key))
        if self.is_qualified and table is not None and table.named_with_column:
            name, key = qualified(table, name), qualified_key(table, key)
        elif table is None:
            return NamedItem(column, None, None, name, self.key(key))
        label, first = self.distinct(name, column)
        if self.style is LABEL_STYLE_NONE:
            return NamedItem(column, None, label, label, self.key(key))
        return NamedItem(column, label if label is not column.name else None, label, first, self.key(key))

    def wrapped_column(self, element: Any, column: Any) -> NamedItem:
        """Name a cast of a column."""
        table, name, key = column.table, column.name, proxy_key(column)
        if table is None or not table.named_with_column:
            return self.wrapped(element, name, key, "anon" if column.is_literal and self.is_qualified else name)
        long = qualified(table, name)
        if self.is_qualified:
            return self.wrapped(element, long, qualified_key(table, key), long)
        return self.wrapped(element, name, key, long if element.wrapped.is_wrapper else name)

    def wrapped(self, element: Any, name: Name, key: str, further: Name) -> NamedItem:
        """Name a cast of something that has a name; `further` is the stem for the names of repetitions."""
        taken = self.by_name.get(name_key(name))
        if taken is None or not self.is_qualified:
            self.by_name[name_key(name)] = element
        label = name
        if self.style is LABEL_STYLE_NONE:
            return NamedItem(
                element, name, name if taken is None else self.repeated(further, element), name, self.key(key)
            )
        if taken is not None:
            label = AnonymousName(stem_of(name), element)
            if taken is element or not self.is_qualified or not self.first(label):
                label = self.repeated(further, element)
        return NamedItem(element, label, label, label, self.key(key))

    @property
    def is_qualified(self) -> bool:
        """Whether names of columns have those of their tables before them."""
        return self.style is LABEL_STYLE_TABLENAME_PLUS_COL or self.style is LABEL_STYLE_LEGACY_ORM

    def distinct(self, name: Name, column: Any) -> tuple[Name, Name]:
        """Return the name, or one to be numbered where it is taken; and that of the first occurrence of the column."""
        taken = self.by_name.get(name_key(name))
        if taken is None:
            self.by_name[name_key(name)] = column
            return name, name
        if taken is column or hash(taken) == hash(column):
            return self.repeated(name, column), name
        label = AnonymousName(name if type(column.name) is AnonymousName else stem_of(name), column)
        return (label if self.first(label) else self.repeated(name, column)), label

    def repeated(self, name: Name, owner: Any) -> AnonymousName:
        """Return the name of one more occurrence of the same column: `id__1`."""
        self.repeats += 1
        if isinstance(name, AnonymousName):
            return name.followed_by(f"__{self.repeats}")
        return AnonymousName(f"{stem_of(name)}_", owner, self.repeats)

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


def given_name_of(element: Any) -> str | None:
    """Return the name that a label was given, or that of the label which a condition consists of."""
    if element.is_wrapper and element.wrapped.is_label and not element.is_labelled:
        element = element.wrapped
    name: str | None = element.given_name if element.is_label else None
    return name


def wrapped_column(element: Any) -> Any:
    """Return what gives a cast its name: the expression inside."""
    while element.is_wrapper:
        element = element.wrapped
    return element


def shown_label(element: Any, label: Name) -> Name | None:
    """Return the label at the top of a statement of an expression without a name: of an operator, its operand's."""
    if has_label(element):
        return label
    inner = element.element
    name: Name | None = inner.given_name if inner.is_label else None
    return name


def has_label(element: Any) -> bool:
    """Tell whether an expression without a name gets a label at the top of a statement."""
    if PROXY_KEY in element._annotations:
        return True
    return bool(element.is_labelled or element.wraps_column_expression or not _is_of_column(element))


def _is_of_column(element: Any) -> bool:
    """Tell whether an operator stands before or after a column itself: `-a.id`, `a.id DESC`."""
    inner = element.element
    return bool(inner.is_table_column or inner.is_label)


def proxy_key(column: Any) -> str:
    """Return the key under which a column is known: that of the mapped attribute if it has one."""
    return str(column._annotations.get(PROXY_KEY) or column.key or column.name)


def name_key(name: Name) -> Any:
    """Return what tells two names apart."""
    return (name.number_key, name.suffix_text) if isinstance(name, AnonymousName) else name


def qualified(table: Any, name: Name) -> Name:
    """Return the name of a column with that of its table before it: `a_id`, `schema_a_id`."""
    prefix = table.name
    if isinstance(prefix, AnonymousName):
        return prefix.followed_by("_", name)
    if table.schema is not None:
        prefix = f"{table.schema.replace('.', '_')}_{prefix}"
    if isinstance(name, AnonymousName):
        return AnonymousName(f"{prefix}_{name.stem}", name.owner, name.repeat, name.suffix)
    return f"{prefix}_{name}"


def qualified_key(table: Any, key: str) -> str:
    """Return the key of a column with the name of its table before it."""
    return str(qualified(table, key))
