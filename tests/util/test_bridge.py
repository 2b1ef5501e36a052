"""The bridge, by its public paths."""

from __future__ import annotations

import asyncio

import pytest

from cormorant import exc, util
from cormorant.util import concurrency


def test_a_plain_function_waits() -> None:
    async def five() -> int:
        return 5

    assert asyncio.run(util.greenlet_spawn(lambda: util.await_only(five()) + 1)) == 6
    assert concurrency.greenlet_spawn is util.greenlet_spawn
    with pytest.raises(exc.MissingGreenlet, match="greenlet_spawn has not been called"):
        util.await_only(five())
