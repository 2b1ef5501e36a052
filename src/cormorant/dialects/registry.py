"""Where other packages say which dialects they bring: `registry.register("mydb.driver", "my.module", "MyDialect")`."""

from ..engine.registry import DialectEntry, known_names, load
from ..engine.registry import announce as register

__all__ = ["DialectEntry", "known_names", "load", "register"]
