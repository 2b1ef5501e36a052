"""Rows and their mappings."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from cormorant.engine.keys import RowKeys
from cormorant.engine.row import Row, result_tuple, row_class
from cormorant.exc import InvalidRequestError, NoSuchColumnError, SADeprecationWarning

ID, NAME = object(), object()
KEYS = RowKeys(("id", "name"), ((ID,), (NAME, "t_name")))


@pytest.fixture
def row() -> Any:
    return row_class(KEYS)((1, "a"))


def test_a_row_is_a_tuple(row: Any) -> None:
    assert isinstance(row, (Row, tuple))
    assert row == (1, "a")
    assert row == (1, "a")
    assert hash(row) == hash((1, "a"))
    assert row < (2,)
    assert {row: 5}[1, "a"] == 5
    assert repr(row) == "(1, 'a')"
    first, second = row
    assert (first, second, row[0], row[-1], row[0:1], len(row)) == (1, "a", 1, "a", (1,), 2)


def test_columns_are_attributes(row: Any) -> None:
    assert (row.id, row.name, row.t_name) == (1, "a", "a")
    assert row._fields == ("id", "name")
    assert row._asdict() == {"id": 1, "name": "a"}


def test_a_missing_column(row: Any) -> None:
    with pytest.raises(AttributeError, match="Could not locate column in row for column 'foo'"):
        _ = row.foo
    with pytest.raises(NoSuchColumnError, match="Could not locate column in row for column 'foo'"):
        row._mapping["foo"]
    with pytest.raises(NoSuchColumnError, match="column '0'"):
        row._mapping[0]
    with pytest.raises(NoSuchColumnError):
        row._mapping[[]]
    assert not hasattr(row, "foo")


def test_a_row_does_not_change(row: Any) -> None:
    for name in ("id", "new"):
        with pytest.raises(AttributeError, match="can't set attribute"):
            setattr(row, name, 5)
    with pytest.raises(AttributeError, match="can't delete attribute"):
        del row.id


def test_columns_named_as_methods_of_a_tuple() -> None:
    row: Any = row_class(RowKeys(("count", "class", "t", "_mapping", "__class__", "a b")))((1, 2, 3, 4, 5, 6))
    assert (row.count, getattr(row, "class"), row.t, getattr(row, "a b")) == (1, 2, 3, 6)
    assert row.__class__ is type(row)
    assert row._mapping["_mapping"] == 4
    assert row.index(2) == 1


def test_the_mapping(row: Any) -> None:
    mapping = row._mapping
    assert dict(mapping) == {"id": 1, "name": "a"} == mapping
    assert (mapping[ID], mapping[NAME], mapping["t_name"]) == (1, "a", "a")
    assert ("id" in mapping, ID in mapping, 0 in mapping, [] in mapping) == (True, True, False, False)
    assert list(mapping.items()) == [("id", 1), ("name", "a")]
    assert mapping.values() == [1, "a"]
    assert list(mapping.keys()) == ["id", "name"]
    assert repr(mapping) == "{'id': 1, 'name': 'a'}"
    assert len({mapping, mapping}) == 1
    assert pickle.loads(pickle.dumps(mapping)) == mapping


def test_a_pickled_row_knows_its_names(row: Any) -> None:
    again = pickle.loads(pickle.dumps(row))
    assert again == row
    assert again.name == "a"
    assert again._mapping["id"] == 1
    with pytest.raises(NoSuchColumnError, match="Row was unpickled; lookup by ColumnElement is unsupported"):
        again._mapping[ID]


def test_two_labels_of_one_name_are_ambiguous() -> None:
    row: Any = row_class(RowKeys(("a", "a"), ((ID,), (NAME,))))((1, 2))
    for use in (lambda: row.a, lambda: row._mapping["a"]):
        with pytest.raises(InvalidRequestError, match="Ambiguous column name 'a' in result set column descriptions"):
            use()
    assert row._mapping[NAME] == 2


def test_the_last_of_two_names_in_text_counts() -> None:
    row: Any = row_class(RowKeys(("id", "id", "x")))((1, "n", 2))
    assert (row.id, row._mapping["id"], len(row._mapping)) == ("n", "n", 3)


def test_rows_of_ones_own() -> None:
    make = result_tuple(["a", "b"], [(ID,), ()])
    row: Any = make((1, 2))
    assert (row.b, row._mapping[ID]) == (2, 1)


def test_old_spellings_warn(row: Any) -> None:
    for use in (lambda: row.t, lambda: row._t, row.tuple, row._tuple):
        with pytest.warns(SADeprecationWarning, match="deprecated"):
            assert use() is row
