"""Write-only relationships."""

from .mapping.streamed import WriteOnlyCollection
from .query.typed_mapped import WriteOnlyMapped

__all__ = ["WriteOnlyCollection", "WriteOnlyMapped"]
