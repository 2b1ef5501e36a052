"""Keyword arguments `<dialect>_<option>` of statements and schema objects: which ones dialects have declared.

In: declarations by dialects, and names given by programs. Out: ArgumentError for an option that a dialect does not
have for the class of the object, and views of the options of an object, with the defaults of those not given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NamedTuple

from ..exc import ArgumentError, NoSuchModuleError
from ..util.notices import warn

ANY = "*"
"""The name that stands for all: the dialect takes any option."""
Options = MutableMapping[str, dict[str, Any]]
_accepted: dict[tuple[str, str], dict[str, Any]] = {}
_known: set[str] = set()


class Hooks:
    """What loads a dialect by its name, so that it declares its options: set by the registry of dialects."""

    declare: Callable[[str], bool] | None = None


def accept_options(dialect: str, class_name: str, names: Iterable[str] | Mapping[str, Any]) -> None:
    """Declare the options `<dialect>_<name>` of a class; a mapping gives their defaults."""
    _known.add(dialect)
    given: Any = names
    _accepted[dialect, class_name] = dict(given) if isinstance(names, Mapping) else dict.fromkeys(names)


def is_known(dialect: str) -> bool:
    """Tell whether there is a dialect of a name; it has declared its options then."""
    if dialect not in _known and Hooks.declare is not None and Hooks.declare(dialect):
        _known.add(dialect)
    return dialect in _known


def declared(class_: type, dialect: str) -> dict[str, Any]:
    """Return the options that a dialect has for objects of a class, with their defaults."""
    found: dict[str, Any] = {}
    for base in reversed(class_.__mro__):
        found.update(_accepted.get((dialect, base.__name__), ()))
    return found


def check_option(class_: type, dialect: str, option: str) -> None:
    """Raise ArgumentError for an option that a dialect does not have for a class; warn where there is no dialect."""
    if not is_known(dialect):
        warn(f"Can't validate argument '{dialect}_{option}'; can't locate any dialect named '{dialect}'")
        return
    accepted = declared(class_, dialect)
    if option not in accepted and ANY not in accepted:
        raise ArgumentError(
            f"Argument '{dialect}_{option}' is not accepted by dialect '{dialect}' on behalf of {class_}; "
            f"it takes {', '.join(sorted(f'{dialect}_{one}' for one in accepted)) or 'none'}"
        )


def require(dialect: str) -> None:
    """Raise NoSuchModuleError where there is no dialect of a name."""
    if not is_known(dialect):
        raise NoSuchModuleError(f"Can't load plugin: cormorant.dialects:{dialect}")


class OptionTarget(NamedTuple):
    """What views look into: the class of the object, and the options it was given by dialect."""

    class_: type
    given: Options


class OptionsOfDialect(MutableMapping[str, Any]):
    """The options of an object for one dialect, defaults included."""

    def __init__(self, target: OptionTarget, dialect: str) -> None:
        self._target = target
        self._dialect = dialect

    def _all(self) -> dict[str, Any]:
        found = {**declared(self._target.class_, self._dialect), **self._target.given.get(self._dialect, {})}
        found.pop(ANY, None)
        return found

    def __getitem__(self, name: str) -> Any:
        return self._all()[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._target.given.setdefault(self._dialect, {})[name] = value

    def __delitem__(self, name: str) -> None:
        del self._target.given[self._dialect][name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


class OptionsByDialect(Mapping[str, OptionsOfDialect]):
    """The options of an object by dialect; those of each dialect there is can be asked for."""

    def __init__(self, target: OptionTarget) -> None:
        self._target = target

    def __getitem__(self, dialect: str) -> OptionsOfDialect:
        require(dialect)
        return OptionsOfDialect(self._target, dialect)

    def __contains__(self, dialect: object) -> bool:
        return dialect in self._target.given

    def __iter__(self) -> Iterator[str]:
        return iter(self._target.given)

    def __len__(self) -> int:
        return len(self._target.given)

    def __repr__(self) -> str:
        return repr(dict(self._target.given))


class OptionKeywords(MutableMapping[str, Any]):
    """The options that an object was given, under their full names `<dialect>_<option>`."""

    def __init__(self, target: OptionTarget) -> None:
        self._target = target

    def _find(self, name: str) -> tuple[dict[str, Any], str]:
        dialect, _, option = name.partition("_")
        found = self._target.given.get(dialect, {})
        if option not in found:
            raise KeyError(name)
        return found, option

    def __getitem__(self, name: str) -> Any:
        options, option = self._find(name)
        return options[option]

    def __setitem__(self, name: str, value: Any) -> None:
        dialect, _, option = name.partition("_")
        if not option:
            raise ArgumentError("Keys must be of the form <dialectname>_<argname>")
        self._target.given.setdefault(dialect, {})[option] = value

    def __delitem__(self, name: str) -> None:
        options, option = self._find(name)
        del options[option]

    def __iter__(self) -> Iterator[str]:
        for dialect, options in self._target.given.items():
            for option in options:
                yield f"{dialect}_{option}"

    def __len__(self) -> int:
        return sum(len(options) for options in self._target.given.values())

    def __repr__(self) -> str:
        return repr(dict(self))


class TakesOptions:
    """The base of what takes keyword arguments of dialects."""

    given_options: Any
    """The options that were given, by dialect and name."""

    @property
    def dialect_options(self) -> OptionsByDialect:
        """The options by dialect and name, with defaults for those not given."""
        return OptionsByDialect(OptionTarget(type(self), self._options_given()))

    @property
    def dialect_kwargs(self) -> OptionKeywords:
        """The options that were given, under their full names."""
        return OptionKeywords(OptionTarget(type(self), self._options_given()))

    @property
    def kwargs(self) -> OptionKeywords:
        """The same as `dialect_kwargs`."""
        return self.dialect_kwargs

    def _options_given(self) -> Options:
        found: Options = self.given_options
        return found

    @classmethod
    def argument_for(cls, dialect_name: str, argument_name: str, default: Any) -> None:
        """Let objects of the class take a further option of a dialect; raises NoSuchModuleError without the dialect."""
        require(dialect_name)
        _accepted.setdefault((dialect_name, cls.__name__), {})[argument_name] = default

    def get_dialect_option(
        self, dialect: Any, argument_name: str, *, else_: Any = None, deprecated_fallback: str | None = None
    ) -> Any:
        """Return an option for a dialect; without one that for another, deprecated dialect, then its default."""
        given = self._options_given()
        for name in (dialect.name, deprecated_fallback):
            if name is not None and argument_name in given.get(name, {}):
                return given[name][argument_name]
        return declared(type(self), dialect.name).get(argument_name, else_)
