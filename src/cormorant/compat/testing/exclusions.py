"""Rules that skip a test, or expect it to fail, on some databases.

In: a specification such as "postgresql >= 12", a list of these, or a function of the configuration. Out: a `Rule`,
which decorates a test, is added to others, and tells whether a feature is there (`enabled`).
"""

from __future__ import annotations

import functools
import inspect
import operator
import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest

from . import config as _config

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "in": lambda version, given: version in given,
    "between": lambda version, given: given[0] <= version <= given[1],
}
_SPEC = re.compile(
    r"^\s*(?P<name>\w+)?(?:\+(?P<driver>\w+))?\s*(?:(?P<op><=|>=|==|!=|<|>|=)\s*(?P<version>[\d.]+))?\s*$"
)


class Predicate:
    """A question to a configuration, and how to say it."""

    def __init__(self, ask: Callable[[Any], bool], description: str) -> None:
        self.ask = ask
        self.description = description

    def __call__(self, config: Any) -> bool:
        return bool(self.ask(config))

    def __str__(self) -> str:
        return self.description

    def negated(self) -> Predicate:
        """Return the opposite question."""
        return Predicate(lambda config: not self(config), f"not {self.description}")


def LambdaPredicate(lambda_: Callable[..., Any], description: str | None = None) -> Predicate:  # noqa: N802
    """Return the question that a function answers, given the configuration if it takes an argument."""
    takes_none = not inspect.signature(lambda_).parameters
    ask: Callable[[Any], bool] = (lambda _config: bool(lambda_())) if takes_none else lambda_
    return Predicate(ask, description or "custom function")


def _database(name: str | None, driver: str | None = None, op: str | None = None, version: Any = None) -> Predicate:
    """Return the question whether the database is a given one, of a given version."""

    def ask(config: Any) -> bool:
        dialect = config.db.dialect
        if name is not None and dialect.name != name:
            return False
        if driver is not None and dialect.driver != driver:
            return False
        return op is None or _COMPARISONS[op](dialect.server_version_info, version)

    shown = [part for part in (name or "", f"+{driver}" if driver else "") if part]
    text = "".join(shown) + (f" {op} {'.'.join(map(str, version))}" if op else "")
    return Predicate(ask, text)


def _any_of(predicates: list[Predicate]) -> Predicate:
    return Predicate(lambda config: any(one(config) for one in predicates), " or ".join(map(str, predicates)))


def predicate(given: Any, description: str | None = None) -> Predicate:
    """Return the question that a specification stands for."""
    if isinstance(given, Predicate):
        return given
    if isinstance(given, Rule):
        return Predicate(lambda config: not given.reasons(config), description or str(given))
    if isinstance(given, bool):
        return Predicate(lambda _config: given, description or str(given))
    if isinstance(given, (list, set, frozenset)):
        items: list[Any] = list(given)  # pyright: ignore[reportUnknownArgumentType]
        return _any_of([predicate(one) for one in items])
    if isinstance(given, tuple):
        name, op, version = given  # pyright: ignore[reportUnknownVariableType]
        return _database(name, None, op, version)  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(given, str):
        return _parsed(given)
    return LambdaPredicate(given, description)


def _parsed(text: str) -> Predicate:
    found = _SPEC.match(text)
    if found is None:
        raise ValueError(
            f"{text!r} names no database: expected a name, a name+driver, or a name and a version as in 'name >= 3.9'"
        )
    version = found["version"]
    return _database(
        found["name"], found["driver"], found["op"], None if version is None else tuple(map(int, version.split(".")))
    )


class Rule:
    """When a test is skipped, and when it is expected to fail."""

    def __init__(self, skips: tuple[tuple[Predicate, str | None], ...] = (), fails: tuple[Predicate, ...] = ()) -> None:
        self.skips = skips
        self.fails = fails

    def __add__(self, other: Rule) -> Rule:
        return Rule(self.skips + other.skips, self.fails + other.fails)

    def __str__(self) -> str:
        return " and ".join(str(one) for one, _ in self.skips) or "no rule"

    def reasons(self, config: Any) -> list[str]:
        """Return why a test is skipped with a configuration; empty where it runs."""
        return [reason or str(one) for one, reason in self.skips if one(config)]

    @property
    def enabled(self) -> bool:
        """Whether a test of this rule would run now."""
        return not self.reasons(_config)

    def enabled_for_config(self, config: Any) -> bool:
        """Tell whether a test of this rule would run with a configuration."""
        return not self.reasons(config)

    def not_(self) -> Rule:
        """Return the rule that skips where this one does not."""
        return Rule(tuple((one.negated(), None) for one, _ in self.skips), tuple(one.negated() for one in self.fails))

    def check(self) -> None:
        """Skip the running test if the rule says so."""
        reasons = self.reasons(_config)
        if reasons:
            pytest.skip(" and ".join(reasons))

    @contextmanager
    def expecting(self, name: str = "block") -> Generator[None]:
        """Skip what is inside, or expect it to fail, as the rule says."""
        self.check()
        expected = [str(one) for one in self.fails if one(_config)]
        try:
            yield
        except Exception:
            if not expected:
                raise
            return
        if expected:
            raise AssertionError(f"Unexpected success for '{name}' ({' or '.join(expected)})")

    fail_if = expecting

    def __call__(self, fn: Any) -> Any:
        """Decorate a test, or a fixture, which stays a generator if it is one."""
        if inspect.isgeneratorfunction(fn):

            @functools.wraps(fn)
            def run_generator(*args: Any, **kw: Any) -> Any:
                with self.expecting(fn.__name__):
                    yield from fn(*args, **kw)

            return run_generator

        @functools.wraps(fn)
        def run(*args: Any, **kw: Any) -> Any:
            with self.expecting(fn.__name__):
                return fn(*args, **kw)

        return run


def skip_if(predicate_: Any, reason: str | None = None) -> Rule:
    """Return the rule that skips where the answer is yes."""
    return Rule(((predicate(predicate_), reason),))


def only_if(predicate_: Any, reason: str | None = None) -> Rule:
    """Return the rule that skips where the answer is no."""
    return Rule(((predicate(predicate_).negated(), reason),))


def only_on(*dbs: Any, reason: str | None = None) -> Rule:
    """Return the rule that skips on all databases but some."""
    return only_if(_flat(dbs), reason)


def skip(*dbs: Any, reason: str | None = None) -> Rule:
    """Return the rule that skips on some databases."""
    return skip_if(_flat(dbs), reason)


def exclude(db: str, op: str, spec: Any, reason: str | None = None) -> Rule:
    """Return the rule that skips on some versions of a database."""
    return skip_if((db, op, spec), reason)


def fails_if(predicate_: Any, reason: str | None = None) -> Rule:
    """Return the rule that expects a failure where the answer is yes."""
    return Rule((), (predicate(predicate_, reason),))


def fails_on(*dbs: Any, reason: str | None = None) -> Rule:
    """Return the rule that expects a failure on some databases."""
    return fails_if(_flat(dbs), reason)


def fails_on_everything_except(*dbs: Any) -> Rule:
    """Return the rule that expects a failure on all databases but some."""
    return Rule((), (predicate(_flat(dbs)).negated(),))


def fails(reason: str | None = None) -> Rule:
    """Return the rule that expects a failure."""
    return fails_if(True, reason or "expected to fail")


future = fails


def open() -> Rule:
    """Return the rule that lets every test run."""
    return skip_if(False, "never skipped")


def closed() -> Rule:
    """Return the rule that skips always."""
    return skip_if(True, "marked as skip")


def db_spec(*dbs: Any) -> Predicate:
    """Return the question whether the database is one of some."""
    return predicate(_flat(dbs))


def against(config: Any, *queries: Any) -> bool:
    """Tell whether the database of a configuration is one of some."""
    return db_spec(*queries)(config)


def _flat(dbs: tuple[Any, ...]) -> list[Any]:
    """Return specifications in one list, whether they came as several arguments or as a list."""
    return [one for given in dbs for one in (given if isinstance(given, list) else [given])]  # pyright: ignore[reportUnknownVariableType]
