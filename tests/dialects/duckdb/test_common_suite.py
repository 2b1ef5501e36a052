"""The common suite on DuckDB, module by module; what the database cannot do is named here, test by test."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import tests.suite

ROOT = Path(__file__).parents[3]
ABOUT_OTHERS = {"test_compliance", "test_one_database", "test_lost_replies", "test_conflicts", "test_disconnect"}
"""Modules about one kind of database, about servers, or about the level SERIALIZABLE."""

NO_SAVEPOINTS = {
    "test_bad_input": ["test_wrong_values"],
    "test_connection": [
        "test_released_savepoint",
        "test_savepoint_rolled_back_alone",
        "test_released_savepoint_is_lost_with_the_outer_transaction",
        "test_savepoints_in_savepoints",
        "test_an_error_in_a_savepoint_leaves_the_transaction_usable",
    ],
    "test_defaults": ["test_composite_key", "test_nullable", "test_unique"],
    "test_errors": ["test_foreign_key"],
    "test_schema": ["test_indexes_are_created", "test_check_constraint", "test_composite_foreign_key"],
    "test_semantics": ["test_a6_errors_that_name_the_object"],
    "test_upsert": ["test_a_savepoint_takes_it_back"],
    "test_session": [
        "test_savepoints",
        "test_skipping_duplicates_with_savepoints",
        "test_rollback_of_the_outer_transaction_takes_released_savepoints_along",
    ],
    "test_two_programs": [
        "test_the_conflict_is_survived_in_a_savepoint",
        "test_the_same_error_without_the_first_object",
    ],
    "test_violations": ["test_unique", "test_foreign_key", "test_primary_key", "test_not_null", "test_check"],
    "test_write": ["test_an_error_in_a_batch_writes_nothing"],
}
REFERRED_ROWS_STAY_FOR_THE_TRANSACTION = {
    "test_flush": ["test_children_are_deleted_before_parents", "test_batch_of_a_tree"],
    "test_merge": ["test_merge_all_equals_merging_one_by_one"],
    "test_relationships": [
        "test_delete_cascades_to_children_first",
        "test_delete_without_cascade_clears_the_foreign_key",
        "test_deleting_one_side_of_many_to_many_deletes_the_rows_between",
        "test_tree",
    ],
    "test_shapes_of_mappings": ["test_composite_keys_through_relationships", "test_association_objects"],
    "test_semantics": ["test_a4_preview_and_plan"],
    "test_upsert": [
        "test_one_object",
        "test_an_object_of_the_session_is_refreshed",
        "test_unwritten_changes_of_an_object_of_the_session_stay",
        "test_autoflush_writes_changes_before",
        "test_none_overwrites_and_what_is_absent_stays",
        "test_on_update_counts_only_where_something_changes",
        "test_collections",
        "test_a_conflict_of_another_key_is_one",
        "test_detached_objects",
        "test_a_rollback_takes_it_back",
        "test_the_preview_writes_nothing",
    ],
    "test_violations": ["test_delete_of_what_is_referred_to", "test_core_and_pickle"],
}
NO_CYCLES_OF_FOREIGN_KEYS = {
    "test_reflection": ["test_tables_in_a_cycle"],
    "test_schema": [
        "test_create_all_orders_tables_by_their_references",
        "test_tables_of_a_cycle_are_created_and_dropped",
        "test_use_alter_breaks_a_cycle",
        "test_sorted_tables_with_a_cycle_of_unnamed_constraints",
    ],
}
NO_PARAMETERS_IN_RETURNING_OF_MANY_ROWS = {"test_shapes_of_mappings": ["test_statements_on_mapped_classes"]}
NO_STORED_GENERATED_COLUMNS = {
    "test_reflection": [
        "test_what_is_created_from_the_reflection_is_the_same",
        "test_tables_have_what_was_declared",
        "test_rows_through_reflected_tables",
        "test_chosen_columns_and_columns_of_the_program",
        "test_some_tables_of_a_database",
        "test_views",
        "test_existence",
        "test_many_tables_at_once",
        "test_order_of_tables",
        "test_answers_are_kept",
        "test_listeners_change_columns",
    ],
}
ONE_ISOLATION_LEVEL = {"test_connection": ["test_unknown_isolation_level_names_the_known_ones"]}
CANNOT = (
    NO_SAVEPOINTS,
    REFERRED_ROWS_STAY_FOR_THE_TRANSACTION,
    NO_CYCLES_OF_FOREIGN_KEYS,
    NO_PARAMETERS_IN_RETURNING_OF_MANY_ROWS,
    NO_STORED_GENERATED_COLUMNS,
    ONE_ISOLATION_LEVEL,
)
MODULES = sorted(
    module.name
    for module in pkgutil.iter_modules(tests.suite.__path__)
    if module.name.startswith("test_") and module.name not in ABOUT_OTHERS
)


@pytest.mark.parametrize("module", MODULES)
def test_module(module: str) -> None:
    path = f"tests/suite/{module}.py"
    left_out = [f"--deselect={path}::{test}" for table in CANNOT for test in table.get(module, ())]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.dialects.duckdb.plugin"]
    done = subprocess.run([*command, "-n", "0", path, *left_out], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 5), done.stdout[-3000:]


def test_what_is_left_out_exists() -> None:
    for table in CANNOT:
        for module, names in table.items():
            source = (ROOT / "tests/suite" / f"{module}.py").read_text()
            assert [name for name in names if f"def {name}(" not in source] == [], module
