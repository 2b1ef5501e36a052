"""Association proxies: values on instances, conditions on classes and aliases, dataclass fields, pickles."""

from __future__ import annotations

import copy
import gc
import pickle
import weakref
from typing import Any

import pytest

from cormorant import ForeignKey, select
from cormorant.exc import ArgumentError
from cormorant.ext.associationproxy import (
    AssociationList,
    AssociationProxy,
    AssociationProxyExtensionType,
    ColumnAssociationProxyInstance,
    ObjectAssociationProxyInstance,
    association_proxy,
)
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    aliased,
    attribute_keyed_dict,
    mapped_column,
    relationship,
)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[Tag]] = relationship(back_populates="user")
    marks: Mapped[set[Mark]] = relationship()
    notes: Mapped[dict[str, Note]] = relationship(collection_class=attribute_keyed_dict("key"))
    names: AssociationProxy[list[str]] = association_proxy("tags", "name")
    words: AssociationProxy[set[str]] = association_proxy("marks", "word", creator=lambda word: Mark(word=word))
    texts: AssociationProxy[dict[str, str]] = association_proxy(
        "notes", "text", creator=lambda key, text: Note(key=key, text=text)
    )
    groups: AssociationProxy[list[Any]] = association_proxy("tags", "group")
    group_titles: AssociationProxy[list[str]] = association_proxy("tags", "group_title")


class Group(Base):
    __tablename__ = "group_of_tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("group_of_tags.id"))
    user: Mapped[User] = relationship(back_populates="tags")
    group: Mapped[Group] = relationship()
    group_title: AssociationProxy[str] = association_proxy("group", "title", creator=lambda title: Group(title=title))

    def __init__(self, name: str = "") -> None:
        self.name = name


class Mark(Base):
    __tablename__ = "mark"
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    text: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


def text(element: Any) -> str:
    return str(element).replace("\n", "")


def test_a_list_has_what_a_list_has() -> None:
    names = User(names=["c", "a", "b"]).names
    assert not {name for name in dir([]) if not name.startswith("_")} - set(dir(names))
    names.sort()
    assert names == ["a", "b", "c"]
    names.sort(key=lambda name: -ord(name))
    names.reverse()
    names[1:2] = ["x", "y"]
    assert names == ["a", "x", "y", "c"]
    assert ([1, *names], names * 2, names < ["b"]) == ([1, "a", "x", "y", "c"], list(names) * 2, True)
    with pytest.raises(ValueError, match="value not in list"):
        names.remove("z")


def test_a_set_has_what_a_set_has() -> None:
    user = User(words={"a", "b"})
    words = user.words
    assert not {name for name in dir(set()) if not name.startswith("_")} - set(dir(words))
    assert ({"z"} | words, {"a"} & words, {"a", "z"} - words, words ^ {"a"}) == ({"a", "b", "z"}, {"a"}, {"z"}, {"b"})
    assert (words <= {"a", "b"}, words == User(words={"a", "b"}).words, words.isdisjoint("z")) == (True, True, True)
    words ^= {"b", "c"}
    assert {mark.word for mark in user.marks} == {"a", "c"}


def test_a_dictionary_has_what_a_dictionary_has() -> None:
    texts = User(texts={"a": "1"}).texts
    assert not {name for name in dir({}) if not name.startswith("_")} - {"fromkeys"} - set(dir(texts))
    texts |= {"b": "2"}
    assert (texts | {"c": "3"}, {"c": "3"} | texts) == ({"a": "1", "b": "2", "c": "3"}, {"c": "3", "a": "1", "b": "2"})
    assert (list(reversed(texts)), texts.pop("z", 5), texts.popitem()) == (["b", "a"], 5, ("b", "2"))


def test_a_refused_value_leaves_the_collection() -> None:
    user = User(names=["a"])
    with pytest.raises(TypeError):
        user.names = None
    assert user.names == ["a"]


CONDITIONS: dict[str, tuple[Any, str]] = {
    "equal": (
        lambda: User.names == "x",
        "EXISTS (SELECT 1 FROM tag, user_account WHERE user_account.id = tag.user_id AND tag.name = :name_1)",
    ),
    "contains an object": (
        lambda: User.groups.contains(Group(id=5)),
        "EXISTS (SELECT 1 FROM tag, user_account WHERE user_account.id = tag.user_id AND :param_1 = tag.group_id)",
    ),
    "chain": (
        lambda: User.group_titles.contains("x"),
        (
            "EXISTS (SELECT 1 FROM tag, user_account WHERE user_account.id = tag.user_id AND (EXISTS (SELECT 1 "
            "FROM group_of_tags WHERE group_of_tags.id = tag.group_id AND group_of_tags.title = :title_1)))"
        ),
    ),
    "null": (
        lambda: Tag.group_title == None,  # noqa: E711 - SQL
        (
            "(EXISTS (SELECT 1 FROM group_of_tags, tag WHERE group_of_tags.id = tag.group_id AND "
            "group_of_tags.title IS NULL)) OR tag.group_id IS NULL"
        ),
    ),
    "alias": (
        lambda: aliased(Tag).group_title == "x",
        (
            "EXISTS (SELECT 1 FROM group_of_tags, tag AS tag_1 WHERE group_of_tags.id = tag_1.group_id AND "
            "group_of_tags.title = :title_1)"
        ),
    ),
    "in a statement": (
        lambda: select(Tag.id).filter_by(group_title="x"),
        (
            "SELECT tag.id FROM tag WHERE EXISTS (SELECT 1 FROM group_of_tags WHERE group_of_tags.id = tag.group_id "
            "AND group_of_tags.title = :title_1)"
        ),
    ),
}


@pytest.mark.parametrize(("make", "expected"), CONDITIONS.values(), ids=CONDITIONS.keys())
def test_conditions(make: Any, expected: str) -> None:
    assert text(make()) == expected


def test_kinds() -> None:
    assert isinstance(User.names, ColumnAssociationProxyInstance)
    assert isinstance(User.groups, ObjectAssociationProxyInstance)
    assert (User.names.scalar, Tag.group_title.scalar, str(User.names.local_attr)) == (False, True, "User.tags")
    found = User.__mapper__.all_orm_descriptors["names"]
    assert (found.extension_type, found.for_class(User)) == (
        AssociationProxyExtensionType.ASSOCIATION_PROXY,
        User.names,
    )


def test_a_condition_on_columns_takes_no_keywords() -> None:
    with pytest.raises(ArgumentError, match="Can't apply keyword arguments to column-targeted association proxy"):
        User.names.any(name="x")


def test_collections_are_kept_while_somebody_holds_them_and_keep_nothing_alive() -> None:
    user = User(names=["a"])
    assert user.names is user.names
    gone = weakref.ref(user)
    del user
    gc.collect()
    assert gone() is None


def test_copies_and_pickles() -> None:
    user = User(names=["a"], texts={"k": "v"})
    assert isinstance(copy.copy(user.names), AssociationList)
    again = pickle.loads(pickle.dumps(user.names))
    assert (again, again.col[0].user.texts) == (["a"], {"k": "v"})


def test_a_factory_may_make_any_collection() -> None:
    class Shelf(Base):
        __tablename__ = "shelf"
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list[Book]] = relationship()
        titles = association_proxy(
            "books",
            "title",
            proxy_factory=lambda lazy, creator, attr, proxy: [getattr(book, attr) for book in lazy()],
        )

    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"))

    assert Shelf(books=[Book(title="x")]).titles == ["x"]


class DataBase(MappedAsDataclass, DeclarativeBase):
    pass


class Person(DataBase):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    pets: Mapped[list[Pet]] = relationship(default_factory=list, repr=False)
    names: AssociationProxy[list[str]] = association_proxy("pets", "name", default_factory=list)
    hidden: AssociationProxy[list[str]] = association_proxy("pets", "name", init=False, repr=False)


class Pet(DataBase):
    __tablename__ = "pet"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), init=False)


def test_dataclass_fields() -> None:
    person = Person(names=["x"])
    assert repr(person).endswith("Person(id=None, names=['x'])")
    assert (person.pets[0].name, person.hidden, Person().names) == ("x", ["x"], [])
