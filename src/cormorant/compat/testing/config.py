"""The run's configuration: the engine under test, the requirements, and how tests are marked.

The plugin sets the variables at the start of the run; tests read them (`config.db`).
"""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from .parametrizing import Variation, combinations, variation

db: Any = None
"""The engine under test."""
db_url: Any = None
db_opts: dict[str, Any] = {}
requirements: Any = None
"""An object of the package's class of requirements."""
options: Any = None
file_config: Any = None
ident: str = "main"
test_schema: str = "test_schema"
test_schema_2: str = "test_schema_2"
any_async: bool = False

fixture = pytest.fixture


def skip_test(msg: str) -> NoReturn:
    """Skip the running test."""
    pytest.skip(msg)


__all__ = [
    "Variation",
    "any_async",
    "combinations",
    "db",
    "db_opts",
    "db_url",
    "file_config",
    "fixture",
    "ident",
    "options",
    "requirements",
    "skip_test",
    "test_schema",
    "test_schema_2",
    "variation",
]
