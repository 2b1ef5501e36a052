"""Hooks for pytest: options, the engine under test, and which classes are tests.

A package's conftest imports everything from here. The URL is `--dburi`, or what `--db` names in the section `[db]` of
`setup.cfg` or `test.cfg`, or `default` there; requirements come from `requirement_cls` in `[sqla_testing]`.
"""

from __future__ import annotations

import configparser
import importlib
import inspect
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any, cast

import pytest

from .. import config, engines, requirements
from ..fixtures import TestBase, why_skipped
from ..parametrizing import CASES
from ..warnings import setup_filters


def pytest_addoption(parser: Any) -> None:
    """Add the options that choose the database."""
    group = parser.getgroup("sqlalchemy")
    group.addoption(
        "--db", action="append", default=[], help="name of a URL in the section [db] of setup.cfg or test.cfg"
    )
    group.addoption("--dburi", action="append", default=[], help="URL of the database under test")
    group.addoption("--dbs", action="store_true", help="list the names of the URLs and exit")
    group.addoption("--requirements", default=None, help="module:class of the requirements")
    group.addoption("--backend-only", action="store_true", help="run only the classes that say __backend__ = True")
    group.addoption("--disable-asyncio", action="store_true", help="run no test that needs an event loop")


def pytest_configure(config: Any) -> None:
    """Know the mark of tests that depend on the database."""
    config.addinivalue_line("markers", "backend: tests that depend on the database")


def pytest_sessionstart(session: Any) -> None:
    """Read the configuration and connect to the database under test."""
    options = session.config.option
    file_config = configparser.ConfigParser()
    file_config.read([str(Path(folder, name)) for folder in (".",) for name in ("setup.cfg", "test.cfg")])
    if options.dbs:
        _list_urls(file_config)
    url = _url(options, file_config)
    config.options, config.file_config, config.db_url = options, file_config, url
    config.requirements = _requirements(options, file_config)
    config.db = engines.testing_engine(url, {"scope": "global"})
    with config.db.connect():
        """The dialect learns the version of the server."""
    setup_filters()


def _list_urls(file_config: configparser.ConfigParser) -> None:
    lines = [f"{name:>20}  {url}" for name, url in file_config.items("db")] if file_config.has_section("db") else []
    pytest.exit("\n".join(["Available --db options (use --dburi to override)", *lines]), 0)


def _url(options: Any, file_config: configparser.ConfigParser) -> str:
    """Return the URL of the one database under test."""
    names = [name for given in options.db for name in given.split(",")]
    urls: list[Any] = [*options.dburi, *(file_config.get("db", name, fallback=None) for name in names)]
    if len(urls) > 1:
        raise pytest.UsageError(f"one database is tested per run, and {len(urls)} are named: run once for each")
    if urls and urls[0] is None:
        raise pytest.UsageError(f"no URL named {names[0]!r} in the section [db] of setup.cfg or test.cfg")
    url = urls[0] if urls else file_config.get("db", "default", fallback=None)
    if url is None:
        raise pytest.UsageError("no database is named: give --dburi, or `default` in the section [db] of setup.cfg")
    return str(url)


def _requirements(options: Any, file_config: configparser.ConfigParser) -> Any:
    """Return an object of the package's class of requirements."""
    place = options.requirements or file_config.get("sqla_testing", "requirement_cls", fallback=None)
    if place is None:
        return requirements.SuiteRequirements()
    module, _, name = place.partition(":")
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return getattr(importlib.import_module(module), name)()


def pytest_sessionfinish(session: Any) -> None:
    """Close the engines."""
    engines.testing_reaper.close_all()
    engines.testing_reaper.end("global")


def pytest_pycollect_makeitem(collector: Any, name: str, obj: Any) -> Any:
    """Collect the classes that derive from TestBase, whatever their name, and their methods `test_...`."""
    if inspect.isclass(obj):
        is_test = issubclass(obj, TestBase) and not name.startswith("_")
        return _classes(collector, name, obj) if is_test and _is_wanted(obj) else []
    if isinstance(collector, pytest.Class):
        return None if name.startswith("test_") else []
    return []


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Order the tests of a file by class and name: suites rely on it."""

    def place(item: Any) -> tuple[str, str, str]:
        owner = item.getparent(pytest.Class)
        return item.nodeid.partition("::")[0], "" if owner is None else owner.name, item.name

    items.sort(key=place)


def _is_wanted(cls: Any) -> bool:
    return not config.options.backend_only or bool(getattr(cls, "__backend__", False))


def _classes(collector: Any, name: str, cls: Any) -> list[Any]:
    """Return a node per set of arguments of a class; those of the database say which."""
    is_of_database = getattr(cls, "__backend__", False) or getattr(cls, "__only_on__", None)
    suffix = _database_name() if is_of_database else ""
    make = cast("Any", pytest.Class).from_parent
    nodes: list[Any] = []
    for given, one in _expanded(name, cls):
        node = make(collector, name=f"{given}{suffix}")
        node._obj = one
        reason = why_skipped(one)
        if reason is not None:
            node.add_marker(pytest.mark.skip(reason=reason))
        nodes.append(node)
    return nodes


def _expanded(name: str, cls: Any) -> list[tuple[str, Any]]:
    cases = cls.__dict__.get(CASES)
    if cases is None:
        return [(name, cls)]
    return [(f"{name}_{id_}", type(f"{name}_{id_}", (cls,), dict(values))) for id_, values, _ in cases]


def _database_name() -> str:
    dialect = config.db.dialect
    version = "_".join(map(str, dialect.server_version_info or ()))
    return f"_{dialect.name}+{dialect.driver}_{version}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """Close the connections that a test left open, after its fixtures."""
    result = yield
    engines.testing_reaper.checkin()
    return result
