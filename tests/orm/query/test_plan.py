"""Load plans: what the rows of a lowered statement mean."""

from __future__ import annotations

from cormorant import func, select
from cormorant.orm import joinedload, selectinload
from cormorant.orm.query.lower import lower

from ..blog import Address, Post, User


def test_plan_prints() -> None:
    statement = select(User, func.count()).options(joinedload(User.addresses), selectinload(User.posts))
    assert str(lower(statement).load_plan) == (
        "User by columns [0]: id=0, name=1, fullname=2\n"
        "  joined addresses:\n"
        "    Address by columns [4]: id=4, email=5, user_id=6\n"
        "  then selectin posts\n"
        "value 'count' from column 3"
    )


def test_plan_of_one_entity_is_single() -> None:
    plan = lower(select(User)).load_plan
    assert plan.is_single
    assert not plan.needs_unique


def test_joined_collections_need_unique() -> None:
    assert lower(select(User).options(joinedload(User.addresses))).load_plan.needs_unique
    assert not lower(select(Address).options(joinedload(Address.user))).load_plan.needs_unique
    nested = joinedload(Address.user).joinedload(User.posts)
    assert lower(select(Address).options(nested)).load_plan.needs_unique


def test_core_statements_have_no_plan() -> None:
    table = Post.__table__
    assert lower(select(table.c.id)).load_plan is None
