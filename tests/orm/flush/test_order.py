"""The order of groups: between mappers, and between the objects of a tree."""

from __future__ import annotations

import pytest

from cormorant import inspect
from cormorant.exc import CircularDependencyError
from cormorant.orm import Session
from cormorant.orm.flush.order import Vertex, order_groups, sort_rows

from .world import Label, Node, Owner, Thing, changes_of, outline


def test_referenced_rows_are_saved_first(work: Session) -> None:
    work.add(Thing(name="new", owner=Owner(name="carol")))
    assert outline(work) == ["save Owner carol", "save Thing new"]


def test_referring_rows_are_deleted_first(work: Session) -> None:
    owner = work.get(Owner, 1)
    for thing in owner.things:
        work.delete(thing)
    work.delete(owner)
    assert outline(work) == ["unlink labels", "delete Thing t1 t2", "delete Owner ann"]


def test_parents_are_saved_before_children_are_deleted(work: Session) -> None:
    work.get(Owner, 1).name = "Ann"
    work.delete(work.get(Thing, 1))
    assert outline(work)[-2:] == ["save Owner Ann", "delete Thing t1"]


def test_rows_move_before_what_they_referred_to_is_deleted(work: Session) -> None:
    owner = work.get(Owner, 1)
    owner.things.clear()
    work.delete(owner)
    assert outline(work) == ["save Thing t1 t2", "delete Owner ann"]


def test_link_rows_come_between_saves_and_deletes(work: Session) -> None:
    thing = work.get(Thing, 1)
    old = thing.labels[0]
    thing.labels = [Label()]
    work.delete(old)
    kinds = [line.split()[0] for line in outline(work)]
    assert list(dict.fromkeys(kinds)) == ["save", "link", "delete"]


def test_classes_without_dependency_follow_their_names_deletes_first(work: Session) -> None:
    work.add_all([Node(name="n"), Label()])
    assert [line.split()[:2] for line in outline(work)] == [["save", "Label"], ["save", "Node"]]


def test_new_objects_keep_the_order_in_which_they_came(work: Session) -> None:
    work.add_all([Owner(name="z"), Owner(name="a")])
    assert outline(work) == ["save Owner z a"]


def test_rows_are_sorted_by_primary_key(work: Session) -> None:
    for pk in (2, 1):
        work.get(Owner, pk).name += "!"
    assert outline(work) == ["save Owner ann! bob!"]


def test_keys_without_order_are_sorted_by_their_text(work: Session) -> None:
    first, second = inspect(Owner()), inspect(Owner())
    first.pk, second.pk = "x", 1
    assert sort_rows([first, second]) == (second, first)


def test_a_tree_is_saved_level_by_level(work: Session) -> None:
    leaf = Node(name="leaf")
    root = Node(name="root", children=[Node(name="left"), Node(name="right", children=[leaf])])
    work.add(root)
    assert outline(work) == ["save Node root", "save Node left right", "save Node leaf"]


def test_a_tree_is_deleted_from_its_leaves(work: Session) -> None:
    for pk in (1, 2, 3):
        work.delete(work.get(Node, pk))
    assert outline(work) == ["delete Node leaf", "delete Node branch", "delete Node root"]


def test_all_saves_of_a_tree_precede_all_deletes(work: Session) -> None:
    work.delete(work.get(Node, 4))
    work.add(Node(name="new", children=[Node(name="below")]))
    assert outline(work) == ["save Node new", "save Node below", "delete Node other"]


def test_rows_that_refer_to_each_other_are_refused(work: Session) -> None:
    one, two = Node(name="one"), Node(name="two")
    one.parent, two.parent = two, one
    work.add_all([one, two])
    with pytest.raises(CircularDependencyError, match=r"Circular dependency detected: .*post_update=True") as caught:
        order_groups(changes_of(work))
    assert len(list(caught.value.cycles)) == 2


def test_the_order_between_mappers_is_kept(work: Session) -> None:
    plans = inspect(Owner).plans
    work.add(Owner(name="first"))
    outline(work)
    kept = plans["flush order"]
    outline(work)
    assert plans["flush order"] is kept


def test_a_vertex_names_itself() -> None:
    node = inspect(Node())
    assert str(Vertex("save", inspect(Node))) == "save Node"
    assert str(Vertex("save", inspect(Node), node)).startswith("save <Node at 0x")
