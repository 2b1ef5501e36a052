"""Which dialect and driver a URL means: built-in ones by module name, others by entry point.

No database's name is written here: `cormorant.dialects.<name>.entry` either exists or not.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ..exc import NoSuchModuleError
from .driver import Driver
from .url import URL, hooks

_PACKAGE = f"{__name__.partition('.')[0]}.dialects"


class DialectEntry(NamedTuple):
    """What a dialect package offers: a dialect and the drivers it can be used with."""

    make_dialect: Callable[..., Any]
    """Called with the options of create_engine() that the dialect has; returns a compile.Dialect."""
    drivers: Mapping[str, type[Driver]]
    """Driver classes by the name behind the `+`."""
    default_driver: str


_registered: dict[str, DialectEntry] = {}


def register(name: str, entry: DialectEntry) -> None:
    """Make a dialect known under a name, for this process."""
    _registered[name] = entry


def find_entry(url: URL) -> DialectEntry:
    """The dialect that a URL names; NoSuchModuleError with the known names otherwise."""
    name = url.get_backend_name()
    found = _registered.get(name) or _built_in(name) or _by_entry_point(name)
    if found is None:
        raise _unknown(url, f"known dialects are {', '.join(known_names())}")
    _registered[name] = found
    return found


def driver_class(url: URL, entry: DialectEntry) -> type[Driver]:
    """The driver that a URL names, or the dialect's default one."""
    _, plus, name = url.drivername.partition("+")
    found = entry.drivers.get(name if plus else entry.default_driver)
    if found is None:
        known = ", ".join(f"{url.get_backend_name()}+{driver}" for driver in entry.drivers)
        raise _unknown(url, f"known drivers are {known}")
    return found


def known_names() -> list[str]:
    """The names of all dialects that can be loaded."""
    package = importlib.import_module(_PACKAGE)
    built_in = [module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg]
    named = [point.name.partition(".")[0] for point in _entry_points()]
    return sorted({*built_in, *named, *_registered})


def _built_in(name: str) -> DialectEntry | None:
    module_name = f"{_PACKAGE}.{name}.entry"
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name in (module_name, f"{_PACKAGE}.{name}", _PACKAGE):
            return None
        raise
    found: DialectEntry = module.ENTRY
    return found


def _entry_points() -> Iterable[Any]:
    """The dialects of other packages; what reads them is slow to import, and most programs never ask."""
    metadata: Any = importlib.import_module("importlib.metadata")
    found: Iterable[Any] = metadata.entry_points(group=_PACKAGE)
    return found


def _by_entry_point(name: str) -> DialectEntry | None:
    for point in _entry_points():
        if point.name == name:
            found: DialectEntry = point.load()
            return found
    return None


def _unknown(url: URL, known: str) -> NoSuchModuleError:
    name = url.drivername.replace("+", ".")
    return NoSuchModuleError(
        f"Can't load plugin: {_PACKAGE}:{name}; {known}. A dialect of another package must be installed with it."
    )


def _find_dialect(url: URL) -> tuple[type[Any], str]:
    entry = find_entry(url)
    driver_class(url, entry)
    found: Any = entry.make_dialect
    return found, url.drivername.partition("+")[2] or entry.default_driver


hooks.find_dialect = _find_dialect
