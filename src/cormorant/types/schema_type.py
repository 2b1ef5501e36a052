"""Types that bring something into the schema with them: a CHECK constraint, or a type of their own in the database.

A type describes what it wants; the schema package, which knows tables and constraints, makes it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from ..exc import InvalidRequestError
from ..util import NO_ARG, warn_deprecated
from .base import TypeEngine, hooks


class SchemaEventTarget:
    """What becomes part of a table: schema items, and the types here."""

    __slots__ = ()


class SchemaType(SchemaEventTarget, TypeEngine[Any]):
    """The base of Boolean and Enum, and of types that need CREATE TYPE."""

    is_generic: ClassVar[bool] = False

    name: str | None = None
    schema: str | None = None
    metadata: Any = None
    create_constraint: bool = False
    create_type: bool = True
    inherit_schema: bool = False
    is_schema_given: bool = False
    hooks: Any = None
    """What programs have asked to be told of its creation; None for nothing."""

    def __init__(
        self,
        name: str | None = None,
        schema: Any = NO_ARG,
        metadata: Any = None,
        inherit_schema: bool = False,
        quote: bool | None = None,
        create_type: bool = True,
        _create_events: bool = True,
        _adapted_from: Any = None,
    ) -> None:
        self.name = name
        self.quote = quote
        self.metadata = metadata
        self.inherit_schema = inherit_schema
        self.create_type = create_type
        self.is_schema_given = schema is not NO_ARG
        if schema is not NO_ARG:
            self.schema = schema
        elif metadata is not None:
            self.schema = metadata.schema
        if metadata is not None:
            metadata.note_type(self)
        if inherit_schema:
            warn_deprecated(
                "the ``inherit_schema`` parameter is deprecated.The schema will be inherited from the ``metadata`` "
                "object. To keep using the table schema as the type schema, pass the ``schema`` parameter directly."
            )

    @property
    def is_named(self) -> bool:
        """Whether it is an object of its own in databases that have such types."""
        return False

    def schema_options(self) -> dict[str, Any]:
        """Return the arguments of the constructor that say where the type is."""
        options: dict[str, Any] = {"metadata": self.metadata, "quote": self.__dict__.get("quote")}
        if self.is_schema_given:
            options["schema"] = self.schema
        return options

    def join_table(self, table: Any) -> None:
        """Become a type of the MetaData that a table belongs to, in its schema, unless one was given."""
        if self.metadata is None:
            self.metadata = table.metadata
        if self.is_schema_given:
            return
        schema = table.schema if self.inherit_schema else self.metadata.schema
        if schema is not None:
            self.schema = schema
            self.__dict__.pop("key", None)

    @property
    def allowed_values(self) -> tuple[Any, ...]:
        """The values that a CHECK constraint allows; empty where there is none to make."""
        return ()

    def wants_constraint(self, dialect: Any = None) -> bool:
        """Tell whether a CHECK constraint is asked for, in a dialect if one is given."""
        return self.create_constraint and bool(self.allowed_values)

    def create(self, bind: Any, checkfirst: bool = False) -> None:
        """Create the type in the database, where it is an object of its own there."""
        self._run("create", bind, checkfirst)

    def drop(self, bind: Any, checkfirst: bool = False) -> None:
        """Drop the type from the database, where it is an object of its own there."""
        self._run("drop", bind, checkfirst)

    def _run(self, verb: str, bind: Any, checkfirst: bool) -> None:
        if hooks.type_ddl is None:
            raise InvalidRequestError(f"cannot {verb} a type: import cormorant.schema, which knows how")
        hooks.type_ddl(self, verb, bind, checkfirst)
