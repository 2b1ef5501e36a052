"""Cormorant: a SQL toolkit and object-relational mapper."""

__version__ = "0.1.0"
