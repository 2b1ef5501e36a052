"""Families of events: the public names."""

from .define import Events, dispatcher

__all__ = ["Events", "dispatcher"]
