"""Generated statements give the same rows on live servers. Many of them: ``python -m tests.differential.live``."""

from __future__ import annotations

import os

from .live import compare

COUNT = int(os.environ.get("CORMORANT_DIFFERENTIAL_EXAMPLES", "0")) or 250


def same_rows(url: str) -> None:
    counts, found = compare(url, 0, COUNT)
    assert not found, "\n".join(found)
    assert counts.ran > counts.raised, "nearly no statement ran"


def test_rows_on_postgresql(postgresql_url: str) -> None:
    same_rows(postgresql_url)


def test_rows_on_mariadb(mariadb_url: str) -> None:
    same_rows(mariadb_url)
