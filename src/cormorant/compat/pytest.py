"""`pytest -p cormorant.compat.pytest`: the tests' imports of sqlalchemy give Cormorant.

A plugin that is named with `-p` is loaded before conftest files and tests; importing it installs the alias. pytest
may have imported SQLAlchemy even before, for a class that `filterwarnings` names; as nobody else has, it is let go.
"""

from __future__ import annotations

import sys
from types import ModuleType

from .alias import install, is_installed
from .modules import ALIAS, path_of


def is_held() -> bool:
    """Tell whether a module that is no part of SQLAlchemy holds anything of it."""
    for name, module in list(sys.modules.items()):
        if path_of(name, ALIAS) is None and any(is_of_alias(value) for value in list(vars(module).values())):
            return True
    return False


def is_of_alias(value: object) -> bool:
    """Tell whether a value is a module of SQLAlchemy, or a class or function made there."""
    home = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
    return isinstance(home, str) and path_of(home, ALIAS) is not None


def let_go() -> None:
    """Forget that SQLAlchemy was imported, if nobody uses it yet."""
    if not is_installed() and ALIAS in sys.modules and not is_held():
        for name in [name for name in sys.modules if path_of(name, ALIAS) is not None]:
            del sys.modules[name]


let_go()
install()
