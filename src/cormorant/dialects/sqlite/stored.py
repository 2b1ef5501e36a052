"""DATE, TIME and DATETIME of SQLite, which are text: in ISO format, or in one that the program says.

In: a storage format (`%(year)04d-%(month)02d..`) and a regular expression that reads it back. Out: types; `types.py`
asks them how to write and read values. Named groups of the expression are fields, otherwise the order decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ...types import upper

_ZEROS = dict.fromkeys(("year", "month", "day", "hour", "minute", "second", "microsecond"), 0)


class Stored:
    """What the three share: a format, and the expression that reads it; None for ISO format."""

    kind: ClassVar[str]
    default_format: ClassVar[str]
    storage_format: str | None
    regexp: re.Pattern[str] | None

    def _store(self, storage_format: str | None, regexp: str | re.Pattern[str] | None) -> None:
        self.storage_format = storage_format
        self.regexp = re.compile(regexp) if isinstance(regexp, str) else regexp

    @property
    def holds_only_digits(self) -> bool:
        """Whether the text could be taken for a number: then the type's name has to say that it is none."""
        return ((self.storage_format or self.default_format) % _ZEROS).isdigit()

    def fields(self, value: Any) -> Mapping[str, int] | None:
        """Return what of a value is written; None for a value of another type."""
        raise TypeError(f"{type(self).__name__} does not say what of its values is written")

    def writer(self) -> Callable[[Any], str]:
        """Return the function from a value to its text."""
        pattern, kind = self.storage_format or self.default_format, self.kind
        accepted = "datetime and date objects" if kind == "DateTime" else f"{kind.lower()} objects"

        def write(value: Any) -> str:
            fields = self.fields(value)
            if fields is None:
                raise TypeError(f"SQLite {kind} type only accepts Python {accepted} as input.")
            return pattern % fields

        return write

    def reader(self, make: Callable[..., Any]) -> Callable[[Any], Any] | None:
        """Return the function from a text to its value; None for ISO format."""
        regexp, kind = self.regexp, self.kind.lower()
        if regexp is None:
            return None
        has_names = bool(regexp.groupindex)

        def read(value: Any) -> Any:
            if not isinstance(value, str):
                raise ValueError(f"Couldn't parse {kind} string '{value}' - value is not a string.")
            match = regexp.match(value)
            if match is None:
                raise ValueError(f"Couldn't parse {kind} string: {value!r}")
            if has_names:
                return make(**{name: int(text) for name, text in match.groupdict(0).items()})
            return make(*[int(text) for text in match.groups(0)])

        return read

    def repr_struct(self) -> str:
        return f"{type(self).__name__}()"


class Clocked(Stored):
    """What those share that have a time of day: its fraction is written last, or left out."""

    def __init__(
        self,
        timezone: bool = False,
        *,
        storage_format: str | None = None,
        regexp: str | re.Pattern[str] | None = None,
        truncate_microseconds: bool = False,
    ) -> None:
        self.timezone = timezone
        if truncate_microseconds:
            assert storage_format is None, "You can specify only one of truncate_microseconds or storage_format."
            storage_format = self.default_format.rpartition(".")[0]
        self._store(storage_format, regexp)


class DATETIME(Clocked, upper.DATETIME):
    """A day and a time as text: `2021-03-04 05:06:07.000891`; without the fraction if `truncate_microseconds`."""

    kind = "DateTime"
    default_format = "%(year)04d-%(month)02d-%(day)02d %(hour)02d:%(minute)02d:%(second)02d.%(microsecond)06d"

    def fields(self, value: Any) -> Mapping[str, int] | None:
        if not isinstance(value, dt.date):
            return None
        time = value.time() if isinstance(value, dt.datetime) else dt.time()
        return {
            "year": value.year, "month": value.month, "day": value.day,
            "hour": time.hour, "minute": time.minute, "second": time.second, "microsecond": time.microsecond,
        }  # fmt: skip


class DATE(Stored, upper.DATE):
    """A day as text: `2021-03-04`."""

    kind = "Date"
    default_format = "%(year)04d-%(month)02d-%(day)02d"

    def __init__(self, storage_format: str | None = None, regexp: str | re.Pattern[str] | None = None) -> None:
        self._store(storage_format, regexp)

    def fields(self, value: Any) -> Mapping[str, int] | None:
        if not isinstance(value, dt.date):
            return None
        return {"year": value.year, "month": value.month, "day": value.day}


class TIME(Clocked, upper.TIME):
    """A time of day as text: `05:06:07.000891`; without the fraction if `truncate_microseconds`."""

    kind = "Time"
    default_format = "%(hour)02d:%(minute)02d:%(second)02d.%(microsecond)06d"

    def fields(self, value: Any) -> Mapping[str, int] | None:
        if not isinstance(value, dt.time):
            return None
        return {
            "hour": value.hour, "minute": value.minute, "second": value.second, "microsecond": value.microsecond,
        }  # fmt: skip
