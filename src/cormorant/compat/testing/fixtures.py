"""Base classes of tests: what runs before and after each, and the fixtures that they have.

`TestBase` calls `setup_test_class`, `setup_test` and `setUp`, and their counterparts, where a class has them.
`TablesTest` creates the tables of a class before its tests and drops them after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ...orm.mapping.declarative import DeclarativeBase
from ...orm.mapping.registry import Registry
from ...orm.session.session import Session
from ...schema import MetaData
from . import config, engines, exclusions
from .util import drop_all_tables_from_metadata


def why_skipped(cls: Any) -> str | None:
    """Return why the database cannot run the tests of a class; None where it can."""
    rules = [getattr(config.requirements, name) for name in getattr(cls, "__requires__", ())]
    only, unsupported = getattr(cls, "__only_on__", None), getattr(cls, "__unsupported_on__", None)
    if only:
        rules.append(exclusions.only_on(*_listed(only)))
    if unsupported:
        rules.append(exclusions.skip(*_listed(unsupported)))
    reasons = [reason for rule in rules for reason in rule.reasons(config)]
    if any(one() for one in getattr(cls, "__skip_if__", None) or ()):
        reasons.append(f"{cls.__name__} is skipped by a function of its own")
    return " and ".join(reasons) or None


def _listed(given: Any) -> list[Any]:
    return [given] if isinstance(given, str) else list(given)


def _call(owner: Any, *names: str) -> None:
    for name in names:
        function = getattr(owner, name, None)
        if function is not None:
            function()


class TestBase:
    """Base of test classes; the plugin collects those that derive from it."""

    __requires__: Any = ()
    __unsupported_on__: Any = ()
    __only_on__: Any = None
    __skip_if__: Any = None

    @pytest.fixture(autouse=True, scope="class")
    def _around_class(self, request: Any) -> Iterator[None]:
        _call(request.cls, "setup_test_class")
        yield
        _call(request.cls, "teardown_test_class")
        engines.testing_reaper.end("class")

    @pytest.fixture(autouse=True)
    def _around_test(self, _around_class: None) -> Iterator[None]:
        try:
            _call(self, "setup_test", "setUp")
            yield
            _call(self, "tearDown", "teardown_test")
        finally:
            engines.testing_reaper.end("function")

    @pytest.fixture
    def connection(self) -> Iterator[Any]:
        """A connection in a transaction, which is rolled back."""
        with config.db.connect() as connection:
            transaction = connection.begin()
            yield connection
            if transaction.is_active:
                transaction.rollback()

    @pytest.fixture
    def connection_no_trans(self) -> Iterator[Any]:
        """A connection outside a transaction."""
        with config.db.connect() as connection:
            yield connection

    @pytest.fixture
    def testing_engine(self) -> Callable[..., Any]:
        """A function that makes engines, closed after the test."""
        return engines.testing_engine

    @pytest.fixture
    def metadata(self, request: Any) -> Iterator[MetaData]:
        """A collection of tables that are dropped after the test."""
        metadata = MetaData()
        yield metadata
        drop_all_tables_from_metadata(metadata, config.db)

    @pytest.fixture
    def registry(self, metadata: MetaData) -> Iterator[Registry]:
        """A registry of mappings, which is disposed after the test."""
        made = Registry(metadata=metadata)
        yield made
        made.dispose()

    @pytest.fixture
    def decl_base(self, metadata: MetaData) -> Iterator[Any]:
        """A declarative base, whose mappings are disposed after the test."""
        base: Any = type("Base", (DeclarativeBase,), {"metadata": metadata})
        yield base
        base.registry.dispose()


class _Tables(dict[str, Any]):
    """Tables by name, as attributes too."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no table {name!r} among {', '.join(self)}") from None


class TablesTest(TestBase):
    """Base of test classes that have tables: `define_tables` fills a collection, `insert_data` the tables."""

    run_setup_bind: str | None = "once"
    run_define_tables: str | None = "once"
    run_create_tables: str | None = "once"
    run_inserts: str | None = "each"
    run_deletes: str | None = "each"
    run_dispose_bind: str | None = None

    bind: Any = None
    tables: Any = None
    tables_test_metadata: Any = None

    @classmethod
    def define_tables(cls, metadata: MetaData) -> None:
        """Add tables to a collection."""

    @classmethod
    def insert_data(cls, connection: Any) -> None:
        """Fill the tables."""

    @classmethod
    def setup_bind(cls) -> Any:
        """Return the engine of the class."""
        return config.db

    @classmethod
    def _create(cls) -> None:
        cls.tables_test_metadata = MetaData()
        cls.define_tables(cls.tables_test_metadata)
        cls.tables = _Tables(cls.tables_test_metadata.tables)
        if cls.run_create_tables is not None:
            cls.tables_test_metadata.create_all(cls.bind)

    @classmethod
    def _insert(cls) -> None:
        with cls.bind.begin() as connection:
            cls.insert_data(connection)

    @classmethod
    def _delete(cls) -> None:
        with cls.bind.begin() as connection:
            for table in reversed(cls.tables_test_metadata.sorted_tables):
                connection.execute(table.delete())

    @classmethod
    def _drop(cls) -> None:
        drop_all_tables_from_metadata(cls.tables_test_metadata, cls.bind)

    @pytest.fixture(autouse=True, scope="class")
    def _around_tables(self, request: Any, _around_class: None) -> Iterator[None]:
        cls = request.cls
        cls.bind = cls.setup_bind()
        if cls.run_define_tables == "once":
            cls._create()
        if cls.run_inserts == "once":
            cls._insert()
        yield
        if cls.run_define_tables == "once":
            cls._drop()

    @pytest.fixture(autouse=True)
    def _around_rows(self, request: Any, _around_tables: None) -> Iterator[None]:
        cls = request.cls
        if cls.run_define_tables == "each":
            cls._create()
        if cls.run_inserts == "each":
            cls._insert()
        yield
        engines.testing_reaper.checkin()
        if cls.run_define_tables == "each":
            cls._drop()
        elif cls.run_deletes == "each":
            cls._delete()


class MappedTest(TablesTest):
    """Base of test classes that map classes to their tables: `setup_classes` and `setup_mappers`."""

    classes: Any = None

    @classmethod
    def setup_classes(cls) -> None:
        """Define classes, below `cls.Basic`."""

    @classmethod
    def setup_mappers(cls) -> None:
        """Map them."""


def fixture_session(**kw: Any) -> Session:
    """Return a session of the engine under test."""
    return Session(**{"bind": config.db, **kw})
