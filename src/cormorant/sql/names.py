"""Names: quoted names and names that are only decided when a statement is rendered.

In: what a program calls things. Out: `quoted_name`, a string that carries its quoting, and `AnonymousName`, a stem and
the object it is for, from which rendering makes `id_1`, `param_2`, `anon_1` in the order of first use.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Self


class quoted_name(str):  # noqa: N801 - public name
    """A name whose quoting is decided: `quote` True always, False never, None by the rules of the database."""

    __slots__ = ("lower_cased", "quote")
    quote: bool | None

    def __new__(cls, value: str, quote: bool | None) -> Self:
        if isinstance(value, cls) and (quote is None or value.quote == quote):
            return value
        self = super().__new__(cls, value)
        self.quote = quote
        return self

    @staticmethod
    def construct(value: str | None, quote: bool | None) -> str | None:
        """Return a quoted name, or the string as it is where nothing is decided."""
        return value if value is None or quote is None else quoted_name(value, quote)

    def lower(self) -> str:
        return self if self.quote else str(self).lower()

    def upper(self) -> str:
        return self if self.quote else str(self).upper()

    def __reduce__(self) -> tuple[Any, ...]:
        return quoted_name, (str(self), self.quote)

    def __repr__(self) -> str:
        return repr(str(self))


class AnonymousName(NamedTuple):
    """A name to be numbered when rendered: stem and number; the same owner, stem and repeat get the same name.

    `repeat` distinguishes repetitions of one column in one list (`id__1`): there the stem already ends in `_`. `suffix`
    follows the number: the label of a column of an anonymous alias is `a_1` + `_id`. The stem may be such a name too: a
    further column of the name `id_1` is `id_1_1`. So may a part of the suffix, which is a tuple then: `anon_1` + `_` +
    `anon_2_id`.
    """

    stem: Any
    owner: Any
    repeat: int = 0
    suffix: str | tuple[Any, ...] = ""

    def followed_by(self, *parts: Any) -> AnonymousName:
        """Return the name with more behind it: text, or another name to be numbered."""
        if isinstance(self.suffix, str) and all(isinstance(part, str) for part in parts):
            return self._replace(suffix=self.suffix + "".join(parts))
        before = (self.suffix,) if isinstance(self.suffix, str) else self.suffix
        return self._replace(suffix=(*before, *parts))

    @property
    def suffix_text(self) -> str:
        """The suffix, anonymous parts as they are written before they are numbered."""
        return self.suffix if isinstance(self.suffix, str) else "".join(map(str, self.suffix))

    @property
    def number_key(self) -> tuple[int, str, int]:
        """What identifies the numbered part within one rendering."""
        return id(self.owner), str(self.stem), self.repeat

    def __str__(self) -> str:
        return f"%({id(self.owner)} {self.stem})s{self.suffix_text}"


Name = str | AnonymousName


def stem_of(name: Any) -> str:
    """Return the stem of an anonymous name made from another name."""
    if isinstance(name, AnonymousName):
        parts = (name.suffix,) if isinstance(name.suffix, str) else name.suffix
        text = stem_of(name.stem) + "".join(
            stem_of(part) if isinstance(part, AnonymousName) else part for part in parts
        )
    else:
        text = str(name)
    return _UNFIT.sub("_", text).strip("_") if _UNFIT.search(text) else text


_UNFIT = re.compile(r"[\s%()$]+")
