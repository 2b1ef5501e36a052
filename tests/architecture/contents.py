"""Rules about what a module may contain: re-exports only, no database's name, nothing of SQLAlchemy."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from .ladder import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .source import Module

DATABASES = (
    "sqlite", "postgres", "psycopg", "asyncpg", "pg8000", "mysql", "mariadb", "asyncmy", "duckdb", "oracle", "oracledb",
    "mssql", "sqlserver", "pyodbc", "pymssql", "cockroach", "yugabyte", "tidb", "galera", "pgbouncer", "db2",
)  # fmt: skip
NAMES = re.compile("|".join(DATABASES), re.IGNORECASE)
DUNDERS = frozenset({"__all__", "__version__"})


def database_names(modules: Mapping[str, Module]) -> list[str]:
    """Where code outside the dialects mentions a database: identifiers and strings, but not docstrings and comments."""
    return [
        f"{module.at(node)}: a database's name outside dialects/: {text!r}"
        for name, module in modules.items()
        if name != DIALECTS and not name.startswith(f"{DIALECTS}.")
        for node in code_nodes(module.tree)
        for text in words_of(node)
        if NAMES.search(text)
    ]


def code_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node except strings that stand alone, which are documentation."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(child for child in ast.iter_child_nodes(node) if not is_lone_string(child))


def is_lone_string(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def words_of(node: ast.AST) -> Iterator[str]:
    """The identifiers and the text in the fields of one node."""
    for _, value in ast.iter_fields(node):
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, str):
                yield one
            elif isinstance(one, bytes):
                yield one.decode("latin-1")


def more_than_reexports(modules: Mapping[str, Module], public: Iterable[str]) -> list[str]:
    """Which statements of the public modules are anything else; also which of them are missing."""
    complaints: list[str] = []
    for name in sorted(public):
        if name not in modules:
            complaints.append(f"{name} is listed as a public module and does not exist")
            continue
        module = modules[name]
        complaints += [
            f"{module.at(statement)}: {name} is public, so it only re-exports, but has {first_line(statement)!r}"
            for statement in module.tree.body
            if not is_reexport(statement)
        ]
    return complaints


def first_line(statement: ast.stmt) -> str:
    return ast.unparse(statement).splitlines()[0]


def is_reexport(statement: ast.stmt) -> bool:
    """A docstring, an import, one for type checkers, the list of exported names, or of those imported on demand."""
    match statement:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=[]):
            return all(isinstance(one, ast.Import | ast.ImportFrom) for one in body)
        case ast.Assign(value=ast.Call(func=ast.Name(id="on_demand"))):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in DUNDERS
        case ast.AugAssign(target=ast.Name(id=name)):
            return name in DUNDERS
        case _:
            return is_lone_string(statement)


def foreign_imports(modules: Mapping[str, Module], forbidden: str = "sqlalchemy") -> list[str]:
    """Where a module imports the package `forbidden`, by statement or by name through importlib."""
    return [
        f"{module.at(node)}: imports {name}"
        for module in modules.values()
        for node in ast.walk(module.tree)
        for name in loaded_names(node)
        if name.partition(".")[0] == forbidden
    ]


def loaded_names(node: ast.AST) -> Iterator[str]:
    """The absolute module names that a node loads."""
    match node:
        case ast.Import():
            yield from (alias.name for alias in node.names)
        case ast.ImportFrom(level=0, module=str(name)):
            yield name
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            yield name
        case _:
            return
