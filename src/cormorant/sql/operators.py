"""The operators, public here; declared in `cormorant.types.operators`."""

from ..types.operators import *  # noqa: F403
from ..types.operators import __all__ as __all__
