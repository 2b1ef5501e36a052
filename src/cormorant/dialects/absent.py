"""What importing the package of a database says that there is no dialect for."""

from __future__ import annotations

from ..engine.registry import known_names
from ..exc import NoSuchModuleError


class NoSuchDialect(NoSuchModuleError, ModuleNotFoundError):
    """There is no dialect of this name. Also an ImportError, for programs that try."""

    def __init__(self, module: str) -> None:
        name = module.rpartition(".")[2]
        message = (
            f"Can't load plugin: cormorant.dialects:{name}; known dialects are {', '.join(known_names())}. A dialect "
            "of another package is imported from there."
        )
        NoSuchModuleError.__init__(self, message)
        ModuleNotFoundError.__init__(self, message, name=module)
