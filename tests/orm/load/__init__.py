"""Tests of loaders and strategies."""
