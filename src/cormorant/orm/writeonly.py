"""Write-only relationships."""

from .mapping.annotated import WriteOnlyMapped
from .mapping.streamed import WriteOnlyCollection

__all__ = ["WriteOnlyCollection", "WriteOnlyMapped"]
