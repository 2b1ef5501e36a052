"""from_statement(): entities and columns from the rows of text, found by name, and of other statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import ForeignKey, Integer, String, bindparam, column, create_engine, event, func, inspect, select, text
from cormorant import insert as insert_
from cormorant.exc import InvalidRequestError, NoSuchColumnError, ResourceClosedError
from cormorant.explain import explain
from cormorant.orm import (
    Bundle,
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    contains_eager,
    defer,
    immediateload,
    joinedload,
    load_only,
    mapped_column,
    relationship,
    selectinload,
    subqueryload,
    undefer,
)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column("uid", primary_key=True)
    name: Mapped[str | None]
    kind: Mapped[str | None]
    flag: Mapped[bool | None]
    late: Mapped[str | None] = mapped_column(deferred=True)
    posts: Mapped[list[Post]] = relationship(order_by="Post.id", back_populates="user")


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.uid"))
    user: Mapped[User | None] = relationship(back_populates="posts")


class Animal(Base):
    __tablename__ = "animals"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "animal"}


class Dog(Animal):
    bark: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "dog"}


ROWS = "SELECT name, kind, uid FROM users ORDER BY uid"
JOINED = "SELECT id, title, uid, name FROM posts JOIN users ON uid = user_id ORDER BY id"
ANN: dict[str, Any] = {"id": 1, "name": "ann"}
BOB: dict[str, Any] = {"id": 2, "name": "bob"}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        ann = User(id=1, name="ann", kind="k1", flag=True, late="l1", posts=[Post(title="p1"), Post(title="p2")])
        session.add_all([ann, User(id=2, name="bob", kind="k2", flag=False, late="l2", posts=[Post(title="p3")])])
        session.add(Dog(id=1, bark="woof"))
        session.commit()
        yield session
    engine.dispose()


def loaded(obj: Any) -> dict[str, Any]:
    """Return what an object has in memory."""
    return {key: value for key, value in obj.__dict__.items() if key in inspect(obj).mapper.attrs}


def load(session: Session, source: Any, *options: Any, cls: Any = User) -> list[dict[str, Any]]:
    return [loaded(obj) for obj in session.scalars(select(cls).options(*options).from_statement(source))]


def test_columns_are_found_by_name(session: Session) -> None:
    assert load(session, text(ROWS)) == [ANN | {"kind": "k1"}, BOB | {"kind": "k2"}]


def test_star_with_more_columns(session: Session) -> None:
    found = load(session, text("SELECT 5 AS extra, * FROM users ORDER BY uid"))
    assert found == [ANN | {"kind": "k1", "flag": True}, BOB | {"kind": "k2", "flag": False}]


def test_what_is_missing_is_loaded_later(session: Session) -> None:
    (user,) = session.scalars(select(User).from_statement(text("SELECT uid FROM users WHERE uid = 2")))
    assert loaded(user) == {"id": 2}
    assert (user.name, user.late) == ("bob", "l2")


def test_names_with_the_table(session: Session) -> None:
    found = load(session, text("SELECT name AS users_name, uid AS users_uid FROM users ORDER BY uid"))
    assert found == [ANN, BOB]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT name, kind FROM users",
        "SELECT name, kind FROM users WHERE 1 = 0",
        "SELECT uid AS id, name FROM users",
        'SELECT uid AS "users.uid" FROM users',
        "SELECT uid AS UID FROM users",
    ],
)
def test_without_key(session: Session, sql: str) -> None:
    with pytest.raises(NoSuchColumnError, match=r"Could not locate column in row for column 'users\.uid'"):
        session.scalars(select(User).from_statement(text(sql))).all()


@pytest.mark.parametrize("columns", ["uid, name, kind AS name", "uid, name, name AS users_name"])
def test_ambiguous_names(session: Session, columns: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"Ambiguous column name 'users\.name' in result set"):
        session.scalars(select(User).from_statement(text(f"SELECT {columns} FROM users"))).all()


def test_text_without_rows(session: Session) -> None:
    with pytest.raises(ResourceClosedError, match="This result object does not return rows"):
        session.scalars(select(User).from_statement(text("UPDATE users SET name = 'x' WHERE uid = 77")))


def test_each_description_has_its_plan(session: Session) -> None:
    statement = select(User).from_statement(text("SELECT * FROM one"))
    for columns, expected in [("uid, name", [ANN]), ("name, 'k' AS kind, uid", [ANN | {"kind": "k"}])] * 2:
        session.execute(text(f"CREATE TEMP TABLE one AS SELECT {columns} FROM users WHERE uid = 1"))
        assert [loaded(user) for user in session.scalars(statement)] == expected
        session.execute(text("DROP TABLE one"))
        session.expunge_all()


def test_query(session: Session) -> None:
    query = session.query(User).from_statement(text("SELECT name, uid FROM users WHERE uid = :x")).params(x=2)
    assert loaded(query.one()) == BOB
    assert session.query(User.id, User.name).from_statement(text(ROWS)).all() == [(1, "ann"), (2, "bob")]


def test_binds(session: Session) -> None:
    one = text("SELECT name, uid FROM users WHERE uid = :x")
    assert [user.id for user in session.scalars(select(User).from_statement(one), {"x": 2})] == [2]
    assert load(session, one.bindparams(x=1)) == [ANN]
    several = text("SELECT name, uid FROM users WHERE uid IN :x").bindparams(bindparam("x", [1, 2], expanding=True))
    assert len(load(session, several)) == 2


def test_columns_alone(session: Session) -> None:
    found = session.execute(select(User.flag, User.id).from_statement(text("SELECT uid, flag FROM users ORDER BY uid")))
    assert list(found.keys()) == ["flag", "id"]
    assert found.all() == [(True, 1), (False, 2)]
    assert session.scalars(select(User.name).from_statement(text(ROWS))).all() == ["ann", "bob"]


def test_expressions_need_a_name(session: Session) -> None:
    source = text("SELECT count(*) AS n FROM users")
    assert session.execute(select(func.count(User.id).label("n")).from_statement(source)).one().n == 2
    with pytest.raises(NoSuchColumnError, match=r"'count\(users\.uid\)'"):
        session.execute(select(func.count(User.id)).from_statement(source))
    with pytest.raises(NoSuchColumnError, match=r"'users\.late'"):
        session.execute(select(User.id, User.late).from_statement(text(ROWS)))


def test_entity_and_column(session: Session) -> None:
    source = text("SELECT title, users.* FROM users JOIN posts ON uid = user_id ORDER BY id")
    rows = session.execute(select(User, Post.title).from_statement(source)).all()
    assert [(row.User.id, row.title) for row in rows] == [(1, "p1"), (1, "p2"), (2, "p3")]


def test_two_entities_and_bundle(session: Session) -> None:
    rows = session.execute(select(User, Post, Bundle("b", Post.id, User.name)).from_statement(text(JOINED))).all()
    assert [(user.id, post.title, tuple(b)) for user, post, b in rows] == [
        (1, "p1", (1, "ann")),
        (1, "p2", (2, "ann")),
        (2, "p3", (3, "bob")),
    ]


@pytest.mark.parametrize(
    "source",
    [
        lambda: text("SELECT name AS x, uid AS y FROM users ORDER BY uid").columns(User.name, User.id),
        lambda: text("SELECT name AS x, uid AS y, kind FROM users ORDER BY uid").columns(User.name, User.id),
        lambda: text("SELECT name, uid FROM users ORDER BY uid").columns(User.name, User.id, User.kind),
        lambda: text("SELECT name AS x, uid FROM users ORDER BY uid").columns(column("name"), column("uid")),
        lambda: text("SELECT flag, name, uid FROM users ORDER BY uid").columns(uid=Integer, name=String),
    ],
)
def test_declared_columns(session: Session, source: Callable[[], Any]) -> None:
    assert load(session, source()) == [ANN, BOB]


def test_declared_columns_without_key(session: Session) -> None:
    with pytest.raises(NoSuchColumnError, match=r"'users\.uid'"):
        load(session, text("SELECT name, uid FROM users").columns(User.name, User.kind))


def test_a_declared_type_counts(session: Session) -> None:
    source = text("SELECT uid, flag FROM users ORDER BY uid").columns(uid=Integer, flag=Integer)
    assert repr(load(session, source)) == "[{'id': 1, 'flag': 1}, {'id': 2, 'flag': 0}]"


@pytest.mark.parametrize("option", [selectinload, immediateload, subqueryload])
def test_eager_loading_after_the_rows(session: Session, option: Any) -> None:
    found = load(session, text(ROWS), option(User.posts))
    assert [[post.title for post in user["posts"]] for user in found] == [["p1", "p2"], ["p3"]]


def test_joined_loading_is_left_for_later(session: Session) -> None:
    found = session.scalars(select(Post).options(joinedload(Post.user)).from_statement(text("SELECT * FROM posts")))
    post = found.first()
    assert "user" not in post.__dict__
    assert post.user.name == "ann"


def test_contains_eager(session: Session) -> None:
    users = session.scalars(select(User).options(contains_eager(User.posts)).from_statement(text(JOINED))).unique()
    assert [(user.id, [post.title for post in loaded(user)["posts"]]) for user in users] == [
        (1, ["p1", "p2"]),
        (2, ["p3"]),
    ]
    found = load(session, text("SELECT id, title FROM posts"), contains_eager(Post.user), cls=Post)
    assert all("user" not in values for values in found)


def test_options_for_columns(session: Session) -> None:
    source = text("SELECT late, kind, name, uid FROM users WHERE uid = 1")
    cases: list[tuple[list[Any], dict[str, Any]]] = [
        ([], ANN | {"kind": "k1"}),
        ([undefer(User.late)], ANN | {"kind": "k1", "late": "l1"}),
        ([defer(User.name)], {"id": 1, "kind": "k1"}),
        ([load_only(User.name)], ANN),
    ]
    for options, expected in cases:
        session.expunge_all()
        assert load(session, source, *options) == [expected]


def test_inheritance(session: Session) -> None:
    (dog,) = session.scalars(select(Animal).from_statement(text("SELECT * FROM animals")))
    assert type(dog) is Dog
    for cls in (Animal, Dog):
        with pytest.raises(NoSuchColumnError, match=r"'animals\.type'"):
            session.scalars(select(cls).from_statement(text("SELECT bark, id FROM animals")))


def test_returning_text(session: Session) -> None:
    inserted = text("INSERT INTO users (uid, name) VALUES (9, 'zoe') RETURNING name, uid")
    assert load(session, inserted) == [{"id": 9, "name": "zoe"}]
    session.expunge_all()
    changed = text("UPDATE users SET name = 'eve' WHERE uid = :u RETURNING *").bindparams(u=9)
    assert load(session, changed) == [{"id": 9, "name": "eve", "kind": None, "flag": None}]


def test_other_statements(session: Session) -> None:
    assert load(session, select(User.name, User.id).order_by(User.id)) == [ANN, BOB]
    added = insert_(User).values(id=8, name="n").returning(User)
    assert load(session, added) == [{"id": 8, "name": "n", "kind": None, "flag": None}]
    source = select(Post.__table__, Animal.__table__).where(Post.id == Animal.id + 2)
    ((dog, post),) = session.execute(select(Animal, Post).from_statement(source))
    assert (dog.id, post.id) == (1, 3)


def test_aliases(session: Session) -> None:
    named = aliased(User, name="u")
    source = text("SELECT name AS u_name, uid AS u_uid FROM users ORDER BY uid")
    assert [row.u.name for row in session.execute(select(named).from_statement(source))] == ["ann", "bob"]
    with pytest.raises(NoSuchColumnError, match=r"'u\.uid'"):
        load(session, text("SELECT name FROM users"), cls=named)


def test_keys_that_are_null_and_chunks(session: Session) -> None:
    assert session.scalars(select(User).from_statement(text("SELECT NULL AS uid, name FROM users"))).all() == [None] * 2
    chunks = session.scalars(select(User).from_statement(text(ROWS)).execution_options(yield_per=1))
    assert [user.id for user in chunks] == [1, 2]


def test_the_text_runs_once_per_execution(session: Session) -> None:
    sent: list[str] = []

    def note(connection: Any, cursor: Any, sql: str, *rest: Any) -> None:
        sent.append(sql)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    session.expire_all()
    load(session, text(ROWS))
    assert sent == [ROWS]


def test_explain() -> None:
    told = explain(select(User, Post.title).from_statement(text(ROWS)))
    assert "User, posts.title: columns are found by name when the statement runs" in told


def test_text_for_a_leaf_of_a_hierarchy_refuses_rows_of_other_classes() -> None:
    class Root(DeclarativeBase):
        pass

    class Animal(Root):
        __tablename__ = "animal"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str]
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}

    class Cat(Animal):
        __mapper_args__ = {"polymorphic_identity": "cat"}

    engine = create_engine("sqlite://")
    Root.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add_all([Animal(id=1), Cat(id=2)])
        opened.flush()
        cats = select(Cat).from_statement(text("SELECT * FROM animal WHERE id = 2"))
        assert [type(one) for one in opened.scalars(cats)] == [Cat]
        opened.expunge_all()
        with pytest.raises(InvalidRequestError, match="which is not a sub mapper of the requested"):
            opened.scalars(select(Cat).from_statement(text("SELECT * FROM animal"))).all()
