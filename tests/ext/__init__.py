"""Tests of the additions."""
