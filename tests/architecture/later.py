"""The rule for what is imported at its first use: it is imported for type checkers too, so that the ladder sees it."""

from __future__ import annotations

import ast
from importlib.util import resolve_name
from typing import TYPE_CHECKING

from .imports import absolute_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .source import Module


def unseen_later(modules: Mapping[str, Module]) -> list[str]:
    """Where a name is imported at its first use that no import under TYPE_CHECKING beside it mentions."""
    return [
        f"{module.at(call)}: {name} is imported later, but not from there under TYPE_CHECKING"
        for module in modules.values()
        for call in calls(module.tree)
        for name, place in named_by(call, module)
        if (name, place) not in typed(module)
    ]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("later", "on_demand"):
            yield node


def named_by(call: ast.Call, module: Module) -> Iterator[tuple[str, str]]:
    """Names with the module that each is imported from, as a `from` import would say it."""
    match call:
        case ast.Call(func=ast.Name(id="later"), args=[package, *names]):
            base = package.value if isinstance(package, ast.Constant) else module.package
            yield from ((name.value, base) for name in names if isinstance(name, ast.Constant))
        case ast.Call(args=[_, ast.Dict(keys=keys, values=values)]):
            for key, value in zip(keys, values, strict=True):
                assert isinstance(key, ast.Constant)
                assert isinstance(value, ast.Constant)
                is_module = value.value == f".{key.value}"
                yield key.value, module.package if is_module else resolve_name(value.value, module.package)
        case _:
            raise AssertionError(f"{module.at(call)}: names to import later are written out")


def typed(module: Module) -> set[tuple[str, str]]:
    return {
        (alias.asname or alias.name, absolute_base(node, module))
        for block in ast.walk(module.tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
