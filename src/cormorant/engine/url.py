"""Database URLs: text in, a frozen value out, and back to text with every secret masked.

Knows nothing of databases but how an address is written; which dialect a name means is registry.py's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast
from urllib.parse import parse_qsl, quote, quote_plus, unquote

from ..exc import ArgumentError
from ..util import immutabledict

QueryValue = str | tuple[str, ...]

_NAME = re.compile(r"[\w+]+")
_HOST_END = re.compile(r"[:/?]")
_MASK = "***"
_SECRET_WORDS = (
    "password", "passwd", "passphrase", "secret", "token", "private_key", "privatekey", "api_key", "apikey",
    "credential",
)  # fmt: skip
_SECRET_KEYS = frozenset({"pwd", "pass", "odbc_connect"})


class Hooks:
    """The slot through which the registry answers what a URL itself does not know."""

    find_dialect: Callable[[URL], tuple[type[Any], str]] | None = None
    """The dialect class and the driver name that a URL means."""


hooks = Hooks()


class URL(NamedTuple):
    """The parts of a database address. Made by `make_url()` or `URL.create()`, never by calling the class."""

    drivername: str
    username: str | None
    password: str | None
    host: str | None
    port: int | None
    database: str | None
    query: immutabledict[str, QueryValue]

    @classmethod
    def create(
        cls,
        drivername: str,
        username: str | None = None,
        password: str | None = None,
        host: str | None = None,
        port: int | None = None,
        database: str | None = None,
        query: Mapping[str, Sequence[str] | str] = immutabledict(),
    ) -> URL:
        """A URL from its parts, taken literally: nothing in them needs escaping."""
        _require_string(drivername, "drivername", optional=False)
        _require_string(username, "username")
        _require_string(host, "host")
        _require_string(database, "database")
        return cls(drivername, username, password, host, _port(port), database, _frozen_query(query))

    def set(
        self,
        drivername: str | None = None,
        username: str | None = None,
        password: str | None = None,
        host: str | None = None,
        port: int | None = None,
        database: str | None = None,
        query: Mapping[str, Sequence[str] | str] | None = None,
    ) -> URL:
        """A copy with the given parts replaced; a part given as None stays as it is."""
        return URL.create(
            self.drivername if drivername is None else drivername,
            self.username if username is None else username,
            self.password if password is None else password,
            self.host if host is None else host,
            self.port if port is None else port,
            self.database if database is None else database,
            self.query if query is None else query,
        )

    # query string ----------------------------------------------------------------------------------------------

    @property
    def normalized_query(self) -> Mapping[str, Sequence[str]]:
        """The query with every value as a tuple, also where a key occurs once."""
        return immutabledict({key: _as_tuple(value) for key, value in self.query.items()})

    def update_query_string(self, query_string: str, append: bool = False, *, keep_blank_values: bool = False) -> URL:
        """A copy whose query has the keys of `query_string` replaced (or, with `append`, added to)."""
        pairs = parse_qsl(query_string, keep_blank_values=keep_blank_values)
        return self.update_query_pairs(pairs, append=append)

    def update_query_pairs(self, key_value_pairs: Iterable[tuple[str, str | list[str]]], append: bool = False) -> URL:
        """A copy whose query has the keys of the pairs replaced (or, with `append`, added to)."""
        new: dict[str, tuple[str, ...]] = {}
        for key, value in key_value_pairs:
            new[key] = new.get(key, ()) + _as_tuple(value)
        merged = dict(self.normalized_query)
        for key, values in new.items():
            merged[key] = tuple(merged.get(key, ())) + values if append else values
        return self._replace(query=_frozen_query(merged))

    def update_query_dict(self, query_parameters: Mapping[str, str | list[str]], append: bool = False) -> URL:
        """A copy whose query has the keys of the dictionary replaced (or, with `append`, added to)."""
        return self.update_query_pairs(query_parameters.items(), append=append)

    def difference_update_query(self, names: Iterable[str]) -> URL:
        """A copy without these query keys."""
        gone = set(names)
        return self._replace(query=immutabledict({k: v for k, v in self.query.items() if k not in gone}))

    # names -----------------------------------------------------------------------------------------------------

    def get_backend_name(self) -> str:
        """`postgresql` of `postgresql+psycopg`."""
        return self.drivername.partition("+")[0]

    def get_driver_name(self) -> str:
        """`psycopg` of `postgresql+psycopg`, or the name of the dialect's default driver."""
        _, plus, name = self.drivername.partition("+")
        return name if plus else _dialect_of(self)[1]

    def get_dialect(self, _is_async: bool = False) -> type[Any]:
        """The class of the dialect that the URL names; raises NoSuchModuleError for an unknown one."""
        return _dialect_of(self)[0]

    def translate_connect_args(self, names: list[str] | None = None, **kw: Any) -> dict[str, Any]:
        """The parts that are set as keyword arguments; `username="user"` renames one of them."""
        parts = ("host", "database", "username", "password", "port")
        renamed = dict(zip(parts, names, strict=False)) if names else {}
        given = {part: kw.get(part, renamed.get(part, part)) for part in parts}
        return {name: getattr(self, part) for part, name in given.items() if name and getattr(self, part)}

    # text ------------------------------------------------------------------------------------------------------

    def render_as_string(self, hide_password: bool = True) -> str:
        """The URL as text; the password and secret-looking query values are `***` unless `hide_password=False`."""
        text = f"{self.drivername}://{self._render_user(hide_password)}{self._render_host()}"
        if self.database is not None:
            text += "/" + quote(self.database, safe=" +/")
        if self.query:
            text += "?" + "&".join(self._render_query(hide_password))
        return text

    def _render_user(self, hide: bool) -> str:
        if self.username is None:
            return ""
        if self.password is None:
            return quote(self.username, safe=" +") + "@"
        password = _MASK if hide else quote(str(self.password), safe=" +")
        return f"{quote(self.username, safe=' +')}:{password}@"

    def _render_host(self) -> str:
        host = self.host or ""
        if ":" in host:
            host = f"[{host}]"
        return host if self.port is None else f"{host}:{self.port}"

    def _render_query(self, hide: bool) -> Iterable[str]:
        for key in sorted(self.query):
            masked = hide and is_secret(key)
            for value in _as_tuple(self.query[key]):
                yield f"{quote_plus(key)}={_MASK if masked else quote_plus(value)}"

    def __str__(self) -> str:
        return self.render_as_string()

    def __repr__(self) -> str:
        return self.render_as_string()

    def __format__(self, spec: str) -> str:
        return format(self.render_as_string(), spec)

    def __copy__(self) -> URL:
        return self

    def __deepcopy__(self, memo: Any) -> URL:
        return self


def _dialect_of(url: URL) -> tuple[type[Any], str]:
    if hooks.find_dialect is None:
        raise ArgumentError("dialects are known when the engine package is imported")
    return hooks.find_dialect(url)


def make_url(name_or_url: str | URL, *, keep_blank_values: bool = False) -> URL:
    """The URL written in a string; a URL passes through."""
    if isinstance(name_or_url, URL):
        return name_or_url
    if not isinstance(cast("Any", name_or_url), str):
        raise ArgumentError(f"Expected string or URL object, got {name_or_url!r}")
    return _parse(name_or_url, keep_blank_values)


def is_secret(key: str) -> bool:
    """Whether a query key's value must not be shown."""
    folded = key.lower().replace("-", "_")
    return folded in _SECRET_KEYS or any(word in folded for word in _SECRET_WORDS)


def _parse(text: str, keep_blank_values: bool) -> URL:
    name, separator, rest = text.partition("://")
    if not separator or not _NAME.fullmatch(name):
        raise _unparsable()
    username, password, rest = _split_user(rest)
    host, rest = _split_host(rest)
    address, question, query = rest.partition("?")
    port, slash, database = address.partition("/")
    if port and not port.startswith(":"):
        raise _unparsable()
    pairs = parse_qsl(query, keep_blank_values=keep_blank_values) if question else []
    gathered: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        gathered[key] = (*gathered.get(key, ()), value)
    return URL(
        name,
        None if username is None else unquote(username),
        None if password is None else unquote(password),
        host or None,
        _port(port[1:]) if port else None,
        unquote(database) if slash else None,
        _frozen_query(gathered),
    )


def _split_user(rest: str) -> tuple[str | None, str | None, str]:
    stop = next((i for i, letter in enumerate(rest) if letter in ":/"), len(rest))
    at = rest.find("@", stop)
    if rest[stop : stop + 1] == ":" and at != -1:
        return rest[:stop], rest[stop + 1 : at], rest[at + 1 :]
    at = rest.rfind("@", 0, stop)
    if at != -1:
        return rest[:at], None, rest[at + 1 :]
    return None, None, rest


def _split_host(rest: str) -> tuple[str, str]:
    if rest.startswith("["):
        end = rest.find("]")
        if end != -1 and not set("/?") & set(rest[:end]):
            return rest[1:end], rest[end + 1 :]
    match = _HOST_END.search(rest)
    return (rest, "") if match is None else (rest[: match.start()], rest[match.start() :])


def _port(port: Any) -> int | None:
    if port is None or isinstance(port, int):
        return port
    if not (isinstance(port, str) and port.isdecimal()):
        # the text is not shown: where an "@" is missing it is often the password
        raise ValueError("port of a database URL must be a number; escape ':' and '@' inside a password")
    return int(port)


def _frozen_query(query: Any) -> immutabledict[str, QueryValue]:
    pairs: Mapping[Any, Any] = query
    if not isinstance(query, Mapping):
        pairs = _empty_or_fail(query)
    return immutabledict({_query_key(key): _query_value(value) for key, value in pairs.items()})


def _empty_or_fail(query: Any) -> Mapping[Any, Any]:
    if query is None or query == ():
        return {}
    raise TypeError("query of a URL must be a mapping of strings to strings or sequences of strings")


def _query_key(key: Any) -> str:
    if isinstance(key, str):
        return key
    raise TypeError("Query dictionary keys must be strings")


def _query_value(value: Any) -> QueryValue:
    if isinstance(value, str):
        return value
    values: Sequence[Any] = value
    if not isinstance(value, Sequence):
        values = (None,)
    texts = tuple([one for one in values if isinstance(one, str)])
    if len(texts) != len(values):
        raise TypeError("Query dictionary values must be strings or sequences of strings")
    return texts[0] if len(texts) == 1 else texts


def _as_tuple(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _require_string(value: Any, name: str, *, optional: bool = True) -> None:
    if not isinstance(value, str) and not (optional and value is None):
        raise TypeError(f"{name} must be a string")


def _unparsable() -> ArgumentError:
    return ArgumentError(
        "Could not parse database URL from given URL string; expected dialect[+driver]://user:password@host:port/database"
    )
