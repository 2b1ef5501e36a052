"""What is imported at its first use: stand-ins for modules, and names of a package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cormorant.util.later import later, on_demand

SOURCES = Path(__file__).parents[2] / "src"
UNUSED = ("orm.session.merging", "orm.session.three_way", "orm.query.legacy", "orm.session.scoping", "orm.attributes")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "on_call").mkdir()
    (tmp_path / "on_call/__init__.py").write_text("present = 1\n")
    (tmp_path / "on_call/part.py").write_text("number = 5\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield_name = "on_call"
    for name in [name for name in sys.modules if name.partition(".")[0] == yield_name]:
        monkeypatch.delitem(sys.modules, name)
    return yield_name


def test_a_module_is_imported_by_its_first_use(package: str) -> None:
    (part,) = later(package, "part")
    assert f"{package}.part" not in sys.modules
    assert part.number == 5
    assert f"{package}.part" in sys.modules


def test_names_of_a_package_are_imported_when_asked_for(package: str) -> None:
    __import__(package)
    module: Any = sys.modules[package]
    module.__getattr__, module.__dir__ = on_demand(package, {"number": ".part", "part": ".part"})
    assert {"number", "part", "present"} <= set(dir(module))
    assert f"{package}.part" not in sys.modules
    assert module.number == 5
    assert module.part is sys.modules[f"{package}.part"]
    assert vars(module)["number"] == 5
    with pytest.raises(AttributeError, match=r"module 'on_call' has no attribute 'nothing'"):
        _ = module.nothing


def test_a_star_import_brings_all_names(package: str) -> None:
    __import__(package)
    module: Any = sys.modules[package]
    module.__getattr__, module.__dir__ = on_demand(package, {"number": ".part"})
    names: dict[str, Any] = {}
    exec(f"from {package} import *", names)
    assert (names["number"], names["present"]) == (5, 1)


def test_importing_the_orm_leaves_out_what_few_programs_use() -> None:
    program = "import sys, cormorant.orm; print([m for m in sys.argv[1:] if 'cormorant.' + m in sys.modules])"
    command = [sys.executable, "-c", program, *UNUSED]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(SOURCES)})
    assert done.stdout.strip() == "[]"


def test_a_name_of_a_module_is_kept_by_its_stand_in(package: str) -> None:
    (part,) = later(package, "part")
    assert part.number == 5
    assert vars(part)["number"] == 5
