"""Engine plugins: what other packages do to the making of an engine, asked for by name.

In: `create_engine(plugins=["name"])` or `?plugin=name` in the URL, and where plugins are found: `announce()` or the
entry points `cormorant.plugins` and `sqlalchemy.plugins`. Out: the URL and options as the plugins leave them, and the
plugins, which are asked again on the way.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from ..exc import NoSuchModuleError
from .url import URL

_GROUPS = (f"{__name__.partition('.')[0]}.plugins", "sqlalchemy.plugins")
_announced: dict[str, tuple[str, str]] = {}


class CreateEnginePlugin:
    """The base of plugins. One is made for each engine, with the URL and the keyword arguments of create_engine().

    It takes its own keyword arguments out of `kwargs`, and its own part of the URL out in `update_url()`.
    """

    def __init__(self, url: URL, kwargs: dict[str, Any]) -> None:
        self.url = url

    def update_url(self, url: URL) -> URL:
        """Return the URL without what only the plugin understands."""
        raise NotImplementedError(
            f"{type(self).__name__} does not override update_url(): return the URL as it is to be"
        )

    def handle_dialect_kwargs(self, dialect_cls: type[Any], dialect_args: dict[str, Any]) -> None:
        """Change the arguments that the dialect is made with."""

    def handle_pool_kwargs(self, pool_cls: type[Any], pool_args: dict[str, Any]) -> None:
        """Change the arguments that the pool is made with."""

    def engine_created(self, engine: Any) -> None:
        """Do what is to be done with the finished engine."""


class Plugins:
    """The plugins of one engine, in their order."""

    def __init__(self, made: Sequence[Any] = ()) -> None:
        self._made = made

    def dialect_arguments(self, dialect_cls: Any, given: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of the dialect as the plugins leave them."""
        for plugin in self._made:
            plugin.handle_dialect_kwargs(dialect_cls, given)
        return given

    def pool_arguments(self, pool_cls: Any, given: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of the pool as the plugins leave them."""
        for plugin in self._made:
            plugin.handle_pool_kwargs(pool_cls, given)
        return given

    def finish(self, engine: Any) -> None:
        """Tell the plugins of the engine."""
        for plugin in self._made:
            plugin.engine_created(engine)


NO_PLUGINS = Plugins()


def take_plugins(url: URL, options: dict[str, Any]) -> tuple[URL, Plugins]:
    """Return the URL as plugins leave it, and the plugins; takes what is theirs out of the options."""
    in_url = url.normalized_query.get("plugin", ())
    names = [*in_url, *(options.get("plugins") or ())]
    if not names:
        options.pop("plugins", None)
        return url, NO_PLUGINS
    made = [find_plugin(name)(url, options) for name in dict.fromkeys(names)]
    options.pop("plugins", None)
    url = url.difference_update_query(["plugin"])
    for plugin in made:
        url = plugin.update_url(url)
    return url, Plugins(made)


def announce(name: str, module: str, attribute: str) -> None:
    """Say where a plugin is found, for this process."""
    _announced[name] = module, attribute


def find_plugin(name: str) -> Any:
    """Return the class of a plugin; NoSuchModuleError with the known names where there is none."""
    if name in _announced:
        module, attribute = _announced[name]
        return getattr(importlib.import_module(module), attribute)
    metadata: Any = importlib.import_module("importlib.metadata")
    points = [point for group in _GROUPS for point in metadata.entry_points(group=group)]
    for point in points:
        if point.name == name:
            return point.load()
    known = ", ".join(sorted({*_announced, *[point.name for point in points]})) or "none"
    raise NoSuchModuleError(f"Can't load plugin: {_GROUPS[0]}:{name}; known plugins: {known}")
