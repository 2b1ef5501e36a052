"""`before_execute` and `after_execute` hear of each statement that a session sends, once, and may replace it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import (
    Engine,
    ForeignKey,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from cormorant.exc import InvalidRequestError
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    immediateload,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
    subqueryload,
)


class Base(DeclarativeBase):
    pass


class Ship(Base):
    __tablename__ = "ship"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    boats: Mapped[list[Boat]] = relationship(back_populates="ship", cascade="all, delete-orphan", order_by="Boat.id")


class Boat(Base):
    __tablename__ = "boat"
    id: Mapped[int] = mapped_column(primary_key=True)
    ship_id: Mapped[int | None] = mapped_column(ForeignKey("ship.id"))
    ship: Mapped[Ship | None] = relationship(back_populates="boats")


class Heard:
    """What listeners of both events were told."""

    def __init__(self, engine: Any) -> None:
        self.statements: list[Any] = []
        self.before: list[tuple[Any, Any]] = []
        self.after: list[tuple[Any, Any]] = []
        self.options: list[Any] = []
        event.listen(engine, "before_execute", self._before)
        event.listen(engine, "after_execute", self._after)

    def _before(self, conn: Any, element: Any, multiparams: Any, params: Any, options: Any) -> None:
        self.statements.append(element)
        self.before.append((multiparams, params))
        self.options.append(options)

    def _after(self, conn: Any, element: Any, multiparams: Any, params: Any, options: Any, result: Any) -> None:
        assert element is self.statements[-1]
        assert options is self.options[-1]
        self.after.append((multiparams, params))

    def take(self) -> list[tuple[str, Any]]:
        """Text of each statement and its parameters; what was heard before and after is the same."""
        assert self.before == self.after
        told = [
            (" ".join(str(element).split()), multi or params)
            for element, (multi, params) in zip(self.statements, self.before, strict=True)
        ]
        for heard in (self.statements, self.before, self.after, self.options):
            heard.clear()
        return told


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = create_engine("sqlite://")
    Base.metadata.create_all(made)
    with made.begin() as connection:
        connection.execute(insert(Ship), [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}, {"id": 3, "name": "c"}])
        connection.execute(insert(Boat), [{"id": 1, "ship_id": 1}, {"id": 2, "ship_id": 1}, {"id": 3, "ship_id": 2}])
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


@pytest.fixture
def heard(engine: Engine) -> Heard:
    return Heard(engine)


BY_KEY = "SELECT ship.id, ship.name FROM ship WHERE ship.id = :pk_1"
BOATS = "SELECT boat.id, boat.ship_id FROM boat WHERE :param_1 = boat.ship_id ORDER BY boat.id"


def test_flush(session: Session, heard: Heard) -> None:
    first, second = Ship(id=7, name="x"), Ship(id=8, name="y")
    session.add_all([first, second])
    session.flush()
    rows = [{"id": 7, "name": "x"}, {"id": 8, "name": "y"}]
    assert heard.take() == [("INSERT INTO ship (id, name) VALUES (:id, :name)", rows)]
    third = Ship(name="z")
    session.add(third)
    session.flush()
    assert third.id == 9
    assert heard.take() == [("INSERT INTO ship (id, name) VALUES (:id, :name)", {"name": "z"})]
    more = [Ship(name="m"), Ship(name="n")]
    session.add_all(more)
    session.flush()
    assert [ship.id for ship in more] == [10, 11]
    (told,) = heard.take()
    assert told[1] == [{"name": "m"}, {"name": "n"}]
    first.name = "x2"
    session.flush()
    changed = "UPDATE ship SET id=:id, name=:name WHERE ship.id = :ship_id"
    assert heard.take() == [(changed, {"name": "x2", "ship_id": 7})]
    first.name, second.name = "x3", "y3"
    session.flush()
    assert heard.take() == [(changed, [{"name": "x3", "ship_id": 7}, {"name": "y3", "ship_id": 8}])]
    first.name = func.lower("X4")
    session.flush()
    assert heard.take() == [("UPDATE ship SET name=lower(:lower_1) WHERE ship.id = :ship_id", {"ship_id": 7})]
    assert [ship.boats for ship in (third, *more)] == [[], [], []]
    heard.take()
    for ship in (third, *more):
        session.delete(ship)
    session.flush()
    assert heard.take() == [("DELETE FROM ship WHERE ship.id = :id", [{"id": 9}, {"id": 10}, {"id": 11}])]


def test_a_row_of_defaults(session: Session, heard: Heard) -> None:
    boat = Boat()
    session.add(boat)
    session.flush()
    assert boat.id == 4
    assert len(heard.take()) == 1


def test_loads_by_key(session: Session, heard: Heard) -> None:
    ship = session.get(Ship, 1)
    assert heard.take() == [(BY_KEY, {"pk_1": 1})]
    assert ship is not None
    assert [boat.id for boat in ship.boats] == [1, 2]
    assert heard.take() == [(BOATS, {"param_1": 1})]
    session.refresh(ship, ["name"])
    assert [told[1] for told in heard.take()] == [{"pk_1": 1}]
    session.expire_all()
    assert ship.name == "a"
    assert heard.take() == [(BY_KEY, {"pk_1": 1})]
    session.expunge_all()
    boat = session.get(Boat, 3)
    assert boat is not None
    assert boat.ship is not None
    assert [told[1] for told in heard.take()] == [{"pk_1": 3}, {"pk_1": 2}]
    assert session.get(Ship, 99) is None


def test_statements(session: Session, heard: Heard) -> None:
    assert len(session.scalars(select(Ship).where(Ship.id < 3)).all()) == 2
    chosen = "SELECT ship.id, ship.name FROM ship WHERE ship.id < :"
    assert heard.take() == [(chosen + "id_1", {})]
    assert len(session.scalars(select(Ship).where(Ship.id < bindparam("q")), {"q": 3}).all()) == 2
    assert heard.take() == [(chosen + "q", {"q": 3})]
    streamed = session.scalars(select(Ship).where(Ship.id < 3), execution_options={"yield_per": 1, "mark": 5})
    assert heard.options[-1]["mark"] == 5
    assert len(streamed.all()) == 2
    assert heard.take() == [(chosen + "id_1", {})]
    session.execute(update(Ship).where(Ship.id == 3).values(name="n"))
    session.execute(delete(Ship).where(Ship.id == 3))
    assert len(heard.take()) == 2


def test_options_reach_listeners_of_cursors(engine: Engine, session: Session) -> None:
    seen: list[Any] = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        seen.append(context.execution_options.get("mark"))

    event.listen(engine, "before_cursor_execute", note)
    session.scalars(select(Ship), execution_options={"mark": 1}).all()
    event.listen(engine, "before_execute", lambda *told: None)
    session.scalars(select(Ship).execution_options(mark=2)).all()
    assert seen == [1, 2]


def test_a_cache_of_the_program(session: Session) -> None:
    cache: dict[Any, Any] = {}
    for _ in range(2):
        session.scalars(select(Ship), execution_options={"compiled_cache": cache}).all()
        assert len(cache) == 1


@pytest.mark.parametrize("option", [selectinload, joinedload, subqueryload, immediateload])
def test_eager_loads(session: Session, heard: Heard, option: Any) -> None:
    found = session.scalars(select(Ship).where(Ship.id < 3).options(option(Ship.boats))).unique().all()
    assert [[boat.id for boat in ship.boats] for ship in found] == [[1, 2], [3]]
    expected: dict[Any, list[Any]] = {
        selectinload: [{}, {"primary_keys": [1, 2]}],
        joinedload: [{}],
        subqueryload: [{}, {}],
        immediateload: [{}, {"param_1": 1}, {"param_1": 2}],
    }
    assert [told[1] for told in heard.take()] == expected[option]


def replace(target: Any, change: Callable[[Any, Any, Any], tuple[Any, Any, Any]]) -> None:
    """Let a function of statement, list and dictionary say what is executed."""

    def listener(conn: Any, element: Any, multi: Any, params: Any, options: Any) -> tuple[Any, Any, Any]:
        return change(element, multi, params)

    event.listen(target, "before_execute", listener, retval=True)


@pytest.mark.parametrize("option", [selectinload, subqueryload])
def test_a_select_is_replaced(engine: Engine, session: Session, option: Any) -> None:
    def only_the_last(element: Any, multi: Any, params: Any) -> Any:
        return (element.order_by(None).order_by(text("1 DESC")).limit(1), multi, params)

    replace(engine, only_the_last)
    (ship,) = session.scalars(select(Ship).where(Ship.id < 3).options(option(Ship.boats))).all()
    assert ship.id == 2
    assert [boat.id for boat in ship.boats] == [3]


def test_loads_by_key_are_replaced(engine: Engine, session: Session) -> None:
    replace(engine, lambda element, multi, params: (element.where(Ship.id < 2), multi, params))
    assert session.get(Ship, 1) is not None
    assert session.get(Ship, 2) is None


def test_parameters_are_replaced(engine: Engine, session: Session) -> None:
    replace(engine, lambda element, multi, params: (element, multi, {**params, "pk_1": 2}))
    ship = session.get(Ship, 1)
    assert ship is not None
    assert ship.id == 2


def test_names_change_with_the_statement(engine: Engine, session: Session) -> None:
    def with_one_before(element: Any, multi: Any, params: Any) -> Any:
        cte = select(Ship.id).where(Ship.id == bindparam("pk", 1, unique=True)).cte("c")
        return element.add_cte(cte).where(Ship.id.in_(select(cte.c.id))), multi, params

    replace(engine, with_one_before)
    assert session.get(Ship, 2) is None
    assert session.get(Ship, 1) is not None


def test_rows_are_replaced(engine: Engine, session: Session) -> None:
    replace(engine, lambda element, multi, params: (element, [{**row, "name": "r"} for row in multi], params))
    ships = [Ship(name="x"), Ship(name="y")]
    session.add_all(ships)
    session.commit()
    assert [(ship.id, ship.name) for ship in ships] == [(4, "r"), (5, "r")]


def test_what_cannot_take_the_place_of_a_select(engine: Engine, session: Session) -> None:
    replace(engine, lambda element, multi, params: (text("SELECT 1"), multi, params))
    with pytest.raises(InvalidRequestError, match="mapped classes"):
        session.scalars(select(Ship))


def test_many_parameter_sets_for_a_select(engine: Engine, session: Session) -> None:
    replace(engine, lambda element, multi, params: (element, [{}, {}], params))
    with pytest.raises(InvalidRequestError, match="one set of parameters"):
        session.get(Ship, 1)


def test_listeners_of_one_connection(session: Session) -> None:
    heard = Heard(session.connection())
    session.get(Ship, 1)
    assert heard.take() == [(BY_KEY, {"pk_1": 1})]
