"""Cormorant, SQLAlchemy and the raw driver on the same work, timed side by side. ``python -m benchmarks`` runs it."""
