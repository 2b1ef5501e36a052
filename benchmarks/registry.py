"""The table of workloads.

A workload is two generator functions over the same data, one for a mapping library (the same text for both) and one for
the driver used by hand::

    def load(lib, count):
        session = lib.session(count)      # prepared, not timed
        yield
        items = ...                       # timed
        yield
        return checksum(items)            # not timed; equal on all sides

The work between the two yields is what counts. The docstring of the library's function defines the workload.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

Work: TypeAlias = Generator[None, None, Any]
Body: TypeAlias = Callable[[Any, int], Work]


@dataclass(frozen=True)
class Measured:
    """What a workload returns that measures something else than its time."""

    checksum: int
    value: float


@dataclass(frozen=True)
class Workload:
    """``aim`` is SQLAlchemy's time divided by ours, ``expected`` SQLAlchemy's divided by the driver's."""

    key: str
    count: int
    aim: float
    expected: float
    body: Body
    raw: Body | None = None
    unit: str = "us"
    """``us``: process CPU time per item; ``bytes``: the returned number of bytes per item, not a time."""
    embedded_only: bool = False
    """Nothing of it goes to a database server, so it is left out there."""
    peers: dict[str, Body] = field(default_factory=dict)
    """The same work in other mapping libraries, by their names."""

    def work_of(self, side: str) -> Body | None:
        """What ``side`` runs, if it takes part."""
        if side in ("ours", "sqlalchemy"):
            return self.body
        return self.raw if side == "raw" else self.peers.get(side)

    @property
    def title(self) -> str:
        return (self.body.__doc__ or "").strip().splitlines()[0].rstrip(".")


WORKLOADS: dict[str, Workload] = {}


def workload(key: str, *, count: int, aim: float, expected: float, **more: Any) -> Callable[[Body], Body]:
    """Register a library's function as workload ``key`` with ``count`` items at size 1."""

    def register(body: Body) -> Body:
        if key in WORKLOADS:
            raise ValueError(f"two workloads are called {key}")
        WORKLOADS[key] = Workload(key, count, aim, expected, body, **more)
        return body

    return register


def raw(key: str) -> Callable[[Body], Body]:
    """Register the driver's function of workload ``key``."""

    def register(body: Body) -> Body:
        WORKLOADS[key] = replace(WORKLOADS[key], raw=body)
        return body

    return register


def peer(side: str, key: str) -> Callable[[Body], Body]:
    """Register another library's function of workload ``key``; only the side that runs it is ever imported."""

    def register(body: Body) -> Body:
        WORKLOADS[key].peers[side] = body
        return body

    return register
