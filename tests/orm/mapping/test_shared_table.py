"""A child class that names the table of its parent again."""

from __future__ import annotations

from cormorant import Column, Integer, String, create_engine, inspect, select
from cormorant.orm import Session, registry


def test_columns_are_added_and_no_rows_left_out() -> None:
    base = registry().generate_base()

    class Task(base):  # type: ignore[misc, valid-type]
        __tablename__ = "task"
        id = Column(Integer, primary_key=True)
        name = Column(String)

    class Extended(Task):
        __tablename__ = "task"
        __table_args__ = {"extend_existing": True}
        queue = Column(String)
        worker = Column("worker_name", String)

    assert Extended.__table__ is Task.__table__
    assert not inspect(Extended).single
    assert list(inspect(Task).attrs.keys()) == ["id", "name"]
    assert set(inspect(Extended).attrs.keys()) == {"id", "name", "queue", "worker"}
    assert "WHERE" not in str(select(Extended))
    engine = create_engine("sqlite://")
    base.metadata.create_all(engine)
    with Session(engine) as session:
        made = Extended(name="a", queue="q", worker="w")
        assert Extended().queue is None
        session.add_all([made, Task(name="b")])
        session.commit()
        session.expunge_all()
        found = session.scalars(select(Extended).order_by(Extended.id)).all()
        assert [(one.name, one.queue, one.worker) for one in found] == [("a", "q", "w"), ("b", None, None)]
