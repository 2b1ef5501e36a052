"""Keyword arguments `<dialect>_<option>` of statements and schema objects: which ones dialects have declared.

In: declarations by dialects, and names given by programs. Out: ArgumentError for an option that a loaded dialect
does not have for the class of the object.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..exc import ArgumentError

accepted_options: dict[tuple[str, str], frozenset[str]] = {}
"""(dialect, name of a class) -> its options, `*` for any, registered by dialects when they are loaded."""


def accept_options(dialect: str, class_name: str, names: Iterable[str]) -> None:
    """Declare the options `<dialect>_<name>` of a schema class."""
    accepted_options[dialect, class_name] = frozenset(names)


def check_option(class_: type, dialect: str, option: str) -> None:
    """Raise ArgumentError for an option that a dialect is known not to have for objects of a class."""
    accepted = [
        accepted_options[dialect, base.__name__]
        for base in class_.__mro__
        if (dialect, base.__name__) in accepted_options
    ]
    known_dialect = any(known == dialect for known, _ in accepted_options)
    if known_dialect and not any(option in names or "*" in names for names in accepted):
        raise ArgumentError(
            f"Argument '{dialect}_{option}' is not accepted by dialect '{dialect}' on behalf of {class_}; "
            f"it takes {', '.join(sorted(f'{dialect}_{one}' for names in accepted for one in names)) or 'none'}"
        )
