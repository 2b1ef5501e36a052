"""The state of an instance."""

from .instance.attribute_state import AttributeState
from .instance.collections import PendingCollection
from .instance.state import InstanceState

__all__ = ["AttributeState", "InstanceState", "PendingCollection"]
