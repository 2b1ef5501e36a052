"""Classes of named values: what `dataclasses` does, as far as the library needs it, at a fraction of the price.

In: a class with annotated fields, defaults and `dataclasses.field()`. Out: the same class with a constructor and a
repr; instances are equal only to themselves. The standard decorator writes and compiles up to six functions for each
class; all of these are made whenever the library is imported.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, field
from typing import Any, TypeVar

from typing_extensions import dataclass_transform

ClassT = TypeVar("ClassT", bound=type)


@dataclass_transform(eq_default=False, frozen_default=True, field_specifiers=(field,))
def record(cls: ClassT) -> ClassT:
    """Make a class of values that do not change: type checkers see to that."""
    return _with_constructor(cls)


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def draft(cls: ClassT) -> ClassT:
    """Make a class of values that are filled in step by step."""
    return _with_constructor(cls)


def _with_constructor(cls: ClassT) -> ClassT:
    fields = [name for name, text in cls.__annotations__.items() if not text.startswith("ClassVar")]
    names: dict[str, Any] = {"MISSING": MISSING}
    parameters: list[str] = []
    stores: list[str] = []
    for name in fields:
        default: Any = cls.__dict__.get(name, MISSING)
        factory: Any = MISSING
        if default.__class__ is Field:
            delattr(cls, name)
            if not default.init:
                continue
            factory = default.default_factory
            default = MISSING
        value = name
        if factory is not MISSING:
            names[f"make_{name}"] = factory
            value, default = f"make_{name}() if {name} is MISSING else {name}", MISSING
            parameters.append(f"{name}=MISSING")
        elif default is not MISSING:
            names[f"default_{name}"] = default
            parameters.append(f"{name}=default_{name}")
        else:
            parameters.append(name)
        stores.append(f"    self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        stores.append("    self.__post_init__()")
    exec("\n".join([f"def __init__(self, {', '.join(parameters)}):", *stores]), names)
    made = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    for name, value in {"__init__": made, "__repr__": _shown, "__match_args__": tuple(fields)}.items():
        setattr(cls, name, value)
    return cls


def _shown(self: Any) -> str:
    given = ", ".join([f"{name}={getattr(self, name)!r}" for name in self.__match_args__ if name != "memo"])
    return f"{type(self).__qualname__}({given})"
