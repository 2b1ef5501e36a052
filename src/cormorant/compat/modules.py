"""What a name under the alias stands for: from a path and a name to an object of Cormorant.

In: a path below the package ("sql.elements") and a name. Out: the object, found through the table in `paths`, or
AttributeError; in an import statement ImportError. Modules get a `__getattr__` that asks here for what they lack.
"""

from __future__ import annotations

import dis
import importlib
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from .further import FURTHER, MOVED
from .paths import PATHS, has_path, sources_of

OWN = __name__.partition(".")[0]
"""The package that is there."""
ALIAS = "sqlalchemy"
"""The package that it answers for."""
_IMPORT_FROM = dis.opmap["IMPORT_FROM"]
_MISSING = object()


def own_name(path: str) -> str:
    """Return the full name of the module for a path below the package."""
    return f"{OWN}.{path}" if path else OWN


def stand_in(path: str) -> str:
    """Return the full name of the module that answers for a path of the alias."""
    first, dot, rest = path.partition(".")
    return own_name(f"{MOVED.get(first, first)}{dot}{rest}")


def alias_name(path: str) -> str:
    """Return the same below the alias."""
    return f"{ALIAS}.{path}" if path else ALIAS


def path_of(name: str, root: str = OWN) -> str | None:
    """Return the path of a module below the package, "" for the package; None for modules of others."""
    if name == root:
        return ""
    return name[len(root) + 1 :] if name.startswith(f"{root}.") else None


def find(path: str, name: str) -> Any:
    """Return what a name in a module stands for; raises KeyError."""
    further = FURTHER.get(path, {}).get(name)
    if further is not None:
        module, _, attribute = further.partition(":")
        found = importlib.import_module(own_name(module))
        return getattr(found, attribute) if attribute else found
    if path.startswith("dialects.") and name.endswith("Compiler"):
        return importlib.import_module(own_name("compat.elsewhere")).NamedVisits
    if path.startswith("dialects.") or name in PATHS.get(path, "").split():
        return _from_sources(path, name)
    below = f"{path}.{name}" if path else name
    if has_path(below):
        return importlib.import_module(alias_name(below))
    raise KeyError(name)


def _from_sources(path: str, name: str) -> Any:
    for source in sources_of(path):
        module = _module_or_none(own_name(source))
        found = _MISSING if module is None else vars(module).get(name, _MISSING)
        if found is not _MISSING:
            return found
    raise KeyError(name)


def _module_or_none(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


def getter(path: str, own: Callable[[str], Any] | None = None) -> Callable[[str], Any]:
    """Return the `__getattr__` of the module at a path; `own` is the one that the module brought along."""

    def lacking(name: str) -> Any:
        if own is not None:
            try:
                return own(name)
            except AttributeError:
                pass
        if not (name.startswith("__") and name.endswith("__")):
            try:
                return find(path, name)
            except KeyError:
                pass
        raise _error(path, name, sys._getframe(1))

    return lacking


def _error(path: str, name: str, frame: Any) -> Exception:
    """Return the error for a name that does not exist; in `from module import name` one that Python passes on."""
    module = alias_name(path)
    remedy = (
        f"Cormorant, which stands in for it, has no such name; what it has is in its modules and in {OWN}.compat.paths"
    )
    if frame.f_code.co_code[frame.f_lasti] == _IMPORT_FROM:
        return ImportError(f"cannot import name {name!r} from {module!r}: {remedy}", name=name, path=module)
    return AttributeError(f"module {module!r} has no attribute {name!r}: {remedy}")
