"""Merge: finding the target, copying state, without loading, versions, and the batches. Numbers are the checklist's."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from cormorant import orm
from cormorant.engine import Engine
from cormorant.exc import IntegrityError, InvalidRequestError, SAWarning
from cormorant.orm import Session, inspect_state_of  # placeholder
