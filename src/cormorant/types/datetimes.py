"""Dates and times; the interval is a type of its own file because it is made of another type."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .base import TypeEngine, literal_types
from .custom_op import OperatorClass


class Date(TypeEngine[dt.date]):
    """A day."""

    operator_classes = OperatorClass.DATETIME

    @property
    def python_type(self) -> type[dt.date]:
        return dt.date

    def get_dbapi_type(self, dbapi: Any) -> Any:
        return dbapi.DATETIME


class Time(TypeEngine[dt.time]):
    """A time of day."""

    operator_classes = OperatorClass.DATETIME

    def __init__(self, timezone: bool = False) -> None:
        self.timezone = timezone

    @property
    def python_type(self) -> type[dt.time]:
        return dt.time

    def get_dbapi_type(self, dbapi: Any) -> Any:
        return dbapi.DATETIME


class DateTime(TypeEngine[dt.datetime]):
    """A day and a time."""

    operator_classes = OperatorClass.DATETIME

    def __init__(self, timezone: bool = False) -> None:
        self.timezone = timezone

    @property
    def python_type(self) -> type[dt.datetime]:
        return dt.datetime

    def get_dbapi_type(self, dbapi: Any) -> Any:
        return dbapi.DATETIME


DATETYPE, TIMETYPE, DATETIMETYPE = Date(), Time(), DateTime()
literal_types.update({dt.date: DATETYPE, dt.time: TIMETYPE, dt.datetime: DATETIMETYPE})
