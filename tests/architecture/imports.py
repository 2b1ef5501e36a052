"""Who imports whom in a tree: at module level, inside functions and under TYPE_CHECKING alike.

`from . import name` counts as an import of the module `name` where there is one, of the package otherwise. That
importing `a.b` also runs `a/__init__.py` does not count: it happens to everyone.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .source import Module


@dataclass(frozen=True)
class Import:
    """One import of one module of the tree by another."""

    source: str
    target: str
    place: str


def imports_of(modules: Mapping[str, Module]) -> list[Import]:
    """Every import between two modules of the tree."""
    found: dict[Import, None] = {}
    for module in modules.values():
        for node in ast.walk(module.tree):
            for name in imported_names(node, module, modules):
                target = known_part(name, modules)
                if target is not None and target != module.name:
                    found[Import(module.name, target, module.at(node))] = None
    return list(found)


def imported_names(node: ast.AST, module: Module, modules: Mapping[str, Module]) -> Iterator[str]:
    """The absolute dotted names that an import statement asks for; nothing for any other node."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = absolute_base(node, module)
        for alias in node.names:
            full = f"{base}.{alias.name}"
            yield full if full in modules else base


def absolute_base(node: ast.ImportFrom, module: Module) -> str:
    """The module that a `from` import names, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    parts = module.package.split(".")
    kept = parts[: len(parts) - node.level + 1]
    return ".".join([*kept, *([node.module] if node.module else [])])


def known_part(name: str, modules: Mapping[str, Module]) -> str | None:
    """The module of the tree that `name` is or lies in."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None
