"""Functions from generated text: what they see, how their code is shared, what tracebacks show."""

from __future__ import annotations

import gc
import linecache
import traceback

import pytest

from cormorant.util import generated
from cormorant.util.generated import define


def test_a_function_sees_the_names_given_and_nothing_else() -> None:
    function = define("add", "def add(x):\n    return x + step\n", {"step": 5})
    assert function(2) == 7
    with pytest.raises(NameError):
        define("add", "def add(x):\n    return x + other\n", {"step": 5})(2)


def test_code_is_shared_by_its_text_and_names_are_not() -> None:
    text = "def f():\n    return name\n"
    one, two = define("f", text, {"name": 1}), define("f", text, {"name": 2})
    assert one.__code__ is two.__code__
    assert (one(), two()) == (1, 2)
    assert one.__source__ == text


def test_a_traceback_shows_the_line() -> None:
    function = define("divide", "def divide(x):\n    return x / nothing  # here\n", {"nothing": 0})
    with pytest.raises(ZeroDivisionError) as caught:
        function(1)
    assert "return x / nothing  # here" in "".join(traceback.format_exception(caught.value))


def test_codes_are_bounded_and_their_lines_go_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generated, "_codes", {})
    monkeypatch.setattr(generated, "MOST", 3)
    before = {name for name in linecache.cache if name.startswith("<cormorant bounded")}
    kept = define("bounded", "def bounded():\n    return 0\n", {})
    for number in range(1, 10):
        define("bounded", f"def bounded():\n    return {number}\n", {})
    gc.collect()
    assert len(generated._codes) <= 3
    lines = {name for name in linecache.cache if name.startswith("<cormorant bounded")} - before
    assert len(lines) <= 4
    assert kept.__code__.co_filename in lines
