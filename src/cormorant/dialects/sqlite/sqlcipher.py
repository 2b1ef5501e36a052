"""SQLite with encrypted files, through SQLCipher: `sqlite+pysqlcipher://:passphrase@/file?kdf_iter=64000`.

In: a URL whose password is the passphrase and whose query may hold pragmas. Out: driver connections on which both were
sent before anything else. The module is `sqlcipher3` or, where that is missing, `pysqlcipher3`.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any, ClassVar

from ...engine.pools.base import Pool
from ...engine.pools.simple import SingletonThreadPool
from ...engine.url import URL
from ...exc import ArgumentError
from .driver import PysqliteDriver

_PRAGMAS = ("kdf_iter", "cipher", "cipher_page_size", "cipher_use_hmac")
_MODULES = ("sqlcipher3", "pysqlcipher3.dbapi2")


class SqlcipherDriver(PysqliteDriver):
    """The modules of SQLCipher."""

    name: ClassVar[str] = "pysqlcipher"
    module_name: ClassVar[str] = "sqlcipher3"

    def __init__(self, module: ModuleType | None = None) -> None:
        super().__init__(module)
        self._statements: list[str] = []

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        """The first of the modules that is installed; raises ModuleNotFoundError naming both."""
        for name in _MODULES:
            try:
                return importlib.import_module(name)
            except ModuleNotFoundError as error:
                if error.name != name.partition(".")[0]:
                    raise
        raise ModuleNotFoundError(
            "No module named 'pysqlcipher3': the driver 'pysqlcipher' needs it or 'sqlcipher3'; "
            "pip install sqlcipher3-binary",
            name="pysqlcipher3",
        )

    def pool_class(self, url: URL) -> type[Pool]:
        """A connection per thread: opening an encrypted file is slow."""
        return SingletonThreadPool

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """File name and keyword arguments of `connect`; passphrase and pragmas are kept for `set_up`."""
        key = (url.password or "").replace('"', '""')
        given = {name: url.query[name] for name in _PRAGMAS if name in url.query}
        for name, value in given.items():
            if not str(value).replace("-", "").isalnum():
                raise ArgumentError(f"pragma {name} takes a number or a name, got {value!r}")
        pragmas = [f"pragma {name}={value}" for name, value in given.items()]
        self._statements = [f'pragma key="{key}"', *pragmas]
        bare = url._replace(username=None, password=None, host=None).difference_update_query(_PRAGMAS)
        return super().connect_arguments(bare)

    def set_up(self, dbapi_connection: Any) -> None:
        """Send the passphrase and the pragmas, then what every connection gets."""
        for statement in self._statements:
            dbapi_connection.execute(statement).close()
        super().set_up(dbapi_connection)
