"""Additions that live beside the core."""
