"""From the words of a type to the type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...types import upper
from ...types.base import NULLTYPE
from ...types.uuids import UUID
from ...util import warn
from . import types
from .table_parts import ColumnText

ISCHEMA_NAMES: dict[str, Any] = {
    "bigint": types.BIGINT,
    "binary": upper.BINARY,
    "bit": types.BIT,
    "blob": upper.BLOB,
    "boolean": upper.BOOLEAN,
    "char": types.CHAR,
    "date": upper.DATE,
    "datetime": types.DATETIME,
    "decimal": types.DECIMAL,
    "double": types.DOUBLE,
    "enum": types.ENUM,
    "fixed": types.DECIMAL,
    "float": types.FLOAT,
    "inet4": types.INET4,
    "inet6": types.INET6,
    "int": types.INTEGER,
    "integer": types.INTEGER,
    "json": types.JSON,
    "longblob": types.LONGBLOB,
    "longtext": types.LONGTEXT,
    "mediumblob": types.MEDIUMBLOB,
    "mediumint": types.MEDIUMINT,
    "mediumtext": types.MEDIUMTEXT,
    "nchar": types.NCHAR,
    "numeric": types.NUMERIC,
    "nvarchar": types.NVARCHAR,
    "set": types.SET,
    "smallint": types.SMALLINT,
    "text": types.TEXT,
    "time": types.TIME,
    "timestamp": types.TIMESTAMP,
    "tinyblob": types.TINYBLOB,
    "tinyint": types.TINYINT,
    "tinytext": types.TINYTEXT,
    "uuid": UUID,
    "varbinary": upper.VARBINARY,
    "varchar": types.VARCHAR,
    "year": types.YEAR,
}
_WITH_FRACTION = ("datetime", "time", "timestamp")
_OF_VALUES = ("enum", "set")


def type_of(column: ColumnText, names: Mapping[str, Any]) -> Any:
    """Return the type of a column; with a warning and NullType for an unknown one."""
    class_ = names.get(column.type_name)
    if class_ is None:
        warn(f"Did not recognize type '{column.type_name}' of column '{column.name}'")
        return NULLTYPE
    options: dict[str, Any] = {}
    for name in ("unsigned", "zerofill", "charset", "collation"):
        value = getattr(column, name)
        if value:
            options[name] = value
    if column.type_name == "set" and "" in column.arguments:
        options["retrieve_as_bitwise"] = True
    if column.type_name in _OF_VALUES:
        return class_(*column.arguments, **options)
    arguments: list[Any] = [int(one) if one.isdigit() else one for one in column.arguments]
    if column.type_name in _WITH_FRACTION:
        return class_(**({"fsp": arguments[0]} if arguments else {}), **options)
    return class_(*arguments, **options)
