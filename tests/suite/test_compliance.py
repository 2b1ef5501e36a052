"""No dialect skips any of the common suite.

Collects the suite in a process of its own and looks at what would run: every test on every kind of database, except in
the modules named here, which are about one kind each. And it reads the sources: nothing skips, and nothing but the
modules named here asks which database it is; what a database cannot do is asked of its features, and asserted.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.servers.plugin import SCHEMES

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
ABOUT_ONE_KIND = {"test_one_database", "test_lost_replies", "test_compliance"}
"""Modules whose promises concern one kind of database (or servers only, or none)."""
WITHOUT_DATABASE = {
    "test_bad_input": {
        "test_unknown_attribute_of_the_class",
        "test_a_class_without_primary_key",
        "test_a_class_without_table_name",
        "test_a_relationship_without_foreign_keys",
        "test_a_relationship_to_an_unknown_name",
        "test_flush_in_a_session_without_engine",
        "test_text_that_is_no_url",
        "test_unknown_dialects_and_drivers",
        "test_a_driver_that_is_not_installed",
    },
    "test_injection": {
        "test_text_is_no_sql",
        "test_ordering_by_text_names_a_column",
        "test_names_in_values_are_columns",
        "test_values_are_never_taken_for_sql",
        "test_a_number_of_rows_is_a_number",
        "test_casts_take_types_only",
    },
}
"""Tests that fail before any database is asked."""
ASK_WHICH_DATABASE = {"test_disconnect.py", "test_one_database.py", "test_lost_replies.py"}
"""Modules that may name databases: they end sessions on the server, or are about one kind."""
SKIPPING = {"skip", "skipif", "xfail", "importorskip", "fail_if", "only_on"}
SAME_DATABASE = {"mysql": "mariadb"}
"""Dialects tested on the server of another one."""
LESSER = {"duckdb"}
"""Dialects of databases that cannot do all of it: `tests/dialects/<name>/test_common_suite.py` runs the rest of it."""


@pytest.fixture(scope="module")
def collected() -> dict[str, dict[str, set[str]]]:
    """Module -> test without the kind of database -> kinds of database that it runs on."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", str(FOLDER)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    modules: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path, name, parameters in re.findall(r"^(\S+?)\.py::([^\[\n]+)(?:\[(.*)\])?$", done.stdout, re.MULTILINE):
        parts = (parameters or "").split("-")
        kinds = [part for part in parts if part in SCHEMES]
        rest = "-".join(part for part in parts if part not in SCHEMES)
        modules[Path(path).name][f"{name}[{rest}]"].update(kinds)
    return modules


def test_every_test_runs_on_every_kind_of_database(collected: dict[str, dict[str, set[str]]]) -> None:
    lacking = []
    for module, tests in collected.items():
        for test, kinds in tests.items():
            exempt = module in ABOUT_ONE_KIND or test.partition("[")[0] in WITHOUT_DATABASE.get(module, ())
            if not exempt and kinds != set(SCHEMES):
                lacking.append(f"{module}::{test} runs on {sorted(kinds)}")
    assert lacking == []


def test_exemptions_exist(collected: dict[str, dict[str, set[str]]]) -> None:
    assert set(collected) >= ABOUT_ONE_KIND
    for module, names in WITHOUT_DATABASE.items():
        assert names <= {test.partition("[")[0] for test in collected[module]}


def test_the_suite_is_whole(collected: dict[str, dict[str, set[str]]]) -> None:
    files = {path.stem for path in FOLDER.glob("test_*.py")}
    assert set(collected) == files
    assert sum(len(tests) for tests in collected.values()) > 300


def test_every_dialect_has_a_server_in_the_suite() -> None:
    folders = {path.parent.name for path in (ROOT / "src/cormorant/dialects").glob("*/entry.py")}
    assert folders
    assert {SAME_DATABASE.get(name, name) for name in folders - LESSER} == set(SCHEMES)
    for name in LESSER:
        assert (ROOT / "tests/dialects" / name / "test_common_suite.py").exists()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_nothing_skips_and_nothing_asks_which_database_it_is(path: Path) -> None:
    if path.name == Path(__file__).name:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in SKIPPING, f"{path.name}:{node.lineno} skips"
            if path.name not in ASK_WHICH_DATABASE and node.attr == "name":
                asked = ast.unparse(node.value)
                assert not asked.endswith("dialect"), f"{path.name}:{node.lineno} asks for the name of the dialect"
