"""Types that are objects of their own in the database: enumerations and domains, and the DDL that makes them.

In: a name and what the type consists of. Out: types; CREATE TYPE, CREATE DOMAIN and their opposites as statements. When
they are run is decided by the schema package, which asks each type for its statements.
"""

from __future__ import annotations

from typing import Any, ClassVar

from ...exc import CompileError
from ...schema.ddl import CreateEnumType, DropEnumType, ExecutableDDLElement
from ...sql.clause import ClauseElement
from ...sql.simple import text
from ...types.base import TypeEngine, to_instance
from ...types.enums import Enum
from ...types.schema_type import SchemaType
from ...util import NO_ARG, warn

__all__ = [
    "DOMAIN",
    "ENUM",
    "CreateDomainType",
    "CreateEnumType",
    "DropDomainType",
    "DropEnumType",
    "NamedType",
]


class NamedType(SchemaType):
    """The base of types with a name in the database."""

    @property
    def is_named(self) -> bool:
        return True

    def create(self, bind: Any, checkfirst: Any = True, **kw: Any) -> None:
        """Create the type; with `checkfirst`, only where it is missing."""
        self._run("create", bind, bool(checkfirst))

    def drop(self, bind: Any, checkfirst: Any = True, **kw: Any) -> None:
        """Drop the type; with `checkfirst`, only where it exists."""
        self._run("drop", bind, bool(checkfirst))


class ENUM(NamedType, Enum):  # pyright: ignore[reportIncompatibleMethodOverride, reportIncompatibleVariableOverride]
    """An enumeration of the database. Without `create_type`, only `create()` makes it."""

    native_enum: bool = True

    @classmethod
    def adapt_emulated_to_native(cls, impl: Any, **kw: Any) -> ENUM:
        """Return the type for a generic enumeration."""
        made: ENUM = impl.adapt(cls, **kw)
        return made

    def __init__(self, *enums: Any, name: Any = NO_ARG, create_type: bool = True, **kw: Any) -> None:
        if kw.pop("native_enum", None) is False:
            warn(
                "the native_enum flag does not apply to the cormorant.dialects.postgresql.ENUM datatype; this type "
                "always refers to ENUM.   Use cormorant.types.Enum for non-native enum."
            )
        if name is not NO_ARG:
            kw["name"] = name
        Enum.__init__(self, *enums, create_type=create_type, **kw)

    def _options(self) -> dict[str, Any]:
        options = super()._options()
        del options["native_enum"]
        return options

    def adapt(self, cls: type[Any], **kw: Any) -> Any:
        if cls is Enum:
            made = Enum(*self._arguments, **{**super()._options(), **kw})
            made.variants = self.variants
            return made
        return super().adapt(cls, **kw)

    @property
    def sort_key_function(self) -> Any:
        return Enum.sort_key_function.fget(self)  # type: ignore[attr-defined]

    def repr_struct(self) -> str:
        parts = [repr(name) for name in self.enums]
        parts += [f"name={self.name!r}"] if self.name is not None else []
        parts += ["create_type=False"] if not self.create_type else []
        parts += [f"schema={self.schema!r}"] if self.schema is not None else []
        return f"{type(self).__name__}({', '.join(parts)})"


class DOMAIN(NamedType):
    """A type with a default and conditions of its own, over `data_type`."""

    is_specific = True

    def __init__(
        self,
        name: str,
        data_type: Any,
        *,
        collation: str | None = None,
        collation_schema: str | None = None,
        default: Any = None,
        constraint_name: str | None = None,
        not_null: bool | None = None,
        check: Any = None,
        create_type: bool = True,
        **kw: Any,
    ) -> None:
        self.data_type: TypeEngine[Any] = to_instance(data_type)
        self.default = default
        self.collation = collation
        self.collation_schema = collation_schema
        self.constraint_name = constraint_name
        self.not_null = bool(not_null)
        self.check: Any = text(check) if isinstance(check, str) else check
        super().__init__(name=name, create_type=create_type, **kw)

    def _own_key(self) -> Any:
        return type(self), self.name, self.schema, self.data_type.key

    def adapt(self, cls: type[Any], **kw: Any) -> Any:
        given = {
            "name": self.name,
            "data_type": self.data_type,
            "collation": self.collation,
            "collation_schema": self.collation_schema,
            "default": self.default,
            "constraint_name": self.constraint_name,
            "not_null": self.not_null,
            "check": self.check,
            "create_type": self.create_type,
            **self.schema_options(),
        }
        made = cls(**{**given, **kw})
        made.variants = self.variants
        return made

    def copy(self, **kw: Any) -> Any:
        return self.adapt(type(self), **kw)

    def create_statement(self) -> ExecutableDDLElement:
        """Return CREATE DOMAIN."""
        return CreateDomainType(self)

    def drop_statement(self) -> ExecutableDDLElement:
        """Return DROP DOMAIN."""
        return DropDomainType(self)

    def repr_struct(self) -> str:
        return f"{type(self).__name__}({self.name!r}, {self.data_type!r})"


class CreateDomainType(ExecutableDDLElement):
    """CREATE DOMAIN."""

    verb = "create"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any) -> None:
        self.element = element


class DropDomainType(ExecutableDDLElement):
    """DROP DOMAIN."""

    verb = "drop"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any) -> None:
        self.element = element


def domain_default(type_: DOMAIN) -> Any:
    """Return the default of a domain as an SQL expression, or as text to be quoted; None where it has none."""
    default = type_.default
    if default is None or isinstance(default, (str, ClauseElement)):
        return default
    raise CompileError(f"default of the domain {type_.name!r} is a string or an SQL expression, got {default!r}")
