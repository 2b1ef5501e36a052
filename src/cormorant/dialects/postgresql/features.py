"""What PostgreSQL can do."""

from __future__ import annotations

from ...compile.features import Features

FEATURES = Features(
    insert_returning=True,
    upserts=True,
    update_returning=True,
    delete_returning=True,
    implicit_returning=True,
    insertmanyvalues=True,
    sorts_returned_rows=True,
    default_values=True,
    empty_insert=False,
    default_metavalue=True,
    native_boolean=True,
    native_json=True,
    native_uuid=True,
    native_enum=True,
    native_interval=True,
    bind_casts=True,
    distinct_on=True,
    delete_from="USING",
    sequences=True,
    sequences_optional=True,
    identity_columns=True,
    comments=True,
    constraint_comments=True,
    server_side_enum_ddl=True,
    transactional_ddl=True,
    max_identifier_length=63,
    server_side_cursors=True,
    two_phase=True,
)
