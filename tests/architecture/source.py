"""A source tree as data: modules by dotted name, parsed."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, where it is below the root, and its syntax tree."""

    name: str
    path: str
    is_package: bool
    tree: ast.Module

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


def read_tree(root: Path) -> dict[str, Module]:
    """All modules of the package in folder `root`."""
    modules: dict[str, Module] = {}
    for file in sorted(root.rglob("*.py")):
        below = file.relative_to(root)
        name = ".".join((root.name, *below.with_suffix("").parts)).removesuffix(".__init__")
        tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
        modules[name] = Module(name, f"{root.name}/{below.as_posix()}", file.name == "__init__.py", tree)
    return modules
