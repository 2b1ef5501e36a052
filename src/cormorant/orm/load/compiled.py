"""Generated text becomes a function whose lines tracebacks and debuggers can show."""

from __future__ import annotations

import linecache
from itertools import count
from typing import Any
from weakref import finalize

_numbers = count(1)


def compile_function(name: str, lines: list[str], names: dict[str, Any]) -> Any:
    """Return the function `name` that the lines define; `function.__source__` is its text."""
    text = "\n".join(lines) + "\n"
    filename = f"<cormorant {name} {next(_numbers)}>"
    scope = dict(names)
    exec(compile(text, filename, "exec"), scope)
    function = scope[name]
    function.__source__ = text
    finalize(function, linecache.cache.pop, filename, None).atexit = False
    linecache.cache[filename] = (len(text), None, [line + "\n" for line in lines], filename)
    return function
