"""Generated text becomes functions, whose lines tracebacks and debuggers show.

In: the text of one function, and the objects that its names stand for. Out: the function; `function.__source__` is its
text. Texts hold names and numbers of columns, never a value: whoever writes them sees to that. Compiling is most of the
cost, so that code is kept by its text: a second engine, or a second statement of one layout, finds it.
"""

from __future__ import annotations

import linecache
from itertools import count
from types import CodeType
from typing import Any
from weakref import finalize

MOST = 2000
"""How many codes are kept."""

_codes: dict[str, CodeType] = {}
_numbers = count(1)


def define(name: str, text: str, names: dict[str, Any]) -> Any:
    """Return the function `name` that the text defines; it sees `names` and nothing else."""
    code = _codes.get(text)
    if code is None:
        code = _compiled(name, text)
    scope = dict(names)
    exec(code, scope)
    function = scope[name]
    function.__source__ = text
    return function


def _compiled(name: str, text: str) -> CodeType:
    if len(_codes) >= MOST:
        _codes.clear()
    filename = f"<cormorant {name} {next(_numbers)}>"
    code = compile(text, filename, "exec")
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    finalize(_function_code(code), linecache.cache.pop, filename, None).atexit = False
    _codes[text] = code
    return code


def _function_code(code: CodeType) -> CodeType:
    """The code of the function in a module's code: what tracebacks refer to, and what lives as long as the function."""
    return next(constant for constant in code.co_consts if isinstance(constant, CodeType))
