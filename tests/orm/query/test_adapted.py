"""Queries over a UNION and its like: entities seen through a subquery."""

from __future__ import annotations

from cormorant import exists, func
from cormorant.orm import Session, aliased, contains_eager, joinedload, selectinload, subqueryload

from ..blog import Address, User

UNION = (
    "(SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname \n"
    "FROM users \nWHERE users.id = ? UNION SELECT users.id AS users_id, users.name AS users_name, "
    "users.fullname AS users_fullname \nFROM users \nWHERE users.id = ?) AS anon_1"
)
COLUMNS = "anon_1.users_id AS anon_1_users_id, anon_1.users_name AS anon_1_users_name, "
COLUMNS += "anon_1.users_fullname AS anon_1_users_fullname"


def both(session: Session):
    return session.query(User).filter(User.id == 1).union(session.query(User).filter(User.id == 2))


def test_everything_speaks_of_the_subquery(session: Session) -> None:
    query = both(session).filter(User.name != "x").group_by(User.id).order_by(func.lower(User.name).desc())
    assert str(query) == (
        f"SELECT {COLUMNS} \nFROM {UNION} \nWHERE anon_1.users_name != ? GROUP BY anon_1.users_id "
        "ORDER BY lower(anon_1.users_name) DESC"
    )
    assert [user.id for user in query] == [2, 1]


def test_a_join_starts_from_the_subquery(session: Session) -> None:
    query = both(session).join(User.addresses).with_entities(Address.email)
    assert str(query) == (
        f"SELECT addresses.email AS addresses_email \nFROM {UNION} "
        "JOIN addresses ON anon_1.users_id = addresses.user_id"
    )
    assert len(query.all()) == 3


def test_statements_inside_speak_of_it_too(session: Session) -> None:
    query = both(session).filter(exists().where(Address.user_id == User.id)).filter(User.addresses.any())
    assert str(query) == (
        f"SELECT {COLUMNS} \nFROM {UNION} \nWHERE (EXISTS (SELECT * \nFROM addresses \n"
        "WHERE addresses.user_id = anon_1.users_id)) AND (EXISTS (SELECT 1 \nFROM addresses \n"
        "WHERE anon_1.users_id = addresses.user_id))"
    )


def test_an_alias_stays_itself(session: Session) -> None:
    other = aliased(User)
    query = both(session).join(other, other.id == User.id).with_entities(other.id)
    assert str(query) == (
        f"SELECT users_1.id AS users_1_id \nFROM {UNION} JOIN users AS users_1 ON users_1.id = anon_1.users_id"
    )


def test_a_union_of_unions_numbers_both(session: Session) -> None:
    query = both(session).union_all(session.query(User).filter(User.id == 3))
    assert str(query).startswith("SELECT anon_1.anon_2_users_id AS anon_1_anon_2_users_id, ")
    assert sorted(user.id for user in query) == [1, 2, 3]
    assert query.count() == 3


def test_eager_loading(session: Session) -> None:
    for option in (joinedload, selectinload, subqueryload):
        session.expunge_all()
        users = both(session).options(option(User.addresses)).order_by(User.id).all()
        assert [len(user.__dict__["addresses"]) for user in users] == [2, 1]
    session.expunge_all()
    limited = both(session).options(joinedload(User.addresses)).order_by(User.id).limit(1).all()
    assert [len(user.__dict__["addresses"]) for user in limited] == [2]
    session.expunge_all()
    contained = both(session).outerjoin(User.addresses).options(contains_eager(User.addresses)).all()
    assert sorted(len(user.__dict__["addresses"]) for user in contained) == [1, 2]
