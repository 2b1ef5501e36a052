"""Text in MySQL, which has a character set, a collation, and short names for some of both; and bytes by size.

In: constructor arguments. Out: values that `type_tables.py` writes.
"""

from __future__ import annotations

from typing import Any

from ...types import upper
from ...types.binary import LargeBinary
from ...types.text import String
from .represent import constructor_call


class Charset:
    """What all text of MySQL shares."""

    length: int | None
    collation: str | None
    collation_schema: str | None

    def __init__(
        self,
        length: int | None = None,
        *,
        charset: str | None = None,
        collation: str | None = None,
        ascii: bool = False,
        binary: bool = False,
        unicode: bool = False,
        national: bool = False,
    ) -> None:
        self.length = length
        self.collation = collation
        self.collation_schema = None
        self.charset = charset
        self.ascii = ascii
        self.binary = binary
        self.unicode = unicode
        self.national = national

    def repr_struct(self) -> str:
        return constructor_call(self, **CHARSET_DEFAULTS, length=None)


CHARSET_DEFAULTS: dict[str, Any] = {
    "charset": None, "collation": None, "ascii": False, "binary": False, "unicode": False, "national": False,
}  # fmt: skip


class CHAR(Charset, upper.CHAR):
    """MySQL CHAR."""


class VARCHAR(Charset, upper.VARCHAR):
    """MySQL VARCHAR."""


class TEXT(Charset, upper.TEXT):
    """MySQL TEXT: up to 64 KiB; with a length, the smallest type that can hold it."""


class National(Charset):
    """Text in the national character set."""

    def __init__(
        self,
        length: int | None = None,
        *,
        charset: str | None = None,
        collation: str | None = None,
        ascii: bool = False,
        binary: bool = False,
        unicode: bool = False,
        national: bool = True,
    ) -> None:
        super().__init__(
            length, charset=charset, collation=collation, ascii=ascii, binary=binary, unicode=unicode, national=True
        )


class NCHAR(National, upper.NCHAR):
    """MySQL NATIONAL CHAR."""


class NVARCHAR(National, upper.NVARCHAR):
    """MySQL NATIONAL VARCHAR."""


class Sized(Charset):
    """Text whose size is in the name of its type."""

    def __init__(
        self,
        *,
        charset: str | None = None,
        collation: str | None = None,
        ascii: bool = False,
        binary: bool = False,
        unicode: bool = False,
        national: bool = False,
    ) -> None:
        super().__init__(
            None,
            charset=charset,
            collation=collation,
            ascii=ascii,
            binary=binary,
            unicode=unicode,
            national=national,
        )


class TINYTEXT(Sized, String):
    """MySQL TINYTEXT: up to 255 bytes."""

    is_specific = True


class MEDIUMTEXT(Sized, String):
    """MySQL MEDIUMTEXT: up to 16 MiB."""

    is_specific = True


class LONGTEXT(Sized, String):
    """MySQL LONGTEXT: up to 4 GiB."""

    is_specific = True


class TINYBLOB(LargeBinary):
    """MySQL TINYBLOB: up to 255 bytes."""

    is_specific = True


class MEDIUMBLOB(LargeBinary):
    """MySQL MEDIUMBLOB: up to 16 MiB."""

    is_specific = True


class LONGBLOB(LargeBinary):
    """MySQL LONGBLOB: up to 4 GiB."""

    is_specific = True
