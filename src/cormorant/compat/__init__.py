"""The import alias: programs and packages written for SQLAlchemy run on Cormorant without a change.

    import cormorant.compat
    cormorant.compat.install()   # before the first import of sqlalchemy

Also `python -m cormorant.run app.py`, and for tests `pytest -p cormorant.compat.pytest`.
"""

from .alias import API_LEVEL, AliasError, install, is_installed

__all__ = ["API_LEVEL", "AliasError", "install", "is_installed"]
