"""Ranges and strings of bits as Python values."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cormorant.dialects.postgresql import BitString, Range
from cormorant.dialects.postgresql.hstore import read_pairs, written_pairs
from cormorant.dialects.postgresql.type_tables import path_text, read_array

D = dt.date
FACTS: list[tuple[Callable[[], Any], Any]] = [
    (lambda: Range(1, 5) == Range(1, 4, bounds="[]"), True),
    (lambda: Range(D(2020, 1, 1), D(2020, 1, 2)) == Range(D(2020, 1, 1), D(2020, 1, 1), bounds="[]"), True),
    (lambda: Range(Decimal(1), Decimal(2)) == Range(Decimal(1), Decimal(2), bounds="[]"), False),
    (lambda: 5 in Range(1, 5), False),
    (lambda: 4 in Range(1, 5), True),
    (lambda: Range(2, 3) in Range(1, 5), True),
    (lambda: Range(1, 5).contained_by(Range(None, 5)), True),
    (lambda: Range(1, 5).overlaps(Range(5, 7)), False),
    (lambda: Range(1, 5, bounds="[]").overlaps(Range(5, 7)), True),
    (lambda: Range(1, 5) << Range(5, 7), True),
    (lambda: Range(7, 9) >> Range(5, 7), True),
    (lambda: Range(1, 5).adjacent_to(Range(5, 7)), True),
    (lambda: Range(1, 3, bounds="[]").adjacent_to(Range(4, 7)), True),
    (lambda: Range(None, 1).adjacent_to(Range(2, None, bounds="()")), False),
    (lambda: Range(Decimal(1), Decimal(2)).adjacent_to(Range(Decimal(2), None)), True),
    (lambda: Range(2, 5).not_extend_left_of(Range(1, 9)), True),
    (lambda: Range(2, 5).not_extend_right_of(Range(1, 4)), False),
    (lambda: Range(1, 5) + Range(5, 7), Range(1, 7)),
    (lambda: Range(1, 5) - Range(3, 7), Range(1, 3)),
    (lambda: Range(1, 5) - Range(0, 9), Range(empty=True)),
    (lambda: Range(1, 5) * Range(3, None), Range(3, 5)),
    (lambda: Range(1, 5) * Range(7, 9), Range(empty=True)),
    (lambda: str(Range(None, 5, bounds="(]")), "(,5]"),
    (lambda: str(Range(1, 5, empty=True)), "empty"),
    (lambda: not Range(1, 5, empty=True), True),
    (lambda: pickle.loads(pickle.dumps(Range(1, 5))), Range(1, 5)),
    (lambda: hash(Range(1, 5)) == hash(Range(1, 4, bounds="[]")), True),
    (lambda: BitString("1010") & "0110", BitString("0010")),
    (lambda: BitString("1010") | BitString("0110"), BitString("1110")),
    (lambda: ~BitString("1010"), BitString("0101")),
    (lambda: BitString("1010") << 1, BitString("0100")),
    (lambda: BitString("1010") >> 9, BitString("0000")),
    (lambda: BitString.from_int(5, 8), BitString("00000101")),
    (lambda: BitString.from_bytes(b"\x05", 4), BitString("0101")),
    (lambda: bytes(BitString("111111111")), b"\x01\xff"),
    (lambda: BitString("1010").set_bit(1, 1), BitString("1110")),
    (lambda: BitString("1010") == "1010", True),
    (lambda: written_pairs({"a": 'b"\\', "c": None}), '"a"=>"b\\"\\\\", "c"=>NULL'),
    (lambda: read_pairs('"a"=>"b\\"\\\\", "c"=>NULL'), {"a": 'b"\\', "c": None}),
    (lambda: read_pairs(""), {}),
    (lambda: read_array('{a,"b c",NULL,"NULL"}'), ["a", "b c", None, "NULL"]),
    (lambda: read_array("{{a,b},{c,d}}"), [["a", "b"], ["c", "d"]]),
    (lambda: path_text(("a", 1, -1, 'b"c', "null")), '{a, 1, -1, "b\\"c", "null"}'),
]


@pytest.mark.parametrize(("find", "expected"), FACTS)
def test_facts(find: Callable[[], Any], expected: Any) -> None:
    found = find()
    assert found == expected
    assert type(found) is type(expected)


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: Range(1, 2) + Range(5, 7), "Adding non-overlapping and non-adjacent ranges"),
    (lambda: Range(1, 9) - Range(3, 4), "Subtracting a strictly inner range"),
    (lambda: BitString("12"), "must only contain '0' and '1'"),
    (lambda: BitString.from_int(5, 2), "Cannot encode 5 as a BitString of length 2"),
    (lambda: BitString("1") & "10", "Operands must be the same length"),
    (lambda: read_pairs("no pairs"), "no text of an HSTORE"),
    (lambda: written_pairs({"a": 5}), "keys and values of an HSTORE are strings"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_refused(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
