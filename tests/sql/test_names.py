"""Names that carry their quoting, and names to be numbered."""

from __future__ import annotations

import pickle

from cormorant.sql import AnonymousName, quoted_name
from cormorant.sql.names import stem_of


def test_quoted_name_is_the_string_and_remembers_its_quoting() -> None:
    name = quoted_name("Order", True)
    assert name == "Order"
    assert hash(name) == hash("Order")
    assert name.quote is True
    assert name.lower() == "Order"
    assert quoted_name("Order", None).lower() == "order"


def test_quoted_name_of_a_quoted_name() -> None:
    name = quoted_name("x", True)
    assert quoted_name(name, None) is name
    assert quoted_name(name, True) is name
    assert quoted_name(name, False).quote is False


def test_quoted_name_survives_pickling() -> None:
    made = pickle.loads(pickle.dumps(quoted_name("x", False)))
    assert (made, made.quote) == ("x", False)


def test_construct_leaves_undecided_names_alone() -> None:
    assert type(quoted_name.construct("x", None)) is str
    assert quoted_name.construct(None, True) is None


def test_anonymous_names_are_the_same_for_one_owner_stem_and_repeat() -> None:
    owner = object()
    assert AnonymousName("id", owner).number_key == AnonymousName("id", owner).number_key
    assert AnonymousName("id", owner).number_key != AnonymousName("id", object()).number_key
    assert AnonymousName("id_", owner, 1).number_key != AnonymousName("id_", owner, 2).number_key


def test_stems_have_no_spaces() -> None:
    assert stem_of("weird key") == "weird_key"
    assert stem_of("plain") == "plain"
