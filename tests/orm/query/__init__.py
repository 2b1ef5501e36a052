"""Tests of lowering, options and the legacy Query."""
