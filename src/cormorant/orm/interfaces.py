"""What properties, comparators and options of programs derive from."""

from .instance.inspected import InspectionAttr
from .mapping.comparators import PropComparator
from .mapping.direction import MANYTOMANY, MANYTOONE, ONETOMANY, RelationshipDirection
from .mapping.properties import MapperProperty
from .query.criteria import LoaderCriteriaOption as CriteriaOption
from .query.options import LoaderOption, UserDefinedOption
from .query.options import LoaderOption as CompileStateOption
from .query.options import LoaderOption as ORMOption

__all__ = [
    "MANYTOMANY",
    "MANYTOONE",
    "ONETOMANY",
    "CompileStateOption",
    "CriteriaOption",
    "InspectionAttr",
    "LoaderOption",
    "MapperProperty",
    "ORMOption",
    "PropComparator",
    "RelationshipDirection",
    "UserDefinedOption",
]
