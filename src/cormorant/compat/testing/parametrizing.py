"""Tests with several sets of arguments: `@combinations(...)` and `@variation(...)`.

In: tuples of arguments, with rules of `exclusions` among them if need be. Out: the test, marked for pytest; or a class
that notes what the plugin makes subclasses of.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

CASES = "_sa_combinations"
"""What a class calls its sets of arguments: (id, values by name) each."""
_SHOWN: dict[str, Callable[[Any], str]] = {
    "i": str,
    "n": lambda value: str(getattr(value, "__name__", type(value).__name__)),
    "r": repr,
    "s": str,
}


class Variation:
    """One of several cases: true under its own name, false under the others."""

    __slots__ = ("_argname", "_casenames", "_name")

    def __init__(self, case: Any, argname: str, case_names: Sequence[Any]) -> None:
        self._name = case
        self._argname = argname
        self._casenames = case_names
        known = [one for one in case_names if one not in (True, False)]
        if case not in (True, False) and case not in known:
            raise ValueError(f"{case!r} is no case of {argname!r}: it has {', '.join(map(str, case_names))}")

    @property
    def name(self) -> Any:
        """The case."""
        return self._name

    def __bool__(self) -> bool:
        return bool(self._name == self._argname) if not isinstance(self._name, bool) else self._name

    def __getattr__(self, key: str) -> bool:
        if key.startswith("__"):
            raise AttributeError(key)
        if key not in [*map(str, self._casenames), self._argname, f"not_{self._argname}"]:
            raise AttributeError(f"variation {self._argname!r} has no case {key!r}")
        return _text(self._name, self._argname) == key

    def fail(self) -> None:
        """Fail, because a test does not know the case."""
        pytest.fail(f"Unknown {self._argname}: {self._name}")

    def __str__(self) -> str:
        return _text(self._name, self._argname)

    def __repr__(self) -> str:
        return str(self)


def _text(case: Any, argname: str) -> str:
    if isinstance(case, bool):
        return argname if case else f"not_{argname}"
    return str(case)


def variation(argname_or_fn: Any, cases: Sequence[Any] | None = None) -> Callable[[Any], Any]:
    """Return a decorator: the test runs for each case, which it gets as a Variation; a case may have rules."""
    given: Sequence[Any] = cases if cases is not None else ()
    names = [_split(case)[0][0] for case in given]
    sets: list[tuple[Any, ...]] = []
    for case in given:
        values, rules = _split(case)
        made = Variation(values[0], argname_or_fn, names)
        sets.append((str(made), made, *rules))
    return combinations(*sets, id_="ia", argnames=argname_or_fn)


def _split(given: Any) -> tuple[list[Any], list[Any]]:
    """Return the values of one set, and the rules that stand among them."""
    values: list[Any] = list(given) if isinstance(given, tuple) else [given]  # pyright: ignore[reportUnknownArgumentType]
    rules = [value for value in values if hasattr(value, "expecting")]
    return [value for value in values if not hasattr(value, "expecting")], rules


def combinations(
    *arg_sets: Any, argnames: str | None = None, id_: str | None = None, **kw: Any
) -> Callable[[Any], Any]:
    """Return a decorator: the test, or every test of the class, runs for each set of arguments.

    `id_` has a letter per value: `i` is part of the test's id and no argument; `n`, `r` and `s` are both, shown by
    name, `repr()` or `str()`; `a` is an argument only.
    """
    sets = [_split(given) for given in arg_sets]

    def decorate(target: Any) -> Any:
        names = _names(target, argnames, sets, id_)
        if isinstance(target, type):
            setattr(target, CASES, _class_cases(names, sets, id_))
            return target
        return _marked(target, names, sets, id_)

    return decorate


def _names(target: Any, argnames: str | None, sets: list[Any], id_: str | None) -> list[str]:
    if argnames is not None:
        return [name for name in argnames.replace(",", " ").split() if name]
    count = len(_arguments(sets[0][0], id_)) if sets else 0
    parameters = [name for name in inspect.signature(target).parameters if name != "self"]
    return parameters[:count]


def _arguments(values: list[Any], id_: str | None) -> list[Any]:
    return values if id_ is None else [value for value, kind in zip(values, id_, strict=True) if kind != "i"]


def _id(values: list[Any], id_: str | None, separator: str) -> str | None:
    if id_ is None:
        return None
    shown = [_SHOWN[kind](value) for value, kind in zip(values, id_, strict=True) if kind in _SHOWN]
    return separator.join(shown) or None


def _class_cases(names: list[str], sets: list[Any], id_: str | None) -> list[tuple[str, dict[str, Any], list[Any]]]:
    return [
        (
            re.sub(r"\W", "", _id(values, id_, "_") or "_".join(map(str, values))),
            dict(zip(names, _arguments(values, id_), strict=True)),
            rules,
        )
        for values, rules in sets
    ]


def _marked(fn: Any, names: list[str], sets: list[Any], id_: str | None) -> Any:
    """Return the test marked for pytest; with an argument more for its rules, where a set has any."""
    if not any(rules for _, rules in sets):
        params = [pytest.param(*_arguments(values, id_), id=_id(values, id_, "-")) for values, _ in sets]
        return pytest.mark.parametrize(",".join(names), params)(fn)
    extra = next(
        f"_exclusions_{level}" for level in range(100) if f"_exclusions_{level}" not in inspect.signature(fn).parameters
    )
    params = [pytest.param(*_arguments(values, id_), rules, id=_id(values, id_, "-")) for values, rules in sets]
    return pytest.mark.parametrize(",".join([*names, extra]), params)(_with_rules(fn, extra))


def _with_rules(fn: Any, extra: str) -> Any:
    """Return a function that takes rules as one more argument and runs the test under them."""

    @functools.wraps(fn)
    def run(*args: Any, **kw: Any) -> Any:
        call: Any = fn
        for rule in kw.pop(extra):
            call = rule(call)
        return call(*args, **kw)

    given = inspect.signature(fn)
    more = inspect.Parameter(extra, inspect.Parameter.KEYWORD_ONLY)
    run.__signature__ = given.replace(parameters=[*given.parameters.values(), more])  # type: ignore[attr-defined]
    return run
