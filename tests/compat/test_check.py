"""Reading a code base for names that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from cormorant.compat.check import main

CODE = """
import sqlalchemy as sa
import sqlalchemy.orm
import sqlalchemy.nothing
from sqlalchemy import orm, select, Nothing
from sqlalchemy.orm import Session as S, Missing
from sqlalchemy.sql.sqltypes import Integer, Gone
from other import sqlalchemy_like

sa.Integer(), sa.lost, orm.Session, orm.vanished, sqlalchemy.orm.relationship, sqlalchemy.orm.away
sa.orm.Session, sa.types.String, S.anything, sqlalchemy_like.x
"""
LACKING = [
    "4: sqlalchemy.nothing",
    "5: sqlalchemy.Nothing",
    "6: sqlalchemy.orm.Missing",
    "7: sqlalchemy.sql.sqltypes.Gone",
    "10: sqlalchemy.lost",
    "10: sqlalchemy.orm.vanished",
    "10: sqlalchemy.orm.away",
]


def test_what_is_lacking_is_listed_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "inner").mkdir()
    file = tmp_path / "inner/models.py"
    file.write_text(CODE)
    assert main([str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert sorted(lines[:-1]) == sorted(f"{file}:{one}" for one in LACKING)
    assert lines[-1] == "7 uses of names that Cormorant lacks"


def test_a_program_that_uses_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.py").write_text("from sqlalchemy import *\nfrom sqlalchemy.orm import Session\n")
    (tmp_path / "b.py").write_text("not python at all\n")
    assert main([str(tmp_path / "a.py"), str(tmp_path / "b.py")]) == 0
    told = capsys.readouterr()
    assert told.out == "every name used is there\n"
    assert "b.py: not read" in told.err


def test_usage() -> None:
    assert main([]) == 2
