"""Internet addresses, which only MariaDB has as types."""

from __future__ import annotations

from ...types.base import TypeEngine


class INET4(TypeEngine[str]):
    """MariaDB INET4."""

    is_specific = True


class INET6(TypeEngine[str]):
    """MariaDB INET6."""

    is_specific = True
