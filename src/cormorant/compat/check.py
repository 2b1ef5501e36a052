"""`python -m cormorant.compat.check PATH ...`: the names of SQLAlchemy that a code base uses and Cormorant lacks.

In: files or folders. Out: a line per place, and 1 as exit status if there is any. The code is read, not run: imports,
and attributes of imported modules. What is reached through variables is not seen.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .modules import ALIAS, alias_name, find, path_of, stand_in
from .paths import has_path


class Use(NamedTuple):
    """A name of the alias in a file: `name` of the module at `path`; no name stands for the module itself."""

    file: Path
    line: int
    path: str
    name: str

    def __str__(self) -> str:
        shown = alias_name(self.path) + (f".{self.name}" if self.name else "")
        return f"{self.file}:{self.line}: {shown}"


def files_below(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the Python files among and below the paths."""
    for path in paths:
        yield from sorted(path.rglob("*.py")) if path.is_dir() else (path,)


def uses_in(file: Path) -> list[Use]:
    """Return what a file uses; raises SyntaxError for one that is not Python."""
    tree = ast.parse(file.read_bytes(), str(file))
    modules: dict[str, str] = {}
    found: list[Use] = []
    for node in ast.walk(tree):
        found.extend(_imported(file, node, modules))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found.extend(_attribute(file, node, modules))
    return found


def _imported(file: Path, node: ast.AST, modules: dict[str, str]) -> Iterator[Use]:
    """Yield what an import names; keep which local names are modules."""
    if isinstance(node, ast.Import):
        for one in node.names:
            path = path_of(one.name, ALIAS)
            if path is not None:
                modules[one.asname or ALIAS] = path if one.asname else ""
                yield Use(file, node.lineno, path, "")
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        path = path_of(node.module, ALIAS)
        for one in node.names if path is not None else ():
            below = f"{path}.{one.name}" if path else one.name
            if is_module(below):
                modules[one.asname or one.name] = below
            yield Use(file, node.lineno, path or "", "" if one.name == "*" else one.name)


def _attribute(file: Path, node: ast.Attribute, modules: dict[str, str]) -> Iterator[Use]:
    """Yield the use of an attribute of a module."""
    path = _module_at(node.value, modules)
    if path is not None and not is_module(f"{path}.{node.attr}" if path else node.attr):
        yield Use(file, node.lineno, path, node.attr)


def _module_at(node: ast.expr, modules: dict[str, str]) -> str | None:
    """Return the path of the module that an expression names, or None."""
    if isinstance(node, ast.Name):
        return modules.get(node.id)
    if isinstance(node, ast.Attribute):
        above = _module_at(node.value, modules)
        below = None if above is None else (f"{above}.{node.attr}" if above else node.attr)
        return below if below is not None and is_module(below) else None
    return None


def is_module(path: str) -> bool:
    """Tell whether there is a module at a path, or the table has one."""
    try:
        importlib.import_module(stand_in(path))
    except ModuleNotFoundError:
        return has_path(path)
    return True


def is_there(use: Use) -> bool:
    """Tell whether Cormorant has what is used."""
    if not use.name:
        return is_module(use.path)
    if not is_module(use.path):
        return False
    try:
        if hasattr(importlib.import_module(stand_in(use.path)), use.name):
            return True
    except ModuleNotFoundError:
        pass
    below = f"{use.path}.{use.name}" if use.path else use.name
    try:
        return is_module(below) or find(use.path, use.name) is not None
    except KeyError:
        return False


def main(arguments: Sequence[str]) -> int:
    """Print what is lacking; return the exit status."""
    if not arguments:
        print("usage: python -m cormorant.compat.check PATH ...", file=sys.stderr)
        return 2
    lacking = 0
    for file in files_below([Path(one) for one in arguments]):
        try:
            uses = uses_in(file)
        except SyntaxError as error:
            print(f"{file}: not read: {error}", file=sys.stderr)
            continue
        for use in dict.fromkeys(uses):
            if not is_there(use):
                lacking += 1
                print(use)
    print(f"{lacking} uses of names that Cormorant lacks" if lacking else "every name used is there")
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
