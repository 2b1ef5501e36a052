"""The object-relational mapper: mapped classes, relationships, sessions."""

from typing import TYPE_CHECKING

from ..util.later import on_demand
from . import exc as exc
from .flush.unit_of_work import UOWTransaction as UOWTransaction
from .instance.attribute_state import AttributeState as AttributeState
from .instance.errors import NO_STATE as NO_STATE
from .instance.hooks import AttributeEventToken as AttributeEventToken
from .instance.identity import IdentityMap as IdentityMap
from .instance.inspected import InspectionAttr as InspectionAttr
from .instance.inspected import InspectionAttrExtensionType as InspectionAttrExtensionType
from .instance.inspected import InspectionAttrInfo as InspectionAttrInfo
from .instance.inspected import NotExtension as NotExtension
from .instance.manager import ClassManager as ClassManager
from .instance.state import InstanceState as InstanceState
from .instance.symbols import EXT_CONTINUE as EXT_CONTINUE
from .instance.symbols import EXT_SKIP as EXT_SKIP
from .instance.symbols import EXT_STOP as EXT_STOP
from .instance.symbols import NO_KEY as NO_KEY
from .instance.symbols import NO_VALUE as NO_VALUE
from .instance.symbols import LoaderCallableStatus as LoaderCallableStatus
from .instance.symbols import PassiveFlag as PassiveFlag
from .mapping import events as _events  # noqa: F401  # pyright: ignore[reportUnusedImport] - registers the targets
from .mapping.aliased import aliased as aliased
from .mapping.aliased import with_polymorphic as with_polymorphic
from .mapping.annotated import Mapped as Mapped
from .mapping.annotated import Unmapped as Unmapped
from .mapping.attribute import InstrumentedAttribute as InstrumentedAttribute
from .mapping.attribute import QueryableAttribute as QueryableAttribute
from .mapping.attribute import SQLORMExpression as SQLORMExpression
from .mapping.cascade import CascadeOptions as CascadeOptions
from .mapping.comparators import PropComparator as PropComparator
from .mapping.composite import Composite as Composite
from .mapping.composite import CompositeProperty as CompositeProperty
from .mapping.concrete import polymorphic_union as polymorphic_union
from .mapping.conditions import foreign as foreign
from .mapping.conditions import remote as remote
from .mapping.configure import clear_mappers as clear_mappers
from .mapping.configure import configure_mappers as configure_mappers
from .mapping.constructs import backref as backref
from .mapping.constructs import column_property as column_property
from .mapping.constructs import composite as composite
from .mapping.constructs import deferred as deferred
from .mapping.constructs import dynamic_loader as dynamic_loader
from .mapping.constructs import mapper as mapper
from .mapping.constructs import query_expression as query_expression
from .mapping.constructs import synonym as synonym
from .mapping.constructs import synonym_for as synonym_for
from .mapping.dataclassed import MappedAsDataclass as MappedAsDataclass
from .mapping.dataclassed import mapped_as_dataclass as mapped_as_dataclass
from .mapping.dataclassed import unmapped_dataclass as unmapped_dataclass
from .mapping.declarative import DeclarativeBase as DeclarativeBase
from .mapping.declarative import DeclarativeBaseNoMeta as DeclarativeBaseNoMeta
from .mapping.declarative import DeclarativeMeta as DeclarativeMeta
from .mapping.declarative import add_mapped_attribute as add_mapped_attribute
from .mapping.declarative import as_declarative as as_declarative
from .mapping.declarative import declarative_base as declarative_base
from .mapping.declarative import registry as registry
from .mapping.declared import declarative_mixin as declarative_mixin
from .mapping.declared import declared_attr as declared_attr
from .mapping.declared import has_inherited_table as has_inherited_table
from .mapping.direction import MANYTOMANY as MANYTOMANY
from .mapping.direction import MANYTOONE as MANYTOONE
from .mapping.direction import ONETOMANY as ONETOMANY
from .mapping.direction import RelationshipDirection as RelationshipDirection
from .mapping.inspecting import class_mapper as class_mapper
from .mapping.inspecting import object_mapper as object_mapper
from .mapping.inspecting import was_deleted as was_deleted
from .mapping.mapped_column import MappedColumn as MappedColumn
from .mapping.mapped_column import mapped_column as mapped_column
from .mapping.mapper import Mapper as Mapper
from .mapping.marked import reconstructor as reconstructor
from .mapping.marked import validates as validates
from .mapping.properties import ColumnProperty as ColumnProperty
from .mapping.properties import MappedSQLExpression as MappedSQLExpression
from .mapping.properties import MapperProperty as MapperProperty
from .mapping.properties import Synonym as Synonym
from .mapping.properties import SynonymProperty as SynonymProperty
from .mapping.relationship import Relationship as Relationship
from .mapping.relationship import RelationshipProperty as RelationshipProperty
from .mapping.streamed import WriteOnlyCollection as WriteOnlyCollection
from .mapping.type_resolve import TypeResolve as TypeResolve
from .mapping.unmapped import as_typed_table as as_typed_table
from .mapping.unmapped import orm_insert_sentinel as orm_insert_sentinel
from .mapping.unmapped import unmapped_column as unmapped_column
from .query.bundle import Bundle as Bundle
from .query.bundle import DictBundle as DictBundle
from .query.context import QueryContext as QueryContext
from .query.criteria import LoaderCriteriaOption as LoaderCriteriaOption
from .query.criteria import with_loader_criteria as with_loader_criteria
from .query.joins import join as join
from .query.joins import outerjoin as outerjoin
from .query.options import Load as Load
from .query.options import UserDefinedOption as UserDefinedOption
from .query.options import contains_eager as contains_eager
from .query.options import defaultload as defaultload
from .query.options import defer as defer
from .query.options import immediateload as immediateload
from .query.options import joinedload as joinedload
from .query.options import lazyload as lazyload
from .query.options import load_only as load_only
from .query.options import noload as noload
from .query.options import peerload as peerload
from .query.options import raiseload as raiseload
from .query.options import selectin_polymorphic as selectin_polymorphic
from .query.options import selectinload as selectinload
from .query.options import subqueryload as subqueryload
from .query.options import undefer as undefer
from .query.options import undefer_group as undefer_group
from .query.options import with_expression as with_expression
from .query.typed_mapped import DynamicMapped as DynamicMapped
from .query.typed_mapped import WriteOnlyMapped as WriteOnlyMapped
from .query.typed_mapped import relationship as relationship
from .session.factory import create_session as create_session
from .session.factory import sessionmaker as sessionmaker
from .session.lifecycle import make_transient as make_transient
from .session.lifecycle import make_transient_to_detached as make_transient_to_detached
from .session.orm_execute import ORMExecuteState as ORMExecuteState
from .session.session import Session as Session
from .session.session import close_all_sessions as close_all_sessions
from .session.session import object_session as object_session
from .session.transaction import SessionTransaction as SessionTransaction
from .session.transaction import SessionTransactionOrigin as SessionTransactionOrigin

if TYPE_CHECKING:
    from . import attributes as attributes
    from . import collections as collections
    from . import decl_api as decl_api
    from . import dynamic as dynamic
    from . import events as events
    from . import interfaces as interfaces
    from . import loading as loading
    from . import properties as properties
    from . import relationships as relationships
    from . import state as state
    from . import strategy_options as strategy_options
    from . import util as util
    from . import writeonly as writeonly
    from .events import AttributeEvents as AttributeEvents
    from .events import InstanceEvents as InstanceEvents
    from .events import InstrumentationEvents as InstrumentationEvents
    from .events import MapperEvents as MapperEvents
    from .events import QueryEvents as QueryEvents
    from .events import RegistryEvents as RegistryEvents
    from .events import SessionEvents as SessionEvents
    from .instance.keyed import KeyFuncDict as KeyFuncDict
    from .instance.keyed import MappedCollection as MappedCollection
    from .instance.keyed import attribute_keyed_dict as attribute_keyed_dict
    from .instance.keyed import attribute_mapped_collection as attribute_mapped_collection
    from .instance.keyed import column_keyed_dict as column_keyed_dict
    from .instance.keyed import column_mapped_collection as column_mapped_collection
    from .instance.keyed import keyfunc_mapping as keyfunc_mapping
    from .instance.keyed import mapped_collection as mapped_collection
    from .mapping.parents import with_parent as with_parent
    from .query.dynamic import AppenderQuery as AppenderQuery
    from .query.from_statement import FromStatement as FromStatement
    from .query.from_statement import contains_alias as contains_alias
    from .query.legacy import Query as Query
    from .query.merged_results import merge_frozen_result as merge_frozen_result
    from .query.merged_results import merge_result as merge_result
    from .session.scoping import QueryPropertyDescriptor as QueryPropertyDescriptor
    from .session.scoping import scoped_session as scoped_session

__getattr__, __dir__ = on_demand(
    __name__,
    {
        "attributes": ".attributes",
        "collections": ".collections",
        "decl_api": ".decl_api",
        "dynamic": ".dynamic",
        "events": ".events",
        "interfaces": ".interfaces",
        "loading": ".loading",
        "properties": ".properties",
        "relationships": ".relationships",
        "state": ".state",
        "strategy_options": ".strategy_options",
        "util": ".util",
        "writeonly": ".writeonly",
        "AttributeEvents": ".events",
        "InstanceEvents": ".events",
        "InstrumentationEvents": ".events",
        "MapperEvents": ".events",
        "QueryEvents": ".events",
        "RegistryEvents": ".events",
        "SessionEvents": ".events",
        "KeyFuncDict": ".instance.keyed",
        "MappedCollection": ".instance.keyed",
        "attribute_keyed_dict": ".instance.keyed",
        "attribute_mapped_collection": ".instance.keyed",
        "column_keyed_dict": ".instance.keyed",
        "column_mapped_collection": ".instance.keyed",
        "keyfunc_mapping": ".instance.keyed",
        "mapped_collection": ".instance.keyed",
        "with_parent": ".mapping.parents",
        "AppenderQuery": ".query.dynamic",
        "FromStatement": ".query.from_statement",
        "contains_alias": ".query.from_statement",
        "Query": ".query.legacy",
        "merge_frozen_result": ".query.merged_results",
        "merge_result": ".query.merged_results",
        "QueryPropertyDescriptor": ".session.scoping",
        "scoped_session": ".session.scoping",
    },
)
