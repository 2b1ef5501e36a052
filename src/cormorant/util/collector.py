"""The garbage collector steps aside while many objects are made or written: none of them is garbage.

`pause_collector` is the documented switch. Pausing counts for the whole process, so it never spans a yield: it ends
with the call that loads. Freezing and unfreezing moves what is young to the old generation, once; a heap that the
application froze stays frozen.
"""

from __future__ import annotations

import gc
from collections.abc import Generator, Sized
from contextlib import contextmanager

pause_collector = True
"""Whether large results are loaded with the collector paused; set to False to leave the collector alone."""

SETTLE_FROM = 5_000
"""From this many objects on, a result goes straight to the old generation."""
FROZEN_BY_CPYTHON = 1_000
"""Fewer frozen objects are the interpreter's own: 3.12 keeps its immortal ones there."""


@contextmanager
def paused_collector(loaded: Sized) -> Generator[None]:
    """Pause the collector within the block, if it runs and may be paused; `loaded` grows meanwhile."""
    if not (pause_collector and gc.isenabled()):
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if len(loaded) >= SETTLE_FROM and gc.get_freeze_count() < FROZEN_BY_CPYTHON:
            gc.freeze()
            gc.unfreeze()
        gc.enable()
