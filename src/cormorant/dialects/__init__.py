"""Databases, each in a package of its own; loaded by name."""
