"""Tables, columns, constraints and defaults: the public names."""

from ..schema.base import BLANK_SCHEMA, SchemaConst, SchemaItem
from ..schema.column import Column, insert_sentinel
from ..schema.constraints import (
    CheckConstraint,
    ColumnCollectionConstraint,
    ColumnCollectionMixin,
    Constraint,
    PrimaryKeyConstraint,
    UniqueConstraint,
)
from ..schema.ddl import HasConditionalDDL
from ..schema.defaults import ColumnDefault, DefaultClause, DefaultGenerator, FetchedValue
from ..schema.foreign_keys import ForeignKey, ForeignKeyConstraint, ForeignKeyTarget
from ..schema.index import Index
from ..schema.metadata import MetaData
from ..schema.sequences import Computed, Identity, Sequence
from ..schema.table import Table
from ..types.schema_type import SchemaEventTarget

__all__ = [
    "BLANK_SCHEMA",
    "CheckConstraint",
    "Column",
    "ColumnCollectionConstraint",
    "ColumnCollectionMixin",
    "ColumnDefault",
    "Computed",
    "Constraint",
    "DefaultClause",
    "DefaultGenerator",
    "FetchedValue",
    "ForeignKey",
    "ForeignKeyConstraint",
    "ForeignKeyTarget",
    "HasConditionalDDL",
    "Identity",
    "Index",
    "MetaData",
    "PrimaryKeyConstraint",
    "SchemaConst",
    "SchemaEventTarget",
    "SchemaItem",
    "Sequence",
    "Table",
    "UniqueConstraint",
    "insert_sentinel",
]
