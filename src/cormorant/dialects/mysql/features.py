"""What MySQL can do, and what MariaDB can do more."""

from __future__ import annotations

import re
from dataclasses import replace

from ...compile.features import Features

MYSQL_FEATURES = Features(
    lastrowid=True,
    upserts=True,
    upsert_names_key=False,
    native_boolean=False,
    div_is_floor=False,
    backslash_escapes=True,
    update_from="list",
    delete_from="USING",
    cte_follows_insert=True,
    comments=True,
    inline_comments=True,
    deferrable=False,
    max_identifier_length=255,
    max_index_name_length=64,
    max_constraint_name_length=64,
    default_metavalue=True,
    server_side_cursors=True,
    two_phase=True,
)
MARIADB_FEATURES = replace(
    MYSQL_FEATURES,
    insert_returning=True,
    delete_returning=True,
    insertmanyvalues=True,
    sequences=True,
    sequences_optional=True,
)


def features_for(server_version: str) -> Features:
    """Return the features of the server that says this of its version: `10.11.6-MariaDB`, `8.0.33`."""
    if "mariadb" not in server_version.lower():
        return MYSQL_FEATURES
    numbers = [int(n) for n in re.findall(r"\d+", server_version.lower().replace("5.5.5-", ""))[:2]]
    return MARIADB_FEATURES if numbers >= [10, 5] else replace(MARIADB_FEATURES, insert_returning=False)
