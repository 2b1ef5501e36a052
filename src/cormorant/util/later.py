"""What is imported at its first use, because most programs never use it.

In: a package and the names of its modules, or of what they hold. Out: stand-ins. What is named here is also imported
under TYPE_CHECKING beside it, so that type checkers and the rules of the ladder see it; a test compares the two.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


class LaterModule:
    """Stands for a module; the first use of one of its names imports it, and the names that were used are kept."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(import_module(self.__name__), name)
        return found


def later(package: str | None, *names: str) -> tuple[Any, ...]:
    """Return stand-ins for modules of a package: `reports, graphs = later(__package__, "reports", "graphs")`."""
    return tuple([LaterModule(f"{package}.{name}") for name in names])


def on_demand(package: str, places: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` for a package whose names live in modules that are imported when asked for.

    `places` says where: `{"Query": ".query.legacy"}`; a name whose place ends in it is that module itself.
    """

    def get(name: str) -> Any:
        if name == "__all__":  # `from package import *` asks for it first
            return [known for known in names() if not known.startswith("_")]
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(places[name], package)
        found = module if places[name] == f".{name}" else getattr(module, name)
        setattr(sys.modules[package], name, found)
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *places})

    return get, names
