"""Operators, functions and other expressions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, assert_type

from cormorant import (
    Case,
    Cast,
    ColumnElement,
    Exists,
    Integer,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)
from cormorant.sql.elements import BindParameter
from cormorant.sql.functions import Function

from .models import Post, User

Condition = ColumnElement[bool]

assert_type(User.id == 5, Condition)
assert_type(User.id != 5, Condition)
assert_type(User.id < 5, Condition)
assert_type(User.id <= 5, Condition)
assert_type(User.id > 5, Condition)
assert_type(User.id >= 5, Condition)
assert_type(User.name == User.nick, Condition)
assert_type(User.nick == None, Condition)  # noqa: E711
assert_type(User.nick.is_(None), Condition)
assert_type(User.nick.is_not(None), Condition)
assert_type(User.name.like("a%"), Condition)
assert_type(User.name.ilike("a%"), Condition)
assert_type(User.name.not_like("a%"), Condition)
assert_type(User.name.startswith("a"), Condition)
assert_type(User.name.endswith("a"), Condition)
assert_type(User.name.contains("a", autoescape=True), Condition)
assert_type(User.name.icontains("a"), Condition)
assert_type(User.name.regexp_match("a"), Condition)
assert_type(User.id.in_([1, 2]), Condition)
assert_type(User.id.in_(select(Post.author_id)), Condition)
assert_type(User.id.not_in([1]), Condition)
assert_type(User.id.between(1, 2), Condition)
assert_type(User.id.is_distinct_from(5), Condition)
assert_type((User.id == 5) & (User.name == "a"), Condition)
assert_type((User.id == 5) | (User.name == "a"), Condition)
assert_type(~(User.id == 5), Condition)
assert_type(and_(User.id == 5, User.name == "a"), Condition)
assert_type(or_(User.id == 5, User.name == "a"), Condition)
assert_type(not_(User.id == 5), Condition)
assert_type(User.posts.any(), Condition)
assert_type(User.posts.any(Post.title == "a"), Condition)
assert_type(Post.author.has(name="a"), Condition)
assert_type(User.posts.contains(Post()), Condition)

assert_type(User.id + 1, ColumnElement[int])
assert_type(User.id - 1, ColumnElement[int])
assert_type(User.id * Post.id, ColumnElement[int])
assert_type(User.id % 2, ColumnElement[int])
assert_type(1 + User.id, ColumnElement[int])
assert_type(User.name + "x", ColumnElement[str])
assert_type(User.balance / 2, ColumnElement[Any])
assert_type(-User.id, ColumnElement[int])
assert_type(User.id.desc(), ColumnElement[int])
assert_type(User.name.asc(), ColumnElement[str])
assert_type(User.id.desc().nulls_last(), ColumnElement[int])
assert_type(User.name.label("n"), ColumnElement[str])
assert_type((User.id + 1).label("n"), ColumnElement[int])
assert_type(User.name.collate("C"), ColumnElement[str])
assert_type(User.name.distinct(), ColumnElement[str])

assert_type(func.count(), Function[int])
assert_type(func.count(User.id), Function[int])
assert_type(func.max(User.name), Function[str])
assert_type(func.min(User.created), Function[datetime])
assert_type(func.sum(User.id), Function[int])
assert_type(func.coalesce(User.nick, "none"), Function[str])
assert_type(func.now(), Function[datetime])
assert_type(func.current_date(), Function[date])
assert_type(func.char_length(User.name), Function[int])
assert_type(func.concat(User.name, "x"), Function[str])
assert_type(func.row_number(), Function[int])
assert_type(func.lower(User.name), Function[Any])
assert_type(func.my_function(1, 2), Function[Any])
assert_type(func.count(User.id) > 5, Condition)

assert_type(literal(5), BindParameter[int])
assert_type(literal("x"), BindParameter[str])
assert_type(cast(User.id, String), Cast[str])
assert_type(cast(User.name, Integer), Cast[int])
assert_type(cast(User.name, String(5)), Cast[str])
assert_type(exists(select(User)), Exists)
assert_type(exists().where(User.id == 1), Exists)
assert_type(select(User).exists(), Exists)
assert_type(case((User.id == 1, "x"), else_="y"), Case[Any])
