"""Cormorant and the oracle side by side: see registry, run, known."""
