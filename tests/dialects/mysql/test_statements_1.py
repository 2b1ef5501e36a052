"""The text of statements where it differs from the standard language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.mysql import dialect
from cormorant.sql import and_, bindparam, false, func, literal_column, not_, or_, select, text, true
from tests.compile.tables import a, b, c, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).where(u.c.name.is_distinct_from("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE NOT (u.name <=> %s)",
    ),
    (
        lambda: select(u).where(u.c.name.is_not_distinct_from("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name <=> %s",
    ),
    (
        lambda: select(u).where(u.c.name.is_distinct_from(None)),
        "SELECT u.id, u.name \nFROM u \nWHERE NOT (u.name <=> NULL)",
    ),
    (
        lambda: select(u).where(u.c.name.startswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE concat(%s, '%%'))",
    ),
    (
        lambda: select(u).where(u.c.name.startswith("x_y", autoescape=True)),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE concat(%s, '%%') ESCAPE '/')",
    ),
    (
        lambda: select(u).where(u.c.name.endswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE concat('%%', %s))",
    ),
    (
        lambda: select(u).where(u.c.name.contains("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE concat('%%', %s, '%%'))",
    ),
    (
        lambda: select(u).where(~u.c.name.contains("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name NOT LIKE concat('%%', %s, '%%'))",
    ),
    (
        lambda: select(u).where(u.c.name.contains(u.c.name)),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE concat('%%', u.name, '%%'))",
    ),
    (
        lambda: select(u).where(u.c.name.icontains("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (lower(u.name) LIKE concat('%%', lower(%s), '%%'))",
    ),
    (
        lambda: select(u).where(u.c.name.istartswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (lower(u.name) LIKE concat(lower(%s), '%%'))",
    ),
    (
        lambda: select(u).where(u.c.name.iendswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (lower(u.name) LIKE concat('%%', lower(%s)))",
    ),
    (
        lambda: select(u).where(u.c.name.match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE MATCH (u.name) AGAINST (%s IN BOOLEAN MODE)",
    ),
    (
        lambda: select(u).where(u.c.name.regexp_match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name REGEXP %s",
    ),
    (
        lambda: select(u).where(u.c.name.regexp_match("x", "i")),
        "SELECT u.id, u.name \nFROM u \nWHERE REGEXP_LIKE(u.name, %s, 'i')",
    ),
    (
        lambda: select(u).where(~u.c.name.regexp_match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name NOT REGEXP %s",
    ),
    (
        lambda: select(u.c.name.regexp_replace("x", "y")),
        "SELECT REGEXP_REPLACE(u.name, %s, %s) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.regexp_replace("x", "y", flags="g")),
        "SELECT REGEXP_REPLACE(u.name, %s, %s, 'g') AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id / 5),
        "SELECT u.id / %s AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id // 5),
        "SELECT FLOOR(u.id / %s) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(a.c.f / 5),
        "SELECT a.f / %s AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.price / 5),
        "SELECT a.price / %s AS anon_1 \nFROM a",
    ),
    (
        lambda: select(5 / u.c.id),
        "SELECT %s / u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 // u.c.id),
        "SELECT FLOOR(%s / u.id) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id * (u.c.id / 5)),
        "SELECT u.id * (u.id / %s) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name + "x"),
        "SELECT concat(u.name, %s) AS anon_1 \nFROM u",
    ),
    (
        lambda: select("x" + u.c.name),
        "SELECT concat(%s, u.name) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name + "x" + u.c.name),
        "SELECT concat(u.name, %s, u.name) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.concat("x")),
        "SELECT concat(u.name, %s) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(
            func.current_timestamp(),
            func.current_date(),
            func.current_time(),
            func.localtime(),
            func.localtimestamp(),
            func.user(),
            func.session_user(),
            func.sysdate(),
        ),
        (
            "SELECT CURRENT_TIMESTAMP AS current_timestamp_1, CURRENT_DATE AS current_date_1, "
            "CURRENT_TIME AS current_time_1, LOCALTIME AS localtime_1, LOCALTIMESTAMP AS "
            "localtimestamp_1, USER AS user_1, SESSION_USER AS session_user_1, SYSDATE() AS sysdate_1"
        ),
    ),
    (
        lambda: select(func.random()),
        "SELECT rand() AS random_1",
    ),
    (
        lambda: select(u).where(true()),
        "SELECT u.id, u.name \nFROM u \nWHERE true = 1",
    ),
    (
        lambda: select(u).where(false()),
        "SELECT u.id, u.name \nFROM u \nWHERE false = 1",
    ),
    (
        lambda: select(u).where(and_(false(), u.c.id == 1)),
        "SELECT u.id, u.name \nFROM u \nWHERE false = 1",
    ),
    (
        lambda: select(u).where(or_(true(), u.c.id == 1)),
        "SELECT u.id, u.name \nFROM u \nWHERE true = 1",
    ),
    (
        lambda: select(a).where(a.c.flag),
        (
            "SELECT a.id, a.name, a.x, a.`when`, a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, "
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 1"
        ),
    ),
    (
        lambda: select(a).where(~a.c.flag),
        (
            "SELECT a.id, a.name, a.x, a.`when`, a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, "
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 0"
        ),
    ),
    (
        lambda: select(a).where(not_(a.c.flag), a.c.id == 1),
        (
            "SELECT a.id, a.name, a.x, a.`when`, a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, "
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 0 AND a.id = %s"
        ),
    ),
    (
        lambda: select(a).where(or_(a.c.flag, a.c.id == 1)),
        (
            "SELECT a.id, a.name, a.x, a.`when`, a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, "
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 1 OR a.id = %s"
        ),
    ),
    (
        lambda: select(text("x")).where(text("z = :z").bindparams(z=5)),
        "SELECT x FROM DUAL \nWHERE z = %s",
    ),
    (
        lambda: text("select * from foo where x = :x and y = ':notme' and z = \\:notme and w::int = 5"),
        "select * from foo where x = %s and y = '%s' and z = :notme and w::int = 5",
    ),
    (
        lambda: select(u).limit(5),
        "SELECT u.id, u.name \nFROM u \n LIMIT %s",
    ),
    (
        lambda: select(u).offset(5),
        "SELECT u.id, u.name \nFROM u \n LIMIT %s, 18446744073709551615",
    ),
    (
        lambda: select(u).limit(5).offset(10),
        "SELECT u.id, u.name \nFROM u \n LIMIT %s, %s",
    ),
    (
        lambda: select(u).limit(5).order_by(u.c.id),
        "SELECT u.id, u.name \nFROM u ORDER BY u.id \n LIMIT %s",
    ),
    (
        lambda: select(u).limit(bindparam("n")),
        "SELECT u.id, u.name \nFROM u \n LIMIT %s",
    ),
    (
        lambda: select(u).limit(literal_column("5")),
        "SELECT u.id, u.name \nFROM u \n LIMIT 5",
    ),
    (
        lambda: select(u).limit(u.c.id + 5),
        "SELECT u.id, u.name \nFROM u \n LIMIT u.id + %s",
    ),
    (
        lambda: select(u).slice(5, 10),
        "SELECT u.id, u.name \nFROM u \n LIMIT %s, %s",
    ),
    (
        lambda: select(u).with_for_update(read=True),
        "SELECT u.id, u.name \nFROM u LOCK IN SHARE MODE",
    ),
    (
        lambda: select(u).with_for_update(nowait=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE NOWAIT",
    ),
    (
        lambda: select(u).with_for_update(skip_locked=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE SKIP LOCKED",
    ),
    (
        lambda: select(u).with_for_update(of=u.c.id, nowait=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE NOWAIT",
    ),
    (
        lambda: select(u).with_for_update(key_share=True, read=True, skip_locked=True),
        "SELECT u.id, u.name \nFROM u LOCK IN SHARE MODE SKIP LOCKED",
    ),
    (
        lambda: select(u.join(b, u.c.id == b.c.id)),
        ("SELECT u.id, u.name, b.id AS id_1, b.name AS name_1, b.a_id \nFROM u INNER JOIN b ON u.id = b.id"),
    ),
    (
        lambda: select(u).join(b, u.c.id == b.c.id),
        "SELECT u.id, u.name \nFROM u INNER JOIN b ON u.id = b.id",
    ),
    (
        lambda: select(b).join(c),
        "SELECT b.id, b.name, b.a_id \nFROM b INNER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b).select_from(b.join(c)),
        "SELECT b.id, b.name, b.a_id \nFROM b INNER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b.join(c)),
        "SELECT b.id, b.name, b.a_id, c.id AS id_1, c.b_id \nFROM b INNER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b.c.id).select_from(b).join(c).where(c.c.id == 5),
        "SELECT b.id \nFROM b INNER JOIN c ON b.id = c.b_id \nWHERE c.id = %s",
    ),
    (
        lambda: select(b.c.id).join_from(b, c),
        "SELECT b.id \nFROM b INNER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b.c.id, c.c.id).join_from(b, c),
        "SELECT b.id, c.id AS id_1 \nFROM b INNER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(c.c.id).join(b),
        "SELECT c.id \nFROM c INNER JOIN b ON b.id = c.b_id",
    ),
    (
        lambda: select(u).join(b, and_(u.c.id == b.c.id, b.c.name == "x")),
        "SELECT u.id, u.name \nFROM u INNER JOIN b ON u.id = b.id AND b.name = %s",
    ),
    (
        lambda: select(u).join(b, or_(u.c.id == b.c.id, b.c.name == "x")),
        "SELECT u.id, u.name \nFROM u INNER JOIN b ON u.id = b.id OR b.name = %s",
    ),
    (
        lambda: select(u).select_from(u.join(b.join(c), u.c.id == b.c.id)),
        "SELECT u.id, u.name \nFROM u INNER JOIN (b INNER JOIN c ON b.id = c.b_id) ON u.id = b.id",
    ),
    (
        lambda: select(u).select_from(u.join(b, u.c.id == b.c.id).join(c)),
        "SELECT u.id, u.name \nFROM u INNER JOIN b ON u.id = b.id INNER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(u).select_from(u.outerjoin(b.join(c), u.c.id == b.c.id)),
        "SELECT u.id, u.name \nFROM u LEFT OUTER JOIN (b INNER JOIN c ON b.id = c.b_id) ON u.id = b.id",
    ),
    (
        lambda: select(u).join(b, true()),
        "SELECT u.id, u.name \nFROM u INNER JOIN b ON true = 1",
    ),
    (
        lambda: select(u).join(b, u.c.id == b.c.id).join(c, c.c.b_id == b.c.id),
        "SELECT u.id, u.name \nFROM u INNER JOIN b ON u.id = b.id INNER JOIN c ON c.b_id = b.id",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected
