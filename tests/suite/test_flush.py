"""The order of a flush, and generated keys that reach the right objects in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import Column, Engine, ForeignKey, Integer, String, Table, event, func, insert, select
from cormorant.exc import IntegrityError
from cormorant.orm import Session, registry, relationship, selectinload

from .models import Base, Node, Note, Post, Tag, User, post_tag
from .sent import Sent
from .setting import enforce_references


@pytest.fixture(params=["dense", "gaps"])
def batches(request: pytest.FixtureRequest, tables: Engine) -> Iterator[Session]:
    """A session whose server hands out keys one by one, or every third where a session can ask for that."""
    if request.param == "gaps" and not tables.dialect.features.update_returning:
        tables.dispose()

        @event.listens_for(tables, "connect")
        def skip(dbapi_connection: Any, record: Any) -> None:
            with dbapi_connection.cursor() as cursor:
                cursor.execute("SET SESSION auto_increment_increment = 3, SESSION auto_increment_offset = 2")

    with Session(tables) as session:
        yield session


def stored(session: Session, *columns: Any) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in session.execute(select(*columns))}


def test_parents_before_children_whatever_the_order_of_add(session: Session, sent: Sent) -> None:
    user = User(name="ann")
    post = Post(title="p", author=user, tags=[Tag(name="t")], notes=[Note(text="n")])
    session.add_all([*post.notes, post, *post.tags, user])
    session.flush()
    order = [statement.split()[2] for statement in sent.starting("INSERT")]
    assert order.index("user_account") < order.index("post") < order.index("post_tag")
    assert order.index("post") < order.index("note")
    assert order.index("tag") < order.index("post_tag")


def test_children_are_deleted_before_parents(session: Session, sent: Sent) -> None:
    session.add(User(name="ann", posts=[Post(title="p", tags=[Tag(name="t")])]))
    session.commit()
    user = session.scalars(select(User)).one()
    sent.clear()
    session.delete(user)
    session.commit()
    order = [statement.split()[2] for statement in sent.starting("DELETE")]
    assert order == ["post_tag", "post", "user_account"]


def test_inserts_keep_the_order_of_add(session: Session) -> None:
    names = [f"n{number * 7 % 31}" for number in range(31)]
    session.add_all([User(name=name) for name in names])
    session.commit()
    assert session.scalars(select(User.name).order_by(User.id)).all() == names


def test_a_graph_is_inserted_member_by_member(session: Session) -> None:
    tags = [Tag(name=str(number)) for number in range(4)]
    posts = [
        Post(title="a", tags=tags[:2], notes=[Note(text="x")]),
        Post(title="b", tags=tags[1:], notes=[Note(text="y")]),
    ]
    session.add(User(name="u", posts=posts))
    session.commit()
    assert [tag.id for tag in tags] == [1, 2, 3, 4]
    assert [post.notes[0].id for post in posts] == [1, 2]


def test_batch_of_generated_keys(batches: Session, sent: Sent) -> None:
    users = [User(name=f"user {number * 7919 % 1709}") for number in range(1709)]
    batches.add_all(users)
    batches.flush()
    assert len(sent.starting("INSERT")) < 20
    assert len({user.id for user in users}) == len(users)
    assert {(user.id, user.name) for user in users} == stored(batches, User.id, User.name)


def test_batch_of_equal_rows(batches: Session) -> None:
    users = [User(name="same") for _ in range(600)]
    batches.add_all(users)
    batches.flush()
    assert {user.id for user in users} == {row[0] for row in stored(batches, User.id)}


def test_batch_of_parents_and_children(batches: Session) -> None:
    users = [
        User(name=f"u{u}", posts=[Post(title=f"p{u}.{p}", notes=[Note(text=f"n{u}.{p}")]) for p in range(u % 4)])
        for u in range(400)
    ]
    batches.add_all(reversed(users))
    batches.commit()
    rows = batches.execute(select(User.name, Post.title, Note.text).join(User.posts).join(Post.notes)).all()
    assert len(rows) == sum(u % 4 for u in range(400))
    for name, title, text in rows:
        assert title.startswith(f"p{name[1:]}.")
        assert text[1:] == title[1:]


def test_batch_of_unlike_rows(batches: Session) -> None:
    users = []
    for number in range(300):
        user = User(name=f"u{number}")
        if number % 3 == 0:
            user.fullname = f"f{number}"
        if number % 50 == 0:
            user.id = 100_000 + number * 1000
        users.append(user)
    batches.add_all(users)
    batches.flush()
    mine = {(user.id, user.name, user.fullname) for user in users}
    assert mine == stored(batches, User.id, User.name, User.fullname)


def test_batch_of_a_tree(batches: Session) -> None:
    root = Node(name="r")
    level = [root]
    for _ in range(5):
        level = [Node(name=f"{node.name}{number}", parent=node) for node in level for number in range(3)]
    enforce_references(batches.get_bind())
    batches.add(root)
    batches.commit()
    batches.expunge_all()
    nodes = batches.scalars(select(Node)).all()
    assert len(nodes) == sum(3**depth for depth in range(6))
    assert all(node.parent is None or node.name[:-1] == node.parent.name for node in nodes)


def test_batch_of_many_to_many(batches: Session) -> None:
    tags = [Tag(name=f"t{number}") for number in range(40)]
    user = User(name="u", posts=[Post(title=f"p{number}", tags=tags[number % 40 :]) for number in range(60)])
    batches.add(user)
    batches.commit()
    pairs = stored(batches, post_tag.c.post_id, post_tag.c.tag_id)
    assert pairs == {(post.id, tag.id) for number, post in enumerate(user.posts) for tag in tags[number % 40 :]}


def test_batch_of_updates_and_deletes(batches: Session, sent: Sent) -> None:
    users = [User(id=number, name="old") for number in range(1, 601)]
    batches.add_all(users)
    batches.commit()
    users = list(batches.scalars(select(User).options(selectinload(User.posts))))
    for user in users:
        if user.id % 3 == 0:
            batches.delete(user)
        elif user.id % 3 == 1:
            user.name = f"new{user.id}"
    sent.clear()
    batches.flush()
    assert len(sent.starting("UPDATE")) == 1
    assert len(sent.starting("DELETE")) < 10
    batches.commit()
    expected = {(n, f"new{n}" if n % 3 == 1 else "old") for n in range(1, 601) if n % 3}
    assert stored(batches, User.id, User.name) == expected


def test_odd_text_in_batches(batches: Session) -> None:
    names = ["%s", "%(id)s", ":x", "?", "it's", '"', "\\", "", "日本", "(1), (2)", "{0}", "VALUES"]
    users = [User(name=name) for name in names]
    batches.add_all(users)
    batches.commit()
    assert [user.name for user in users] == names


def test_tables_that_refer_to_each_other(engine: Engine, create: Callable[..., Table]) -> None:
    """A cycle of two classes: rows are inserted, then one side is updated (post_update)."""
    hen_table = create("hen", Column("id", Integer, primary_key=True), Column("best_egg_id", Integer))
    egg_table = create("egg", Column("id", Integer, primary_key=True), Column("hen_id", Integer, ForeignKey("hen.id")))

    class Hen:
        id: Any
        eggs: Any
        best_egg: Any

    class Egg:
        id: Any
        hen: Any

    maps = registry()
    maps.map_imperatively(
        Hen,
        hen_table,
        properties={
            "eggs": relationship(Egg, back_populates="hen"),
            "best_egg": relationship(
                Egg,
                primaryjoin=hen_table.c.best_egg_id == egg_table.c.id,
                foreign_keys=hen_table.c.best_egg_id,
                post_update=True,
            ),
        },
    )
    maps.map_imperatively(Egg, egg_table, properties={"hen": relationship(Hen, back_populates="eggs")})
    with Session(engine) as session:
        hen = Hen()
        hen.eggs = [Egg(), Egg()]
        hen.best_egg = hen.eggs[1]
        session.add(hen)
        session.commit()
        assert session.execute(select(hen_table.c.best_egg_id)).scalar_one() == hen.eggs[1].id
        assert hen.best_egg is hen.eggs[1]


def test_a_failed_flush_leaves_objects_as_they_were(session: Session) -> None:
    session.add(Tag(name="taken"))
    session.commit()
    good = [Tag(name=f"t{number}") for number in range(5)]
    bad = Tag(name="taken")
    session.add_all([*good, bad])
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    assert session.scalars(select(Tag.name)).all() == ["taken"]
    bad.name = "free"
    session.add_all([*good, bad])
    session.commit()
    assert session.scalar(select(func.count()).select_from(Tag)) == 7


def test_objects_with_keys_beside_rows_inserted_by_hand(session: Session) -> None:
    session.execute(insert(Base.metadata.tables["user_account"]).values(name="by hand"))
    user = User(name="mapped")
    session.add(user)
    session.commit()
    assert session.scalars(select(User.name).order_by(User.id)).all() == ["by hand", "mapped"]


def test_string_keys(engine: Engine, create: Callable[..., Table]) -> None:
    table = create("word", Column("text", String(20), primary_key=True), Column("n", Integer))

    class Word:
        text: Any
        n: Any

    registry().map_imperatively(Word, table)
    with Session(engine) as session:
        for number, text in enumerate(["b", "a", "ü", "%s"]):
            word = Word()
            word.text, word.n = text, number
            session.add(word)
        session.commit()
        found = session.get(Word, "ü")
        assert found is not None
        assert found.n == 2
