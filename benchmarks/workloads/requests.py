"""What programs do most: small results and requests of a web application (W18 to W18z, W19a to W19e).

A request is a session of its own on an engine that lives on: it begins, does a few things and ends. Its driver does the
same statements and ends the transaction.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import Body, Work, raw, workload
from .loading import ITEMS, Plain, person

HELD = 2_000
"""Items in the table of small results."""
FAMILIES = 200
PAGE = 20
TOTAL = 100
"""Objects that the pages show."""
CHILD = "SELECT id, parent_id, name, size FROM child WHERE parent_id = {} ORDER BY id"


def small(rows: int, title: str) -> Body:
    """Return the workload that loads that many entities with a statement built each time."""

    def load(lib: Any, count: int) -> Work:
        session, item = lib.session(HELD), lib.models.Item
        session.connection()
        select, times = lib.sa.select, max(count // rows, 2)
        yield
        found = 0
        for turn in range(times):
            first = turn * rows % HELD
            statement = select(item).where(item.id > first, item.id <= first + rows).order_by(item.id)
            loaded = session.scalars(statement).all()
            found += len(loaded) + loaded[0].id
        yield
        return found

    load.__doc__ = (
        f"Build and execute a select of {title}, nothing of it held.\n\n"
        "Two conditions on the key and an order; counted per entity. The driver: one SELECT and objects."
    )
    return load


def small_raw(rows: int) -> Body:
    def load(side: Any, count: int) -> Work:
        driver = side.driver(HELD)
        mark = driver.mark
        text = ITEMS.replace("ORDER BY id", f"WHERE id > {mark} AND id <= {mark} ORDER BY id")
        yield
        found = 0
        for turn in range(max(count // rows, 2)):
            first = turn * rows % HELD
            fetched = driver.cursor.execute(text, (first, first + rows)).fetchall()
            loaded = [Plain(row) for row in driver.incoming(fetched)]
            found += len(loaded) + loaded[0].id
        yield
        return found

    return load


for key, rows, count, aim, expected, title in (
    ("W18", 1, 10_000, 7, 30, "one entity"),
    ("W18t", 10, 40_000, 4, 8, "ten entities"),
    ("W18h", 100, 50_000, 2.8, 4, "a hundred entities"),
    ("W18z", 1000, 100_000, 2.2, 3.3, "a thousand entities"),
):
    workload(key, count=count, aim=aim, expected=expected)(small(rows, title))
    raw(key)(small_raw(rows))


@workload("W19a", count=5_000, aim=5, expected=35)
def show_one(lib: Any, count: int) -> Work:
    """Request: get one object by key and read it.

    ``with Session(engine) as session: session.get(Item, key)``.
    """
    engine, item, session_class = lib.engine(HELD), lib.models.Item, lib.orm.Session
    yield
    found = 0
    for number in range(count):
        with session_class(engine) as session:
            entry = session.get(item, number % HELD + 1)
            found += entry.amount + len(entry.name)
    yield
    return found


@raw("W19a")
def show_one_raw(side: Any, count: int) -> Work:
    driver = side.driver(HELD)
    text = ITEMS.replace("ORDER BY id", f"WHERE id = {driver.mark}")
    yield
    found = 0
    for number in range(count):
        row = driver.cursor.execute(text, (number % HELD + 1,)).fetchone()
        entry = Plain(driver.incoming([row])[0])
        found += entry.amount + len(entry.name)
        driver.connection.rollback()
    yield
    return found


@workload("W19b", count=1_000, aim=3, expected=10)
def show_page(lib: Any, count: int) -> Work:
    """Request: a page of twenty objects, filtered and ordered, and how many there are.

    A count over the condition, then the page with limit and offset.
    """
    engine, item, session_class, sa = lib.engine(HELD), lib.models.Item, lib.orm.Session, lib.sa
    yield
    found = 0
    for number in range(count):
        with session_class(engine) as session:
            wanted = item.id > HELD - TOTAL
            total = session.scalar(sa.select(sa.func.count()).select_from(item).where(wanted))
            page = sa.select(item).where(wanted).order_by(item.id.desc()).limit(PAGE).offset(number % 3 * PAGE)
            found += total + sum(entry.amount for entry in session.scalars(page))
    yield
    return found


@raw("W19b")
def show_page_raw(side: Any, count: int) -> Work:
    driver = side.driver(HELD)
    mark = driver.mark
    counting = f"SELECT count(*) FROM item WHERE id > {mark}"
    text = ITEMS.replace("ORDER BY id", f"WHERE id > {mark} ORDER BY id DESC LIMIT {mark} OFFSET {mark}")
    yield
    found = 0
    for number in range(count):
        (total,) = driver.cursor.execute(counting, (HELD - TOTAL,)).fetchone()
        rows = driver.cursor.execute(text, (HELD - TOTAL, PAGE, number % 3 * PAGE)).fetchall()
        found += total + sum([Plain(row).amount for row in driver.incoming(rows)])
        driver.connection.rollback()
    yield
    return found


@workload("W19c", count=3_000, aim=5, expected=27)
def show_family(lib: Any, count: int) -> Work:
    """Request: get a parent and read its ten children, loaded lazily.

    ``session.get(Parent, key).children``.
    """
    engine, parent, session_class = lib.engine(0, FAMILIES), lib.models.Parent, lib.orm.Session
    yield
    found = 0
    for number in range(count):
        with session_class(engine) as session:
            found += sum(child.size for child in session.get(parent, number % FAMILIES + 1).children)
    yield
    return found


@raw("W19c")
def show_family_raw(side: Any, count: int) -> Work:
    driver = side.driver(0, FAMILIES)
    yield
    found = 0
    for number in range(count):
        found += sum(child.size for child in family(driver, number % FAMILIES + 1).children)
        driver.connection.rollback()
    yield
    return found


def family(driver: Any, key: int) -> Any:
    """A parent and its children, made by hand."""
    mark = driver.mark
    made = person(*driver.cursor.execute(f"SELECT id, name FROM parent WHERE id = {mark}", (key,)).fetchone())
    for child, parent_id, name, size in driver.cursor.execute(CHILD.format(mark), (key,)).fetchall():
        made.children.append(SimpleNamespace(id=child, parent_id=parent_id, name=name, size=size))
    return made


@workload("W19d", count=2_000, aim=5, expected=45)
def change_one(lib: Any, count: int) -> Work:
    """Request: get a parent, read its children, change an attribute of one, commit.

    One UPDATE of one row, then the transaction's end.
    """
    engine, parent, session_class = lib.engine(0, FAMILIES), lib.models.Parent, lib.orm.Session
    yield
    for number in range(count):
        with session_class(engine) as session:
            children = session.get(parent, number % FAMILIES + 1).children
            children[number % 10].size = number
            session.commit()
    yield
    with engine.connect() as connection:
        return int(connection.scalar(lib.sa.text("SELECT sum(size * (id % 17)) FROM child")))


@raw("W19d")
def change_one_raw(side: Any, count: int) -> Work:
    driver = side.driver(0, FAMILIES)
    mark = driver.mark
    yield
    for number in range(count):
        child = family(driver, number % FAMILIES + 1).children[number % 10]
        child.size = number
        driver.cursor.execute(f"UPDATE child SET size = {mark} WHERE id = {mark}", (number, child.id))
        driver.connection.commit()
    yield
    return int(driver.cursor.execute("SELECT sum(size * (id % 17)) FROM child").fetchone()[0])


@workload("W19e", count=2_000, aim=4, expected=75)
def create_one(lib: Any, count: int) -> Work:
    """Request: make a parent with one child, commit, read the new key.

    Two INSERTs, the transaction's end, and the SELECT that reading after a commit costs.
    """
    engine, models, session_class = lib.engine(0, 1), lib.models, lib.orm.Session
    yield
    found = 0
    for number in range(count):
        with session_class(engine) as session:
            made = models.Parent(name=f"new {number}")
            made.children.append(models.Child(name="only", size=number))
            session.add(made)
            session.commit()
            found += made.id
    yield
    with engine.connect() as connection:
        return found + int(connection.scalar(lib.sa.text("SELECT sum(size * parent_id) FROM child")))


@raw("W19e")
def create_one_raw(side: Any, count: int) -> Work:
    driver = side.driver(0, 1)
    mark, run = driver.mark, driver.cursor.execute
    yield
    found = 0
    for number in range(count):
        (key,) = run(f"INSERT INTO parent (name) VALUES ({mark}) RETURNING id", (f"new {number}",)).fetchone()
        values = (key, "only", number)
        run(f"INSERT INTO child (parent_id, name, size) VALUES ({driver.marks(3)}) RETURNING id", values).fetchone()
        driver.connection.commit()
        found += run(f"SELECT id, name FROM parent WHERE id = {mark}", (key,)).fetchone()[0]
        driver.connection.rollback()
    yield
    return found + int(run("SELECT sum(size * parent_id) FROM child").fetchone()[0])
