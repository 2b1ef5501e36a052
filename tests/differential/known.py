"""The one list of known differences. Each entry points to a row of the semantics' table of intended differences.

An entry holds what must be seen on each side, so that a difference that disappears (or changes) is reported too.
``oracle`` and ``ours`` are patterns found in the trace of their side and absent from the other's; an empty one says
nothing about its side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .run import Comparison


@dataclass(frozen=True)
class Known:
    """Program ``program`` differs as row ``row`` says: ``what``."""

    program: str
    row: str
    what: str
    oracle: str
    ours: str

    def explains(self, comparison: Comparison) -> bool:
        left, right = "\n".join(comparison.oracle.lines), "\n".join(comparison.ours.lines)
        return only_in(self.oracle, left, right) and only_in(self.ours, right, left)


def only_in(pattern: str, here: str, there: str) -> bool:
    if not pattern:
        return True
    return bool(re.search(pattern, here, re.M)) and not re.search(pattern, there, re.M)


STALE = ("^merge: raises nothing$", "^merge: raises lib.StaleDataError")

KNOWN: tuple[Known, ...] = (
    Known(
        "part3.d1_stale_copy_onto_expired_target",
        "D1",
        "the version is compared although the target is expired",
        *STALE,
    ),
    Known("part3.d2_stale_copy_of_deleted_row", "D2", "a stale copy of a deleted row is not inserted again", *STALE),
    Known(
        "part3.d3_merge_all_is_one_batch",
        "D3",
        "one SELECT for all",
        r"WHERE users.id = \? \| \(1,\)",
        r"users\.id IN \(",
    ),
    Known(
        "part3.d4_dirty_source_without_load",
        "D4",
        "a dirty source is refused",
        "^merge: raises nothing$",
        "^merge: raises lib.InvalidRequestError",
    ),
    Known(
        "part3.d6_released_savepoint_and_outer_rollback",
        "D6",
        "the outer rollback takes the savepoint's rows along",
        "^left: 'inside'$",
        "^left: None$",
    ),
    Known(
        "part3.d7_flush_fails_on_entry_of_savepoint",
        "D7",
        "the error says that no savepoint existed yet",
        "^next: raises lib.PendingRollbackError$",
        "^next: raises lib.PendingRollbackError with 'no savepoint existed'$",
    ),
    Known("part3.d8_merge_into_deleted", "D8", "a warning names the object", "", "^warning lib.SAWarning"),
    Known("merge.s11_target_deleted_autoflush_off", "D8", "a warning names the object", "", "^warning lib.SAWarning"),
    Known("merge.s11_target_deleted_autoflush_on", "D8", "a warning names the object", "", "^warning lib.SAWarning"),
    Known(
        "merge.s08_no_autoflush_inside",
        "D3",
        "one SELECT for the members of a given collection",
        r"WHERE posts.id = \? \| \(1,\)",
        r"WHERE posts.id IN \(\?, \?\) \| \(1, 8\)",
    ),
    Known(
        "cascades.s84_inserts_before_deletes",
        "one SELECT per relationship (the house, `changes.py`)",
        "the collections that a delete concerns are loaded in one statement",
        r"WHERE \? = notes.post_id ORDER BY notes.id \| \(2,\)",
        r"WHERE notes.post_id IN \(\?, \?\)",
    ),
    Known(
        "loading.orm_enabled_dml",
        "NULLs do not split a batch (the targets of speed, W6o)",
        "a NULL that no default replaces is sent, so that the records go together",
        r"INSERT INTO notes \(id\) VALUES \(\?\) \| \(8,\)",
        r"INSERT INTO notes \(id, text\) VALUES \(\?, \?\) \| \(8, None\)",
    ),
    Known(
        "engine.closed_connection",
        "built-in behaviour is no listener (the guide, `differences.md`)",
        "the event `begin` is not for a connection that is closed",
        "^BEGIN$",
        "",
    ),
    Known(
        "bad_input.names_of_attributes_and_keywords",
        "errors name the cause (the house style, 17)",
        "a bind that is no engine or connection is an error that says so",
        "^bind of string: raises AttributeError$",
        "^bind of string: raises lib.ArgumentError$",
    ),
    Known("part3.b17_secrets_in_the_query_of_a_url", "B17", "secrets are masked", "hidden1", r"password=\*\*\*"),
    Known(
        "part3.b19_json_path_elements",
        "B19",
        "a path element never reaches another element; a key that SQLite has no path to is refused",
        "^found: 'inner'$",
        "holds both a quote and '.'",
    ),
)

BY_PROGRAM = {known.program: known for known in KNOWN}


def verdict(comparison: Comparison) -> str:
    """``equal``, ``known`` (differs as listed), ``stale`` (listed, but not so) or ``different``."""
    known = BY_PROGRAM.get(comparison.name)
    if known is None:
        return "equal" if comparison.equal else "different"
    return "known" if known.explains(comparison) else "stale"
