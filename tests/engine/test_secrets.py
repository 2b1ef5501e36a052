"""No secret leaves: a canary in a URL or in parameters is found nowhere it was not asked for."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import bindparam, create_engine, event, exc, insert, make_url, select, text
from cormorant.engine import URL, Engine
from cormorant.schema import Column, MetaData, Table
from cormorant.types import Integer, String

CANARY = "C4n4ry"

FORMS = (
    f"postgresql+psycopg://me:{CANARY}@host/db",
    f"mysql+pymysql://me:{CANARY}@host:3306/db?charset=utf8",
    f"postgresql+psycopg://:{CANARY}@/db",
    *[
        f"postgresql+psycopg://me@host/db?{key}={CANARY}"
        for key in ("password", "passwd", "pwd", "sslpassword", "token", "secret", "access_token", "private_key")
    ],
    f"postgresql+psycopg://me@host/db?sslmode=require&password={CANARY}&password=x",
)


@pytest.mark.parametrize("form", FORMS)
def test_urls_show_none(form: str) -> None:
    url = make_url(form)
    places = [
        str(url), repr(url), f"{url}", f"{url!r}", f"{[url]}", url.render_as_string(),
        str(url.set(host="other")), repr(url.update_query_dict({"a": "b"})), repr(pickle.loads(pickle.dumps(url))),
    ]  # fmt: skip
    assert not [place for place in places if CANARY in place]
    assert CANARY in url.render_as_string(hide_password=False)


@pytest.mark.parametrize("form", FORMS)
def test_engines_show_none(form: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    engine = create_engine(form, echo=True, echo_pool="debug")
    try:
        places = [str(engine), repr(engine), repr(engine.pool), engine.pool.status(), repr(engine.dialect)]
        places += [str(engine.url), repr(engine.execution_options(a=1))]
        assert not [place for place in places if CANARY in place]
    finally:
        engine.dispose()
    assert CANARY not in caplog.text


@pytest.mark.parametrize("form", [f"nonsense://me:{CANARY}@h", f"postgresql+nope://me:{CANARY}@h/d"])
def test_errors_about_urls_show_none(form: str) -> None:
    with pytest.raises(exc.SQLAlchemyError) as caught:
        create_engine(form)
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_unknown_options_show_no_values() -> None:
    with pytest.raises(TypeError) as caught:
        create_engine("sqlite://", api_token=CANARY)
    assert CANARY not in str(caught.value)


def test_an_url_made_of_parts_shows_none() -> None:
    url = URL.create("postgresql+psycopg", "me", CANARY, "host", query={"sslpassword": CANARY})
    assert CANARY not in str(url) + repr(url)


things = Table("things", MetaData(), Column("id", Integer, primary_key=True), Column("pin", String))


@pytest.fixture
def hiding() -> Iterator[Engine]:
    engine = create_engine("sqlite://", hide_parameters=True)
    things.create(engine)
    yield engine
    engine.dispose()


FAILING: tuple[tuple[Any, Any], ...] = (
    (insert(things), [{"id": 1, "pin": CANARY}, {"id": 1, "pin": CANARY}]),
    (insert(things).values(id=None, pin=CANARY).returning(things.c.id), {"id": CANARY}),
    (text("SELECT :a FROM nowhere"), {"a": CANARY}),
    (text("SELECT :a, :b"), {"a": CANARY}),
    (select(things).where(things.c.id == bindparam("x")), {"y": CANARY}),
    (select(bindparam("x")), {"x": [CANARY]}),
    (insert(things), [{"id": 2, "pin": CANARY}, {"pin": CANARY}]),
)


@pytest.mark.parametrize(("statement", "parameters"), FAILING)
def test_hidden_parameters(hiding: Engine, caplog: pytest.LogCaptureFixture, statement: Any, parameters: Any) -> None:
    caplog.set_level(logging.DEBUG, "cormorant")
    told: list[str] = []
    event.listen(hiding, "handle_error", lambda context: told.append(str(context.sqlalchemy_exception)))
    with hiding.connect() as connection, pytest.raises(exc.SQLAlchemyError) as caught:
        connection.execute(statement, parameters)
    shown = [str(caught.value), repr(caught.value.__cause__), caplog.text, *told]
    assert not [place for place in shown if CANARY in place]


def test_parameters_that_are_logged_can_be_hidden(hiding: Engine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "cormorant.engine")
    with hiding.begin() as connection:
        connection.execute(insert(things), [{"id": number, "pin": CANARY} for number in range(3)])
        connection.execute(insert(things).returning(things.c.id), [{"id": 10, "pin": CANARY}, {"id": 11, "pin": "x"}])
        connection.exec_driver_sql("SELECT ?", (CANARY,))
    assert "parameters hidden" in caplog.text
    assert CANARY not in caplog.text
