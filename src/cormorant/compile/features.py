"""What a database can do: one frozen table per dialect, asked by the compiler, the engine and the flush.

In: nothing. Out: `Features`. No code asks for the name or the version of a database; it asks one of these fields.
A dialect writes only the fields in which it differs; the defaults describe a careful standard database.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False, repr=False)
class Features:
    """The capabilities of one database. Every field is documented by the string below it."""

    # returning rows from DML
    insert_returning: bool = False
    """INSERT .. RETURNING exists."""
    update_returning: bool = False
    """UPDATE .. RETURNING exists."""
    delete_returning: bool = False
    """DELETE .. RETURNING exists."""
    implicit_returning: bool = False
    """Generated keys of a single-row INSERT are fetched by RETURNING although the program did not ask for it."""
    lastrowid: bool = False
    """The driver's cursor tells the generated integer key of a single-row INSERT."""
    returning_takes_binds: bool = True
    """RETURNING may hold parameters; otherwise their values are written into the text when it is executed."""
    returning_qualifies_columns: bool = True
    """Columns in RETURNING are written with their table."""

    # inserting many rows
    insertmanyvalues: bool = False
    """Many rows with RETURNING are sent as INSERT .. VALUES (..), (..), one statement per batch."""
    insertmanyvalues_page_size: int = 1000
    """How many rows one such batch holds at most."""
    max_parameters: int = 32_700
    """How many parameters one statement may have."""
    multivalues_insert: bool = True
    """INSERT .. VALUES (..), (..) exists."""
    sorts_returned_rows: bool = False
    """INSERT .. SELECT .. FROM (VALUES ..) ORDER BY .. RETURNING gives rows in the order of the values."""

    # inserting a row or changing the one that is there
    upserts: bool = False
    """`Dialect.upsert()` makes an INSERT that changes the row where there is one."""
    upsert_names_key: bool = True
    """It names the unique key that decides whether there is one; otherwise each unique key of the table does."""

    # inserting a row without values
    default_values: bool = False
    """INSERT INTO t DEFAULT VALUES exists."""
    empty_insert: bool = True
    """INSERT INTO t () VALUES () exists."""
    default_metavalue: bool = False
    """A keyword stands for a column's default inside VALUES."""
    default_metavalue_token: str = "DEFAULT"
    """That keyword."""

    # values
    native_boolean: bool = False
    """TRUE and FALSE are values of a type of their own; otherwise conditions are written `x = 1`."""
    boolean_keywords: bool = True
    """The words `true` and `false` exist in SQL."""
    native_decimal: bool = True
    """The driver takes and returns Decimal."""
    native_datetime: bool = True
    """The driver takes and returns date, time and datetime."""
    native_json: bool = False
    """The driver returns decoded JSON."""
    native_uuid: bool = False
    """There is a UUID type and the driver takes and returns UUID."""
    native_enum: bool = False
    """There is an enumeration type."""
    native_interval: bool = False
    """There is an interval type and the driver takes and returns timedelta."""
    bind_casts: bool = False
    """A bind parameter is followed by a cast to its type."""
    div_is_floor: bool = True
    """Dividing integers gives an integer."""
    backslash_escapes: bool = False
    """A backslash in a string literal escapes the next character."""
    distinct_on: bool = False
    """SELECT DISTINCT ON (..) exists."""
    tuple_in_values: bool = False
    """Tuples on the right of IN are written as a VALUES list."""
    order_by_simple_label: bool = True
    """ORDER BY may name a label of the list of columns."""

    # statements
    update_from: str = "from"
    """How UPDATE names further tables: `from`, `list` (UPDATE a, b SET ..) or empty where it cannot."""
    delete_from: str = ""
    """How DELETE names further tables: a keyword such as `USING`, `,`, or empty where it cannot."""
    for_update: bool = True
    """SELECT .. FOR UPDATE exists."""
    lock_of: bool = False
    """FOR UPDATE OF names tables."""
    cte_follows_insert: bool = False
    """WITH stands between INSERT INTO t (..) and SELECT."""
    right_nested_joins: bool = True
    """a JOIN (b JOIN c ON ..) ON .. exists."""
    multivalues_cte: bool = True
    """A VALUES list may stand in a CTE."""

    # schema
    alter: bool = True
    """Constraints can be added and dropped after the table was created."""
    sequences: bool = False
    """CREATE SEQUENCE exists."""
    sequences_optional: bool = False
    """Generated keys do not need a sequence where it is marked optional."""
    identity_columns: bool = False
    """GENERATED .. AS IDENTITY exists."""
    comments: bool = False
    """Tables and columns can have comments."""
    inline_comments: bool = False
    """Comments are part of CREATE TABLE."""
    constraint_comments: bool = False
    """Constraints can have comments."""
    native_schemas: bool = True
    """Tables can be qualified with a schema."""
    server_side_enum_ddl: bool = False
    """An enumeration type is created by a statement of its own."""
    deferrable: bool = True
    """Constraints can be DEFERRABLE."""
    transactional_ddl: bool = False
    """CREATE and DROP can be rolled back."""
    max_identifier_length: int = 9999
    """How long a name may be."""
    max_index_name_length: int | None = None
    """How long the name of an index may be, where that differs."""
    max_constraint_name_length: int | None = None
    """How long the name of a constraint may be, where that differs."""

    # running
    savepoints: bool = True
    """SAVEPOINT exists and means what it says."""
    sane_rowcount: bool = True
    """The row count of UPDATE and DELETE is the number of rows matched."""
    sane_multi_rowcount: bool = True
    """The same for one statement with many parameter sets."""
    server_side_cursors: bool = False
    """The driver can stream a result."""
    two_phase: bool = False
    """Two-phase transactions exist."""
