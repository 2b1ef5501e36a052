"""Where other packages say which engine plugins they bring: `plugins.register("name", "my.module", "MyPlugin")`."""

from ..engine.plugins import announce as register
from ..engine.plugins import find_plugin as load

__all__ = ["load", "register"]
