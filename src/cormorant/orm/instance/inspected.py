"""What everything that describes a mapped class shares: flags that tell its kind without importing the kinds.

Mappers, states, properties, attributes and the descriptors of extensions derive from `InspectionAttr`.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, ClassVar

from ...util import memoized


class InspectionAttrExtensionType(Enum):
    """The kinds of descriptors that extensions add to mapped classes; each extension has its own subclass."""


class NotExtension(InspectionAttrExtensionType):
    """What is no extension's."""

    NOT_EXTENSION = "not_extension"


class InspectionAttr:
    """Flags of whatever `inspect()` returns or `Mapper.all_orm_descriptors` lists."""

    __slots__: tuple[str, ...] = ()

    is_selectable: ClassVar[bool] = False
    is_aliased_class: ClassVar[bool] = False
    is_instance: ClassVar[bool] = False
    is_mapper: ClassVar[bool] = False
    is_bundle: ClassVar[bool] = False
    is_property: ClassVar[bool] = False
    is_attribute: ClassVar[bool] = False
    is_clause_element: ClassVar[bool] = False
    extension_type: Any = NotExtension.NOT_EXTENSION
    """The extension that an attribute belongs to."""


class InspectionAttrInfo(InspectionAttr):
    """With a dictionary for the program's own use."""

    @memoized
    def info(self) -> dict[str, Any]:
        """The dictionary, made at the first access."""
        return {}
