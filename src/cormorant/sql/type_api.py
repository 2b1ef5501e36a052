"""The bases of types: the public names."""

from ..types.base import ExternalType, TypeEngine, adapt_type, to_instance
from ..types.decorator import TypeDecorator, UserDefinedType, Variant

__all__ = ["ExternalType", "TypeDecorator", "TypeEngine", "UserDefinedType", "Variant", "adapt_type", "to_instance"]
