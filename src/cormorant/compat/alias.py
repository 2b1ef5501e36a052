"""The alias: imports of `sqlalchemy` and of its submodules give Cormorant's modules.

In: import statements of programs. Out: the same module objects under both names; modules that only SQLAlchemy has are
made from the table in `paths`. Classes say that they come from a module below the alias, because programs ask that.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from ..util import owned
from . import patches
from .modules import ALIAS, OWN, alias_name, getter, own_name, path_of, stand_in
from .paths import HOMES, PATHS, has_path

API_LEVEL = "2.1.9"
"""What `__version__` says: the version of the API, not that of Cormorant."""


class AliasError(ImportError):
    """The alias cannot be put in place."""


class _SameModule(Loader):
    """Loads a module of Cormorant under its other name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.spec: Any = None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = importlib.import_module(self.name)
        self.spec = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__ = self.spec


class _TableModule(Loader):
    """Makes a module whose names come from the table."""

    def __init__(self, path: str) -> None:
        self.path = path

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = ModuleType(alias_name(self.path), f"The names of {alias_name(self.path)}, from {OWN}.compat.paths.")
        module.__path__ = []
        return module

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__getattr__"] = getter(self.path)


class AliasFinder(MetaPathFinder):
    """Finds modules below the alias, and sees to Cormorant's own modules when they are loaded."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        below = path_of(fullname, ALIAS)
        if below is not None:
            return self._aliased(fullname, below)
        below = path_of(fullname)
        return None if below is None else self._adopting(fullname, path, below)

    def _aliased(self, fullname: str, below: str) -> ModuleSpec:
        if _exists(stand_in(below)):
            return ModuleSpec(fullname, _SameModule(stand_in(below)), is_package=True)
        if has_path(below):
            return ModuleSpec(fullname, _TableModule(below), is_package=True)
        raise ModuleNotFoundError(
            f"No module named {fullname!r}: Cormorant, which stands in for it, has no {own_name(below)!r}, and the "
            f"table of paths in {OWN}.compat.paths does not name it",
            name=fullname,
        )

    def _adopting(self, fullname: str, path: Sequence[str] | None, below: str) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path)
        loader: Any = None if spec is None else spec.loader
        if loader is None:
            return spec
        execute = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            adopt(module, below)

        loader.exec_module = exec_module
        return spec


def _exists(name: str) -> bool:
    try:
        return name in sys.modules or importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def adopt(module: ModuleType, path: str) -> None:
    """Give a module of Cormorant its other name, and its classes a home below it."""
    name, other = own_name(path), alias_name(path)
    sys.modules.setdefault(other, module)
    members = vars(module)
    for value in list(members.values()):
        if isinstance(value, type) and value.__module__ == name:
            _move(value, other)
    home = HOMES.get(path)
    for listed in () if home is None else PATHS[home].split():
        value = members.get(listed)
        if isinstance(value, type):
            _move(value, alias_name(home or path))
    members["__getattr__"] = getter(path, members.get("__getattr__"))


def _move(cls: type[Any], module: str) -> None:
    """Let a class and the classes inside it say that they come from a module; compiled ones cannot."""
    home = cls.__module__
    try:
        cls.__module__ = module
    except TypeError:
        return
    inside: list[Any] = list(vars(cls).values())
    for value in inside:
        if (
            isinstance(value, type)
            and value.__module__ == home
            and value.__qualname__.startswith(f"{cls.__qualname__}.")
        ):
            _move(value, module)


def is_installed() -> bool:
    """Tell whether the alias is in place."""
    return any(isinstance(finder, AliasFinder) for finder in sys.meta_path)


def install() -> None:
    """Let `import sqlalchemy` give Cormorant from now on; twice is the same as once.

    Raises AliasError where the real SQLAlchemy was imported before: what it gave out would be of other classes.
    """
    if is_installed():
        return
    present = sys.modules.get(ALIAS)
    if present is not None:
        where = getattr(present, "__file__", None) or "this process"
        raise AliasError(
            f"{ALIAS} was imported before the alias was installed (from {where}): call {OWN}.compat.install() before "
            f"the first import of {ALIAS}, or start the program with python -m {OWN}.run"
        )
    sys.meta_path.insert(0, AliasFinder())
    owned.roots.add(ALIAS)
    owned.homes.update({home: path for path, home in HOMES.items()})
    importlib.import_module(OWN)
    for name, module in list(sys.modules.items()):
        path = path_of(name)
        if path is not None and not (path == "compat" or path.startswith("compat.")):
            adopt(module, path)
    vars(sys.modules[OWN])["__version__"] = API_LEVEL
    patches.apply(OWN)
