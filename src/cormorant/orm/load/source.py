"""The source text of loaders: what runs per row, written once per plan.

In: a LoadPlan and the conversions of its columns. Out: functions made of readable Python text (`function.__source__`).
Every decision is taken here, so that a row meets only the stores, calls and checks that it needs.

Names in the text end in the number of their entity: `e0` object, `entries0` identity entries, `seen0` what this load
met already. `list1`, `link1` and `ids1` are the collection that entity 1 is joined to: itself, what adds to it, and the
keys it got. `c5` is column 5 of the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from ...util.generated import define
from ..instance.symbols import STATE
from ..query.plan import BundleLoad, ColumnLoad, Item, LoadPlan
from .fill import STATE_NAMES, fill_statements, state_statements
from .known import complete, load_hook, overwrite
from .lists import start_again, start_loading
from .parts import Lines, Part, indented, parts_of
from .subclasses import Subclasses
from .values import Values

NEW_ROW: Any = getattr(tuple, "__new__")  # noqa: B009 - no type checker knows its type


def write_rows(
    plan: LoadPlan, conversions: Sequence[Any], row_class: Any, *, is_refresh: bool = False, groups: bool | None = False
) -> Any:
    """Return `load_rows(rows, session, seen)`: any rows, known keys or not; a refresh overwrites what is known.

    With `groups` the objects of one call know each other, whatever the plan says of them; with None they never do.
    """
    return _Writer(plan, conversions, row_class, is_refresh, groups).rows()


def write_fresh(plan: LoadPlan, conversions: Sequence[Any], row_class: Any, *, groups: bool | None = False) -> Any:
    """Return `load_fresh(rows, session, entries0)`: rows of one entity whose keys are all new and different."""
    return _Writer(plan, conversions, row_class, False, groups).fresh()


class _Writer:
    """Writes the functions of one plan."""

    def __init__(
        self, plan: LoadPlan, conversions: Sequence[Any], row_class: Any, is_refresh: bool, groups: bool | None
    ) -> None:
        self.plan = plan
        self.is_refresh = is_refresh
        self.groups = groups
        self.values = Values(conversions)
        self.names: dict[str, Any] = STATE_NAMES | {
            "complete": overwrite if is_refresh else complete,
            "new_row": NEW_ROW,
            "Row": row_class,
            "repeat": repeat,
            "load_hook": load_hook,
            "start_loading": start_loading,
            "start_again": start_again,
        }
        self.roots = parts_of(plan.items)
        self.parts = [part for root in self.roots.values() for part in root.walk()]
        self.depths = {part.n: 0 for part in self.parts}
        """How many relationships lead to an entity."""
        for part in self.parts:
            self.depths |= {below.n: self.depths[part.n] + 1 for _, below in part.joined}
        for part in self.parts:
            self.names |= part.names()
            if part.is_polymorphic:
                self.names[f"subclasses{part.n}"] = Subclasses(part.load, conversions)

    # --- whole functions

    def rows(self) -> Any:
        keys = [position for part in self.parts for position in part.load.pk]
        body = [f"{self.values.row} = row", *self.values.convert_first(keys)]
        for root in self.roots.values():
            body += self._obtain(root)
        lines = [
            "def load_rows(rows, session, seen):",
            *indented(self._prelude()),
            "    for row in rows:",
            *indented([*body, f"out.append({self._result()})"], 2),
            "    return out",
        ]
        return self._compile("load_rows", lines)

    def fresh(self) -> Any:
        (part,) = self.parts
        lines = [
            "def load_fresh(rows, session, entries0):",
            "    owner = session.ref",
            "    instances = list(map(new0, repeat(allocated0, len(rows))))",
            *indented([f"{self._peers(part)} = []"] if self._has_peers(part) else []),
            f"    states = map(State0, instances, repeat({self._death(part)}))",
            f"    for ({self.values.row}), e0, state in zip(rows, instances, states):",
            *indented(self._fill(part), 2),
            "    return instances",
        ]
        return self._compile("load_fresh", lines)

    def _compile(self, name: str, lines: Lines) -> Any:
        return define(name, "\n".join(lines) + "\n", self.names | self.values.names)

    def _prelude(self) -> Lines:
        lines = ["owner = session.ref", "maps, entries_of = session.identity.maps, session.identity.entries"]
        for part in self.parts:
            n = part.n
            entries = f"maps.get(identity_class{n}) or entries_of(identity_class{n})"
            nobody = f"manager{n}.hooks is None and not children{n} and not session.hooks.loaded_as_persistent"
            hook = f"None if {nobody} else load_hook(manager{n}, session)"
            lines += [f"entries{n} = {entries}", f"loaded{n} = {hook}"]
            lines += [f"seen{n} = seen[{n}]"] if part.is_remembered else []
            lines += [f"peers{n} = []"] if self._has_peers(part) else []
        return [*lines, "out = []"]

    def _result(self) -> str:
        if self.plan.is_single:
            return self._item(self.plan.items[0])
        row = f"({', '.join(self._item(item) for item in self.plan.items)},)"
        return row if self.names["Row"] is None else f"new_row(Row, {row})"

    def _item(self, item: Item) -> str:
        if isinstance(item, ColumnLoad):
            return self.values.expression(item.position)
        if isinstance(item, BundleLoad):
            name = f"bundle{len(self.names)}"
            self.names[name] = item.bundle
            return f"{name}(({', '.join(self._item(part) for part in item.items)},))"
        return f"e{self.roots[id(item)].n}"

    # --- one entity of a row

    def _obtain(self, part: Part) -> Lines:
        """Return the statements after which `e<n>` is the row's object, or None where its columns are NULL."""
        body = self._find_or_create(part)
        if part.is_remembered:
            body = self._remember(part, body)
        if part.is_mixed:
            body = [f"entries{part.n} = entries_of({part.subclass}.identity_class)", *body]
        above = [line for _, below in part.references for line in self._obtain(below)]
        after = [line for _, below in part.lists for line in self._link(below)]
        return [f"if {part.is_null}:", f"    e{part.n} = None", "else:", *indented([*above, *body, *after])]

    def _remember(self, part: Part, body: Lines) -> Lines:
        n, below = part.n, [below.n for _, below in part.lists]
        held = "".join([f"e{n}, ", *(f"link{b}, ids{b}, " for b in below)]).rstrip()
        return [
            f"found = seen{n}.get({part.identity})",
            "if found is None:",
            *indented([*body, *(f"ids{b} = set()" for b in below), f"seen{n}[{part.identity}] = ({held})"]),
            "else:",
            f"    {held} = found",
        ]

    def _link(self, below: Part) -> Lines:
        """Return the statements that put the row's child into the collection, once."""
        n = below.n
        return [
            *self._obtain(below),
            f"if e{n} is not None and link{n} is not None and {below.identity} not in ids{n}:",
            f"    ids{n}.add({below.identity})",
            f"    link{n}(e{n})",
        ]

    def _find_or_create(self, part: Part) -> Lines:
        n = part.n
        return [
            f"state = entries{n}.get({part.key})",
            f"e{n} = None if state is None else state()",
            f"if e{n} is None:",
            *indented(self._create(part)),
            f"    if loaded{n} is not None:",
            f"        loaded{n}(e{n})",
            "else:",
            *indented(self._known(part)),
        ]

    # --- a new object

    def _create(self, part: Part) -> Lines:
        n = part.n
        if part.is_polymorphic:
            make = f"e{n} = {part.subclass}.make(row, {part.key}, entries{n}, owner)"
            joins = self._join_peers(part)
            return [make, f"state = e{n}.{STATE}", *joins, *self._start_lists(part), *self._store_joined(part)]
        return [f"e{n} = new{n}(allocated{n})", f"state = State{n}(e{n}, {self._death(part)})", *self._fill(part)]

    def _fill(self, part: Part) -> Lines:
        """Return the statements that give a new object its state, its values and its place in the identity map."""
        n = part.n
        stores = {STATE: "state"} | {key: self.values.expression(position) for position, key in part.load.columns}
        stores |= {item.key: f"e{below.n}" for item, below in part.references}
        stores |= {item.key: f"list{below.n}" for item, below in part.lists}
        return [
            *state_statements(part, part.key),
            *self._join_peers(part),
            *self._start_lists(part),
            *fill_statements(part, stores),
            f"entries{n}[{part.key}] = state",
        ]

    def _start_lists(self, part: Part, start: str = "start_loading") -> Lines:
        lines: Lines = []
        for item, below in part.lists:
            b = below.n
            lines += _where_owned(
                part, item, b, [f"list{b}, link{b} = {start}(attribute{b}, state)"], [f"list{b} = link{b} = None"]
            )
        return lines

    def _store_joined(self, part: Part) -> Lines:
        lines: Lines = []
        for item, below in [*part.references, *part.lists]:
            value = f"list{below.n}" if item.is_list else f"e{below.n}"
            lines += _where_owned(part, item, below.n, [f"values[{item.key!r}] = {value}"])
        return [f"values = e{part.n}.__dict__", *lines] if lines else []

    # --- objects that came together

    def _has_peers(self, part: Part) -> bool:
        """Tell whether the objects of an entity know which others came with them."""
        return self.groups is not None and (self.groups or part.load.has_peers)

    def _peers(self, part: Part) -> str:
        """Return the name of the list that objects of an entity join: one per hierarchy."""
        own = part.manager.identity_class
        return f"peers{next(one.n for one in self.parts if one.manager.identity_class is own and self._has_peers(one))}"

    def _join_peers(self, part: Part) -> Lines:
        if not self._has_peers(part):
            return []
        return [f"state.peers = {self._peers(part)}", f"{self._peers(part)}.append(state)"]

    def _death(self, part: Part) -> str:
        """Return what is called when an instance dies."""
        return "forget_peer" if self._has_peers(part) else "forget"

    # --- an object in memory

    def _known(self, part: Part) -> Lines:
        n = part.n
        loaded = self.values.literal(part.load.columns)
        keys = f"keys{n}"
        if part.is_polymorphic:
            loaded, keys = f"{part.subclass}.values(row)", f"{part.subclass}.keys"
        lines = [f"values = e{n}.__dict__"]
        if self._has_peers(part) and (self.groups or not self.is_refresh):
            lines += [f"if state.peers is not {self._peers(part)}:", *indented(self._join_peers(part))]
        if self.is_refresh:
            lines += [] if part.load.branch is None else [f"state.context = branch{n}"]
            return [
                *lines,
                f"complete(state, e{n}, {loaded})",
                *self._start_lists(part, "start_again"),
                *self._store_joined(part),
            ]
        lines += self._claim(part)
        lines += [f"if not {keys} <= values.keys():", f"    complete(state, e{n}, {loaded})"]
        for item, below in part.references:
            store = [f"if {_is_missing(item.key)}:", f"    values[{item.key!r}] = e{below.n}"]
            lines += _where_owned(part, item, below.n, store)
        for item, below in part.lists:
            lines += [f"link{below.n} = None", *_where_owned(part, item, below.n, _missing_list(item.key, below.n))]
        return lines

    def _claim(self, part: Part) -> Lines:
        """Give an object that was met further down in the statement the options of this place, which is nearer."""
        own, place = part.manager.identity_class, self.depths[part.n]
        deeper = [one.n for one in self.parts if self.depths[one.n] > place and one.manager.identity_class is own]
        if not deeper or part.load.branch is None:
            return []
        test = " or ".join(f"state.context is branch{n}" for n in deeper)
        return [f"if {test}:", f"    state.context = branch{part.n}"]


def _where_owned(part: Part, item: Any, n: int, lines: Lines, otherwise: Lines | None = None) -> Lines:
    """Return statements about an attribute as they apply to objects of the class that has it."""
    if item.owner is None:
        return lines
    guarded = [f"if isinstance(e{part.n}, owner{n}):", *indented(lines)]
    return guarded + (["else:", *indented(otherwise)] if otherwise else [])


def _missing_list(key: str, n: int) -> Lines:
    return [
        f"if {_is_missing(key)}:",
        f"    list{n}, link{n} = start_loading(attribute{n}, state)",
        f"    values[{key!r}] = list{n}",
    ]


def _is_missing(key: str) -> str:
    return f"{key!r} not in values and {key!r} not in state.committed"
