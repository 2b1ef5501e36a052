"""What can be listened to: the public names."""

from .define import EventTarget

__all__ = ["EventTarget"]
