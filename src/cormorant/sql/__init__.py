"""Statements as frozen trees: nodes, expressions, selectables, INSERT, UPDATE, DELETE."""

from .expression import *  # noqa: F403
from .visitors import ClauseVisitor as ClauseVisitor
