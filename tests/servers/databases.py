"""Databases on a running server: create one, empty it between tests, drop it.

Comes in: the URL of a server's maintenance database. Goes out: the URL of a database of one's own. Speaks to the server
through the plain driver, never through Cormorant. Emptying is quick when there is nothing to remove, and it does not
wait for connections that a test left open: after a moment it ends them.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

import psycopg
import pymysql

CONNECT_SECONDS = 30.0

PG_DROP_ALL = """
DO $$ DECLARE space text; BEGIN
  FOR space IN SELECT n.nspname FROM pg_namespace n
    WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' AND (n.nspname <> 'public'
      OR EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid)
      OR EXISTS (SELECT FROM pg_type WHERE typnamespace = n.oid)
      OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = n.oid))
  LOOP EXECUTE format('DROP SCHEMA %I CASCADE', space); END LOOP;
END $$;
CREATE SCHEMA IF NOT EXISTS public;
"""
PG_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
PG_ROLLBACK_PREPARED = "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()"
MARIADB_OBJECTS = "SELECT table_type, table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
MARIADB_ROUTINES = (
    "SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = DATABASE()"
)
MARIADB_OTHERS = "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
MARIADB_KINDS = {"BASE TABLE": "TABLE", "SYSTEM VERSIONED": "TABLE", "VIEW": "VIEW", "SEQUENCE": "SEQUENCE"}


class Database(Protocol):
    """One empty database on a server."""

    @property
    def url(self) -> str: ...
    def clear(self) -> None:
        """Remove everything in it."""

    def drop(self) -> None:
        """Remove the database itself and close the connection to it."""


def replace_database(url: str, name: str) -> str:
    """`url` with another database name."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@dataclass
class PostgresqlDatabase:
    """A database on a PostgreSQL server."""

    url: str
    server_url: str
    connection: psycopg.Connection[Any]

    @classmethod
    def create(cls, server_url: str, name: str) -> PostgresqlDatabase:
        with pg_connect(server_url) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
            server.execute(f'CREATE DATABASE "{name}"'.encode())
        url = replace_database(server_url, name)
        connection = pg_connect(url)
        connection.execute("SET lock_timeout = '200ms'; SET client_min_messages = warning")
        return cls(url, server_url, connection)

    def clear(self) -> None:
        try:
            self.connection.execute(PG_DROP_ALL)
        except psycopg.Error:
            self.end_others()
            self.connection.execute(PG_DROP_ALL)

    def end_others(self) -> None:
        self.connection.execute(PG_END_OTHERS)
        for (gid,) in self.connection.execute(PG_ROLLBACK_PREPARED).fetchall():
            self.connection.execute(f"ROLLBACK PREPARED '{gid}'".encode())

    def drop(self) -> None:
        self.connection.close()
        with pg_connect(self.server_url) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{urlsplit(self.url).path[1:]}" WITH (FORCE)'.encode())


@dataclass
class MariadbDatabase:
    """A database on a MariaDB server."""

    url: str
    server_url: str
    connection: pymysql.Connection[Any]

    @classmethod
    def create(cls, server_url: str, name: str) -> MariadbDatabase:
        connection = mariadb_connect(server_url)
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION lock_wait_timeout = 1, SESSION foreign_key_checks = 0")
            cursor.execute(f"CREATE OR REPLACE DATABASE `{name}`")
            cursor.execute(f"USE `{name}`")
        return cls(replace_database(server_url, name), server_url, connection)

    def clear(self) -> None:
        try:
            self.drop_objects()
        except pymysql.Error:
            self.end_others()
            self.drop_objects()

    def drop_objects(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(MARIADB_OBJECTS)
            found = [(MARIADB_KINDS[kind], name) for kind, name in cursor.fetchall()]
            cursor.execute(MARIADB_ROUTINES)
            for kind, name in [*found, *cursor.fetchall()]:
                cursor.execute(f"DROP {kind} IF EXISTS `{name.replace('`', '``')}`")

    def end_others(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(MARIADB_OTHERS)
            for (number,) in cursor.fetchall():
                with contextlib.suppress(pymysql.Error):
                    cursor.execute(f"KILL CONNECTION {number}")

    def drop(self) -> None:
        with contextlib.suppress(pymysql.Error), self.connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS `{urlsplit(self.url).path[1:]}`")
        self.connection.close()


def pg_connect(url: str) -> psycopg.Connection[Any]:
    """Connect in autocommit mode."""
    return psycopg.connect(urlsplit(url)._replace(scheme="postgresql").geturl(), autocommit=True)


def mariadb_connect(url: str) -> pymysql.Connection[Any]:
    """Connect in autocommit mode."""
    parts = urlsplit(url)
    return pymysql.connect(
        host=parts.hostname or "",
        port=parts.port or 3306,
        user=parts.username or "",
        password=parts.password or "",
        database=parts.path[1:],
        autocommit=True,
    )


def wait_for_connection(url: str) -> None:
    """Return when the server at `url` accepts a connection: a starting server listens before it answers."""
    connect = pg_connect if url.startswith("postgresql") else mariadb_connect
    deadline = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            connect(url).close()
        except (psycopg.OperationalError, pymysql.OperationalError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
