"""The testing package that clients of SQLAlchemy build their suites on, as far as they use it; served under the alias.

Alembic's suite and those of dialects take engines, requirements, rules for skipping, base classes, assertions and a
pytest plugin from here. One database is tested per run. It needs pytest.
"""

from __future__ import annotations

from typing import Any

from . import asyncio, config, engines, exclusions, mock, provision, requirements, util
from .assertions import (
    assert_raises,
    assert_raises_context_ok,
    assert_raises_message,
    assert_raises_message_context_ok,
    emits_warning,
    eq_,
    eq_ignore_whitespace,
    eq_regex,
    expect_deprecated,
    expect_deprecated_20,
    expect_raises,
    expect_raises_message,
    expect_warnings,
    in_,
    is_,
    is_false,
    is_instance_of,
    is_none,
    is_not,
    is_not_,
    is_not_none,
    is_true,
    le_,
    ne_,
    not_in,
    not_in_,
    startswith_,
    uses_deprecated,
)
from .config import Variation, combinations, fixture, skip_test, variation
from .engines import testing_engine
from .exclusions import (
    against,
    db_spec,
    exclude,
    fails,
    fails_if,
    fails_on,
    fails_on_everything_except,
    future,
    only_if,
    only_on,
    skip,
    skip_if,
)
from .sql_assertions import AssertsCompiledSQL, AssertsExecutionResults, ComparesTables
from .util import flag_combinations, metadata_fixture, provide_metadata, resolve_lambda


def __getattr__(name: str) -> Any:
    """The engine and the requirements of the run."""
    if name == "db":
        return config.db
    if name == "requires":
        return config.requirements
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "AssertsCompiledSQL",
    "AssertsExecutionResults",
    "ComparesTables",
    "Variation",
    "against",
    "assert_raises",
    "assert_raises_context_ok",
    "assert_raises_message",
    "assert_raises_message_context_ok",
    "asyncio",
    "combinations",
    "config",
    "db_spec",
    "emits_warning",
    "engines",
    "eq_",
    "eq_ignore_whitespace",
    "eq_regex",
    "exclude",
    "exclusions",
    "expect_deprecated",
    "expect_deprecated_20",
    "expect_raises",
    "expect_raises_message",
    "expect_warnings",
    "fails",
    "fails_if",
    "fails_on",
    "fails_on_everything_except",
    "fixture",
    "flag_combinations",
    "future",
    "in_",
    "is_",
    "is_false",
    "is_instance_of",
    "is_none",
    "is_not",
    "is_not_",
    "is_not_none",
    "is_true",
    "le_",
    "metadata_fixture",
    "mock",
    "ne_",
    "not_in",
    "not_in_",
    "only_if",
    "only_on",
    "provide_metadata",
    "provision",
    "requirements",
    "resolve_lambda",
    "skip",
    "skip_if",
    "skip_test",
    "startswith_",
    "testing_engine",
    "uses_deprecated",
    "util",
    "variation",
]
