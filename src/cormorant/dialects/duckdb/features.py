"""What DuckDB can do (1.0 and later)."""

from __future__ import annotations

from ...compile.features import Features

FEATURES = Features(
    insert_returning=True,
    upserts=True,
    update_returning=True,
    delete_returning=True,
    implicit_returning=True,
    returning_takes_binds=False,
    insertmanyvalues=True,
    default_values=True,
    empty_insert=False,
    default_metavalue=True,
    native_boolean=True,
    native_uuid=True,
    native_enum=True,
    native_interval=True,
    div_is_floor=False,
    distinct_on=True,
    delete_from="USING",
    for_update=False,
    alter=False,
    sequences=True,
    sequences_optional=True,
    comments=True,
    deferrable=False,
    transactional_ddl=True,
    savepoints=False,
    server_side_cursors=True,
)
