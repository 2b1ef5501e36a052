"""FromStatement: the public name of a SELECT whose rows come from another statement; `contains_alias()`.

In: entities and a statement. Out: what `select(*entities).from_statement(element)` returns; that is also what
`isinstance(statement, FromStatement)` asks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...sql.select import Select
from ...util.notices import SADeprecationWarning, warn
from .options import UserDefinedOption


class _FromStatementType(type):
    """Knows the SELECTs that `from_statement()` returned."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Select) and instance.source_statement is not None

    def __call__(cls, entities: Iterable[Any], element: Any, _adapt_on_names: bool = True) -> Any:
        return Select(*entities).from_statement(element)


class FromStatement(metaclass=_FromStatementType):
    """A SELECT of mapped entities whose rows another statement gives."""


class AliasOption(UserDefinedOption):
    """The option that `contains_alias()` returns; it does nothing."""

    def __init__(self, alias: Any) -> None:
        super().__init__(alias)
        warn(
            "The AliasOption object is not necessary for entities to be matched up to a query that is established via "
            "Query.from_statement() and now does nothing.",
            SADeprecationWarning,
        )


def contains_alias(alias: Any) -> AliasOption:
    """Return an option without effect (deprecated): rows are matched to entities without it."""
    return AliasOption(alias)
