"""Engine plugins: in which order they are asked, what they change, what is unknown."""

from __future__ import annotations

import importlib
import sys
import types
from typing import Any, ClassVar

import pytest

from cormorant import Column, Integer, MetaData, Table, create_engine
from cormorant.dialects import plugins, registry
from cormorant.dialects.sqlite import SQLiteDialect
from cormorant.engine import URL, CreateEnginePlugin, make_url
from cormorant.exc import ArgumentError, NoSuchModuleError

calls: list[Any] = []


class Noting(CreateEnginePlugin):
    def __init__(self, url: URL, kwargs: dict[str, Any]) -> None:
        super().__init__(url, kwargs)
        calls.append(("made", str(url), sorted(kwargs)))
        self.note = kwargs.pop("note", None) or url.query.get("note")

    def update_url(self, url: URL) -> URL:
        calls.append(("url", str(url)))
        return url.difference_update_query(["note"])

    def handle_dialect_kwargs(self, dialect_cls: type[Any], dialect_args: dict[str, Any]) -> None:
        calls.append(("dialect", dialect_cls.__name__))
        dialect_args["label_length"] = 20

    def handle_pool_kwargs(self, pool_cls: type[Any], pool_args: dict[str, Any]) -> None:
        calls.append(("pool", pool_cls.__name__, pool_args.copy()))
        pool_args["recycle"] = 7

    def engine_created(self, engine: Any) -> None:
        calls.append(("engine", str(engine.url), self.note))


class Silent(CreateEnginePlugin):
    def update_url(self, url: URL) -> URL:
        return url


class Incomplete(CreateEnginePlugin):
    pass


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = types.ModuleType("plugins_of_a_test")
    module.__dict__.update(Noting=Noting, Silent=Silent, Incomplete=Incomplete)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for name in ("Noting", "Silent", "Incomplete"):
        plugins.register(name.lower(), module.__name__, name)
    calls.clear()


def test_by_argument() -> None:
    engine = create_engine("sqlite://", plugins=["noting"], note="x", pool_pre_ping=True)
    assert calls == [
        ("made", "sqlite://", ["note", "plugins", "pool_pre_ping"]),
        ("url", "sqlite://"),
        ("dialect", "SQLiteDialect"),
        ("pool", "SingletonThreadPool", {"pre_ping": True}),
        ("engine", "sqlite://", "x"),
    ]
    assert engine.dialect.label_length == 20


def test_by_url() -> None:
    engine = create_engine("sqlite:///?plugin=noting&plugin=silent&note=y")
    assert calls[:2] == [
        ("made", "sqlite:///?note=y&plugin=noting&plugin=silent", []),
        ("url", "sqlite:///?note=y"),
    ]
    assert calls[-1] == ("engine", "sqlite:///", "y")
    assert str(engine.url) == "sqlite:///"


def test_refused() -> None:
    with pytest.raises(NoSuchModuleError, match=r"Can't load plugin: cormorant\.plugins:nope; known plugins: .*noting"):
        create_engine("sqlite://", plugins=["nope"])
    with pytest.raises(NotImplementedError, match="Incomplete does not override update_url"):
        create_engine("sqlite://", plugins=["incomplete"])
    with pytest.raises(TypeError, match="'note'"):
        create_engine("sqlite://", plugins=["silent"], note="x")
    assert create_engine("sqlite://", plugins=[]).name == "sqlite"


def test_dialects_by_name() -> None:
    assert registry.load("sqlite") is registry.load("sqlite.pysqlite") is SQLiteDialect
    with pytest.raises(NoSuchModuleError, match=r"Can't load plugin: cormorant\.dialects:nope"):
        registry.load("nope")


@pytest.mark.parametrize("name", ["mssql", "oracle"])
def test_databases_without_dialect(name: str) -> None:
    with pytest.raises(NoSuchModuleError, match=f"cormorant.dialects:{name}.x; known dialects are .*mariadb, .*mysql"):
        create_engine(make_url(f"{name}+x://"))
    types = importlib.import_module(f"cormorant.dialects.{name}")  # packages name its types in tables of theirs
    with pytest.raises(NoSuchModuleError, match=f"cormorant.dialects:{name}; known dialects are .*mariadb, .*mysql"):
        _ = types.dialect
    with pytest.raises(AttributeError, match="no dialect for this database"):
        _ = types.TABLE_NO_TYPE


def test_dialect_of_another_package_that_derives_from_a_built_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Star(SQLiteDialect):
        name = "star"
        construct_arguments: ClassVar[Any] = [(Table, {"key": None}), (Column, {"weight": 7})]

    module = types.ModuleType("star_dialect")
    module.Star = Star  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "star_dialect", module)
    registry.register("star", "star_dialect", "Star")
    table = Table("t", MetaData(), Column("a", Integer, star_weight=3), Column("b", Integer), star_key="x")
    assert table.dialect_options["star"]["key"] == "x"
    assert [column.dialect_options["star"]["weight"] for column in table.c] == [3, 7]
    with pytest.raises(ArgumentError, match="Argument 'star_other' is not accepted by dialect 'star'"):
        Table("u", MetaData(), star_other=1)
    engine = create_engine("star://")
    table.create(engine)
    assert (type(engine.dialect), engine.driver) == (Star, "pysqlite")
