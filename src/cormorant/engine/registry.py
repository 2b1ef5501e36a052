"""Which dialect and driver a URL means: built-in ones by module name, others by entry point.

No database's name is written here: `cormorant.dialects.<name>.entry` either exists or not.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, cast

from ..exc import ArgumentError, NoSuchModuleError
from ..sql.dialect_options import Hooks, accept_options
from ..util.owned import own_path
from .driver import Driver
from .url import URL, hooks, make_url

_PACKAGE = f"{__name__.partition('.')[0]}.dialects"


class DialectEntry(NamedTuple):
    """What a dialect package offers: a dialect and the drivers it can be used with."""

    make_dialect: Callable[..., Any]
    """Called with the options of create_engine() that the dialect has; returns a compile.Dialect."""
    drivers: Mapping[str, type[Driver] | str]
    """Driver classes by the name behind the `+`; `package.module:Class` for one that few programs import."""
    default_driver: str
    dialects: Mapping[str, Callable[..., Any]] = {}
    """Dialects by name of the driver, where a driver needs one of its own."""

    def dialect_for(self, driver_name: str) -> Callable[..., Any]:
        """What makes the dialect for a driver."""
        return self.dialects.get(driver_name, self.make_dialect)


_GROUPS = (_PACKAGE, "sqlalchemy.dialects")
"""Entry points of dialects; those of the second group fit where they bring a dialect of this library."""

_registered: dict[str, DialectEntry] = {}
_announced: dict[str, tuple[str, str]] = {}
"""Module and attribute by name: imported when a URL has the name."""


def register(name: str, entry: DialectEntry) -> None:
    """Make a dialect known under a name, for this process."""
    _registered[name] = entry


def announce(name: str, module: str, attribute: str) -> None:
    """Say where a dialect is found, for this process; `name` is `dialect` or `dialect.driver`.

    The attribute is a `DialectEntry`, or a dialect class whose `driver_class` is its driver.
    """
    name = name.replace("+", ".")
    _registered.pop(name, None)
    _announced[name] = module, attribute


def find_entry(url: URL) -> DialectEntry:
    """The dialect that a URL names; NoSuchModuleError with the known names otherwise."""
    for name in dict.fromkeys((url.drivername.replace("+", "."), url.get_backend_name())):
        found = _registered.get(name) or _by_announcement(name) or _built_in(name) or _by_entry_point(name)
        if found is not None:
            _registered[name] = found
            return found
    raise _unknown(url, f"known dialects are {', '.join(known_names())}")


def driver_class(url: URL, entry: DialectEntry) -> type[Driver]:
    """The driver that a URL names, or the dialect's default one."""
    _, plus, name = url.drivername.partition("+")
    found = entry.drivers.get(name if plus else entry.default_driver)
    if found is None and not entry.drivers:
        raise ArgumentError(
            f"{entry.make_dialect!r}, the dialect of {url.drivername!r}, has no driver_class, so it renders statements "
            "and runs none: a dialect written for another library does not fit"
        )
    if found is None:
        known = ", ".join(f"{url.get_backend_name()}+{driver}" for driver in entry.drivers)
        raise _unknown(url, f"known drivers are {known}")
    if not isinstance(found, str):
        return found
    module, _, attribute = found.partition(":")
    loaded: type[Driver] = getattr(importlib.import_module(module), attribute)
    return loaded


def async_url(url: URL) -> URL:
    """The URL with the asyncio form of its driver, where it names one that has both forms."""
    variant = driver_class(url, find_entry(url)).async_variant
    return url if variant is None else url.set(drivername=f"{url.get_backend_name()}+{variant}")


def known_names() -> list[str]:
    """The names of all dialects that can be loaded."""
    package = importlib.import_module(_PACKAGE)
    built_in = [module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg]
    named = [point.name.partition(".")[0] for point in _entry_points()]
    return sorted({name.partition(".")[0] for name in (*built_in, *named, *_registered, *_announced)})


def _by_announcement(name: str) -> DialectEntry | None:
    if name not in _announced:
        return None
    module, attribute = _announced[name]
    return _entry_of(name, getattr(importlib.import_module(module), attribute))


def _entry_of(name: str, found: Any) -> DialectEntry:
    """What another package offers as an entry: itself, or made of a dialect class that knows its driver."""
    if isinstance(found, DialectEntry):
        return found
    driver = getattr(found, "driver_class", None)
    if not isinstance(driver, type) or not issubclass(driver, Driver):
        base = _derived_from(found)
        if base is not None:
            return base._replace(make_dialect=found, dialects={})
        return DialectEntry(found, {}, name.partition(".")[2])
    default = name.partition(".")[2] or driver.name
    return DialectEntry(found, {driver.name: driver, default: driver}, default)


def _derived_from(found: Any) -> DialectEntry | None:
    """The entry of the built-in dialect that a class derives from: it has the drivers."""
    for class_ in getattr(found, "__mro__", ()):
        path = (own_path(class_) or "").split(".")
        entry = _built_in(path[1]) if path[0] == "dialects" and len(path) > 2 else None
        if entry is not None:
            return entry
    return None


def _declare(name: str, entry: DialectEntry) -> None:
    """Take over the options that the class of another package's dialect lists as its `construct_arguments`."""
    for class_, options in getattr(entry.make_dialect, "construct_arguments", None) or ():
        accept_options(name, class_.__name__, options)


def _built_in(name: str) -> DialectEntry | None:
    if "." in name:
        return None
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
    found: Iterable[Any] = [point for group in _GROUPS for point in metadata.entry_points(group=group)]
    return found


def _by_entry_point(name: str) -> DialectEntry | None:
    for point in _entry_points():
        if point.name == name:
            return _entry_of(name, point.load())
    return None


def _declares_options(name: str) -> bool:
    """Load a dialect, so that it declares the options of its keyword arguments; tell whether there is one."""
    module_name = f"{_PACKAGE}.{name}"
    try:
        importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name != module_name:
            raise
        found = _registered.get(name) or _by_announcement(name) or _by_entry_point(name)
        if found is not None:
            _declare(name, found)
        return found is not None
    return True


Hooks.declare = _declares_options


def load(name: str) -> Any:
    """Return the class of a dialect by its name, with or without a driver; NoSuchModuleError for an unknown one."""
    return find_entry(make_url(f"{name.replace('.', '+')}://")).make_dialect


def _unknown(url: URL, known: str) -> NoSuchModuleError:
    name = url.drivername.replace("+", ".")
    return NoSuchModuleError(
        f"Can't load plugin: {_PACKAGE}:{name}; {known}. A dialect of another package must be installed with it."
    )


def _find_dialect(url: URL) -> tuple[type[Any], str]:
    entry = find_entry(url)
    if not entry.drivers:
        return cast("type[Any]", entry.make_dialect), entry.default_driver
    found: Any = entry.dialect_for(driver_class(url, entry).name)
    return found, url.drivername.partition("+")[2] or entry.default_driver


hooks.find_dialect = _find_dialect
