"""Hypothesis strategies for programs. Each yields steps: lines of source for one of the worlds (see worlds.py)."""
