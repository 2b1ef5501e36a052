"""Database URLs."""

from __future__ import annotations

import copy
import pickle

import pytest

from cormorant.engine.url import URL, is_secret, make_url
from cormorant.exc import ArgumentError, NoSuchModuleError

PARTS = [
    ("sqlite://", ("sqlite", None, None, None, None, None, {})),
    ("sqlite:///", ("sqlite", None, None, None, None, "", {})),
    ("sqlite:///:memory:", ("sqlite", None, None, None, None, ":memory:", {})),
    ("sqlite:////abs/x.db", ("sqlite", None, None, None, None, "/abs/x.db", {})),
    ("sqlite:///u:p@x", ("sqlite", None, None, None, None, "u:p@x", {})),
    ("sqlite:///C:\\x\\y.db", ("sqlite", None, None, None, None, "C:\\x\\y.db", {})),
    ("pg+dr://u:p%40ss@h:5432/db?a=1&a=2", ("pg+dr", "u", "p@ss", "h", 5432, "db", {"a": ("1", "2")})),
    ("my://u@[::1]:33/d", ("my", "u", None, "::1", 33, "d", {})),
    ("pg://u:p@/db?host=a:1&host=b:2", ("pg", "u", "p", None, None, "db", {"host": ("a:1", "b:2")})),
    ("pg://u:p:q@h/x", ("pg", "u", "p:q", "h", None, "x", {})),
    ("pg://user:pa/ss@host/db", ("pg", "user", "pa/ss", "host", None, "db", {})),
    ("pg://u:p?q@h/d", ("pg", "u", "p?q", "h", None, "d", {})),
    ("pg://u@x@h/d", ("pg", "u@x", None, "h", None, "d", {})),
    ("pg://u:p@h@b/d?q=e@f", ("pg", "u", "p", "h@b", None, "d", {"q": "e@f"})),
    ("pg://h/db?x=a@b", ("pg", None, None, "h", None, "db", {"x": "a@b"})),
    ("pg://:@h/d", ("pg", "", "", "h", None, "d", {})),
    ("pg://:5/d", ("pg", None, None, None, 5, "d", {})),
    ("pg://h?a=b/c", ("pg", None, None, "h", None, None, {"a": "b/c"})),
    ("pg://u+x:p+y@h+z/d+e?a+b=c+d%20e", ("pg", "u+x", "p+y", "h+z", None, "d+e", {"a b": "c d e"})),
    ("pg:///?connect=DRIVER%3D%7Bx%7D", ("pg", None, None, None, None, "", {"connect": "DRIVER={x}"})),
]


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_parts_of_a_url(text: str, parts: tuple[object, ...]) -> None:
    assert tuple(make_url(text)) == parts


RENDERED = [
    ({"username": "a%b+c d/e:f@g", "password": "p@:/?#[]&"}, "pg://a%25b+c d%2Fe%3Af%40g:p%40%3A%2F%3F%23%5B%5D%26@"),
    ({"database": "a%b?c#d&e=f:g@h+i j\\k~é"}, "pg:///a%25b%3Fc%23d%26e%3Df%3Ag%40h+i j%5Ck~%C3%A9"),
    ({"host": "::1", "port": 5}, "pg://[::1]:5"),
    ({"query": {"b": "1", "a": ["z", "y"]}}, "pg://?a=z&a=y&b=1"),
    ({"query": {"a%b c": "x&y=z+/"}}, "pg://?a%25b+c=x%26y%3Dz%2B%2F"),
    ({"username": "", "password": ""}, "pg://:@"),
    ({"password": "x"}, "pg://"),
    ({"database": ""}, "pg:///"),
]


@pytest.mark.parametrize(("parts", "text"), RENDERED)
def test_text_of_a_url(parts: dict[str, object], text: str) -> None:
    url = URL.create("pg", **parts)  # type: ignore[arg-type]
    assert url.render_as_string(hide_password=False) == text


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_text_reads_back(text: str, parts: tuple[object, ...]) -> None:
    url = make_url(text)
    assert make_url(url.render_as_string(hide_password=False)) == url


SECRET = "s3cr3t"
SECRET_URLS = [
    f"pg://u:{SECRET}@h/d",
    f"pg://h/d?password={SECRET}",
    f"pg://h/d?sslpassword={SECRET}&a=1",
    f"pg://h/d?PWD={SECRET}",
    f"pg://h/d?access_token={SECRET}",
    f"pg://h/d?private-key={SECRET}",
    f"pg://h/d?odbc_connect=UID%3Du%3BPWD%3D{SECRET}",
]


@pytest.mark.parametrize("text", SECRET_URLS)
def test_secrets_are_masked(text: str) -> None:
    url = make_url(text)
    for shown in (str(url), repr(url), f"{url}", f"{url!r}", f"{url:>80}", repr([url]), url.render_as_string()):
        assert SECRET not in shown
        assert "***" in shown
    assert SECRET in url.render_as_string(hide_password=False)


def test_which_keys_are_secret() -> None:
    assert [key for key in ("sslmode", "sslkey", "host", "tokenizer_password", "Token") if is_secret(key)] == [
        "tokenizer_password",
        "Token",
    ]


@pytest.mark.parametrize("text", ["bad", "://x", "pg:/h", "pg-x://h", " pg://h"])
def test_text_that_is_no_url(text: str) -> None:
    with pytest.raises(ArgumentError, match="Could not parse"):
        make_url(text)


def test_not_a_string() -> None:
    with pytest.raises(ArgumentError, match="Expected string or URL object, got 5"):
        make_url(5)  # type: ignore[arg-type]


def test_a_wrong_port_is_not_shown() -> None:
    with pytest.raises(ValueError, match="port") as caught:
        make_url(f"pg://user:{SECRET}")
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(caught.value.__context__)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"drivername": 5}, "drivername must be a string"),
        ({"drivername": "pg", "host": 5}, "host must be a string"),
        ({"drivername": "pg", "query": {"a": 5}}, "Query dictionary values must be strings"),
        ({"drivername": "pg", "query": {5: "a"}}, "Query dictionary keys must be strings"),
        ({"drivername": "pg", "query": 5}, "query of a URL must be a mapping"),
    ],
)
def test_parts_of_the_wrong_type(parts: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        URL.create(**parts)  # type: ignore[arg-type]


def test_changes_make_copies() -> None:
    url = make_url("pg+dr://u:p@h:1/d?a=1&b=2&b=3")
    assert str(url.set(port=7, database="")) == "pg+dr://u:***@h:7/?a=1&b=2&b=3"
    assert str(url.update_query_dict({"a": "5", "c": ["x", "y"]})) == "pg+dr://u:***@h:1/d?a=5&b=2&b=3&c=x&c=y"
    assert str(url.update_query_dict({"a": "5"}, append=True)) == "pg+dr://u:***@h:1/d?a=1&a=5&b=2&b=3"
    assert str(url.update_query_string("a=7&z=9")) == "pg+dr://u:***@h:1/d?a=7&b=2&b=3&z=9"
    assert str(url.update_query_pairs([("a", "1"), ("a", "2")])) == "pg+dr://u:***@h:1/d?a=1&a=2&b=2&b=3"
    assert str(url.difference_update_query(["a"])) == "pg+dr://u:***@h:1/d?b=2&b=3"
    assert str(url) == "pg+dr://u:***@h:1/d?a=1&b=2&b=3"
    assert url.normalized_query == {"a": ("1",), "b": ("2", "3")}
    assert url.get_backend_name() == "pg"


@pytest.mark.parametrize(
    ("text", "driver"),
    [("sqlite://", "pysqlite"), ("postgresql://", "psycopg"), ("mysql://", "pymysql"), ("nope+other://", "other")],
)
def test_driver_names(text: str, driver: str) -> None:
    assert make_url(text).get_driver_name() == driver


def test_the_dialect_of_a_url() -> None:
    assert make_url("sqlite://").get_dialect().name == "sqlite"
    with pytest.raises(NoSuchModuleError, match="known dialects are"):
        make_url("nope://").get_dialect()


def test_connect_arguments() -> None:
    url = make_url("pg://u:p@h:1/d")
    assert url.translate_connect_args(username="user", database="dbname") == {
        "host": "h",
        "dbname": "d",
        "user": "u",
        "password": "p",
        "port": 1,
    }
    assert make_url("pg://h").translate_connect_args() == {"host": "h"}


def test_copies_are_equal() -> None:
    url = make_url("pg://u:p@h:1/d?a=1")
    assert pickle.loads(pickle.dumps(url)) == url
    assert copy.deepcopy(url) is url
    assert hash(url) == hash(make_url("pg://u:p@h:1/d?a=1"))
    assert make_url(url) is url
