"""Listening to events: the public names."""

from .listening import contains, listen, listens_for, remove

__all__ = ["contains", "listen", "listens_for", "remove"]
