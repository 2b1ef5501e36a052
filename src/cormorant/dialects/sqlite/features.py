"""What SQLite can do (3.35 and later)."""

from __future__ import annotations

from ...compile.features import Features

FEATURES = Features(
    insert_returning=True,
    upserts=True,
    update_returning=True,
    delete_returning=True,
    lastrowid=True,
    returning_qualifies_columns=False,
    insertmanyvalues=True,
    max_parameters=32_766,
    default_values=True,
    empty_insert=False,
    native_boolean=False,
    boolean_keywords=False,
    native_decimal=False,
    native_datetime=False,
    tuple_in_values=True,
    for_update=False,
    alter=False,
    transactional_ddl=True,
)
