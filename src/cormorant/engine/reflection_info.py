"""Everything about some tables, asked for in one go: what MetaData.reflect() and Table(autoload_with=..) work from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import field, fields
from typing import Any

from ..exc import UnreflectableTableError
from ..schema.reflected import TableData
from ..util.record import draft
from .reflected import ObjectKind, ObjectScope, TableKey

Answers = dict[TableKey, Any]
_ASKED = tuple(one.name for one in fields(TableData))


@draft
class ReflectionInfo:
    """The answers by kind and table, and the tables that cannot be reflected."""

    answers: dict[str, Answers] = field(default_factory=lambda: {name: {} for name in _ASKED})
    unreflectable: dict[TableKey, UnreflectableTableError] = field(
        default_factory=dict[TableKey, UnreflectableTableError]
    )

    @property
    def columns(self) -> Answers:
        """The columns of each table; a table that is not in it was not asked for."""
        return self.answers["columns"]

    def update(self, other: ReflectionInfo) -> None:
        """Take in what is known of further tables."""
        for name, answers in other.answers.items():
            self.answers[name].update(answers)
        self.unreflectable.update(other.unreflectable)

    def table(self, key: TableKey) -> TableData:
        """What is known of one table."""
        return TableData(**{name: answers[key] for name, answers in self.answers.items() if key in answers})


def load_info(
    ask: Callable[..., Answers], schema: str | None, names: Sequence[str], kind: ObjectKind, **options: Any
) -> ReflectionInfo:
    """Ask for everything about some tables; what the dialect does not know stays empty.

    The columns come first: of a table that is not there nothing else is asked.
    """
    info = ReflectionInfo()
    for name in _ASKED:
        if name != "columns" and not info.columns:
            break
        with suppress(NotImplementedError):
            info.answers[name] = ask(
                f"get_multi_{name}",
                schema=schema,
                filter_names=list(names),
                kind=kind,
                scope=ObjectScope.ANY,
                unreflectable=info.unreflectable,
                **options,
            )
    return info
