"""The recorder a program writes to: logged values, statements, warnings and errors, in the order they happen.

A program receives it as ``log``. It makes engines and sessions whose statements are recorded through the public event
``before_cursor_execute``; it knows nothing about comparison.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from typing import Any

from . import statements
from .show import Show, life
from .sides import ORACLE, Side


class Recorder:
    """Collects ``lines``; ``log("label", value, ...)`` adds one."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.lines: list[str] = []
        self.show = Show(side)
        self._muted = 0
        self._engines: list[Any] = []
        self._drivers: dict[int, sqlite3.Connection] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.messages: list[str] = []

    # what programs call

    def __call__(self, label: str, *values: Any) -> None:
        self._add(f"{label}: " + ", ".join(map(self.show, values)))

    def module(self, path: str) -> Any:
        """A public module of the side, as in ``log.module("ext.hybrid")``."""
        return self.side.module(path)

    def text(self, label: str, element: Any, dialect: str = "") -> None:
        """Log the SQL text and parameters of ``element`` on the default dialect, or on the named one."""
        chosen = self.side.module(f"dialects.{dialect}").dialect() if dialect else None
        compiled = element.compile(dialect=chosen)
        self._add(f"{label}: {self.show.plain(str(compiled))}")
        params = getattr(compiled, "params", None)
        if params:
            self._add(f"{label} params: {self.show(dict(sorted(params.items())))}")

    @contextlib.contextmanager
    def raises(self, label: str, contains: str = "") -> Iterator[None]:
        """Log the class of the error raised in the block, and whether its message holds ``contains``."""
        try:
            yield
        except Exception as error:
            found = f" with {contains!r}" if contains and contains.lower() in str(error).lower() else ""
            self.messages.append(f"{label}: {type(error).__name__}: {error}")
            self._add(f"{label}: raises {self.show.type_name(type(error))}{found}")
        else:
            self._add(f"{label}: raises nothing")

    @contextlib.contextmanager
    def quiet(self) -> Iterator[None]:
        """Record nothing in this block."""
        self._muted += 1
        try:
            yield
        finally:
            self._muted -= 1

    def engine(self, metadata: Any = None, rows: dict[Any, list[dict[str, Any]]] | None = None, **options: Any) -> Any:
        """A recorded SQLite engine with the tables of ``metadata`` and ``rows`` in place; ``file=True`` for a file.

        The oracle gets the listeners its documentation gives for whole transactions on SQLite, unless ``plain=True``.
        """
        sa = self.side.module()
        plain = options.pop("plain", False)
        url = options.pop("url", None) or self._url(options.pop("file", False))
        engine = sa.create_engine(url, **options)
        self._engines.append(engine)
        self._listen(sa.event, engine)
        if self.side is ORACLE and not plain:
            begin_for_real(sa.event, engine)
        with self.quiet():
            if metadata is not None:
                metadata.create_all(engine)
            self._fill(engine, rows or {})
        return engine

    def session(self, metadata: Any = None, rows: Any = None, **options: Any) -> Any:
        """A Session on a new recorded engine; ``options`` go to Session."""
        own = {name: options.pop(name) for name in ("file", "plain") if name in options}
        return self.side.module("orm").Session(self.engine(metadata, rows, **own), **options)

    def states(self, *entities: Any) -> None:
        """Log names, life and flags of entities."""
        for entity in entities:
            state = entity._sa_instance_state
            flags = [name for name in ("modified", "expired", "was_deleted") if getattr(state, name)]
            self._add(f"state {self.show.name(entity)}: {' '.join([life(entity), *flags])}")

    def sets(self, session: Any) -> None:
        """Log session.new, dirty and deleted as names."""
        for name in ("new", "dirty", "deleted"):
            found = self.show.in_order(getattr(session, name))
            if found:
                self._add(f"session.{name}: {' '.join(found)}")

    def dump(self, *tables: str, engine: Any = None) -> None:
        """Log the rows of ``tables`` as the (last) engine's own driver connection sees them."""
        driver = self._drivers.get(id(engine or self._engines[-1]))
        if driver is None:
            self._add("rows: no driver connection seen")
            return
        for table in tables:
            for row in sorted(driver.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr):
                self._add(f"row {table}: {row!r}")

    def step(self, source: str, namespace: dict[str, Any]) -> None:
        """Run one line of a generated program; an error is logged, not raised."""
        try:
            exec(compile(source, "<step>", "exec"), namespace)
        except Exception as error:
            self.messages.append(f"{source}: {type(error).__name__}: {error}")
            self._add(f"{source}: raises {self.show.type_name(type(error))}")

    # what the runner calls

    def warn(self, message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
        self.messages.append(f"{category.__name__}: {message}")
        self._add(f"warning {self.show.type_name(category)}: {self.show.beginning(str(message))}")

    def failed(self, error: BaseException) -> None:
        self._add(f"program raises {self.show.type_name(type(error))}: {self.show.beginning(str(error), 12)}")

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        """Warnings go to the log; engines and files made meanwhile are released at the end."""
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.showwarning = self.warn
            try:
                yield
            finally:
                self._muted += 1
                self._release()

    def _add(self, line: str) -> None:
        if not self._muted:
            self.lines.append(line)

    def _url(self, file: bool) -> str:
        if not file:
            return "sqlite://"
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory()
        return f"sqlite:///{os.path.join(self._folder.name, 'data.db')}"

    def _fill(self, engine: Any, rows: dict[Any, list[dict[str, Any]]]) -> None:
        if not rows:
            return
        with engine.begin() as connection:
            for table, values in rows.items():
                connection.execute(getattr(table, "__table__", table).insert(), values)

    def _listen(self, event: Any, engine: Any) -> None:
        def on_connect(driver: Any, _record: Any) -> None:
            self._drivers[id(engine)] = driver

        def on_execute(_c: Any, _cur: Any, statement: str, parameters: Any, _ctx: Any, many: bool) -> None:
            if not self._muted:
                for text, values in statements.lines(statement, parameters, many):
                    self._add(f"SQL {self.show.plain(text)} | {self.show.plain(values)}")

        event.listen(engine, "connect", on_connect)
        event.listen(engine, "before_cursor_execute", on_execute)
        for name in ("begin", "commit", "rollback"):
            event.listen(engine, name, lambda _connection, name=name: self._add(name.upper()))

    def _release(self) -> None:
        for engine in self._engines:
            with contextlib.suppress(Exception):
                engine.dispose()
        if self._folder is not None:
            self._folder.cleanup()


def begin_for_real(event: Any, engine: Any) -> None:
    """Documented recipe: the driver starts no transactions by itself, the engine's begin does."""

    def driver_keeps_out(driver: Any, _record: Any) -> None:
        driver.isolation_level = None

    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    event.listen(engine, "connect", driver_keeps_out)
    event.listen(engine, "begin", begin)
