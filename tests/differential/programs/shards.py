"""Sessions over several databases: where rows go, where statements run, how objects are told apart."""

from __future__ import annotations

from typing import Any

from ..registry import program

SHARDS = ("north", "south")


def world(sa: Any, orm: Any, log: Any) -> Any:
    shard = log.module("ext.horizontal_shard")
    visitors = log.module("sql.visitors")
    Base = orm.declarative_base()

    class City(Base):
        __tablename__ = "city"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        side = sa.Column(sa.String(20))
        reports = orm.relationship("Report", back_populates="city", order_by="Report.id", cascade="all, delete-orphan")

    class Report(Base):
        __tablename__ = "report"
        id = sa.Column(sa.Integer, primary_key=True)
        city_id = sa.Column(sa.ForeignKey("city.id"))
        text = sa.Column(sa.String(20))
        city = orm.relationship(City, back_populates="reports")

    def shard_chooser(mapper: Any, instance: Any, clause: Any = None) -> Any:
        return instance.side if isinstance(instance, City) else shard_chooser(mapper, instance.city)

    def identity_chooser(mapper: Any, primary_key: Any, *, lazy_loaded_from: Any, **kw: Any) -> Any:
        return [lazy_loaded_from.identity_token] if lazy_loaded_from else list(SHARDS)

    def execute_chooser(context: Any) -> Any:
        found: list[Any] = []

        def visit(binary: Any) -> None:
            if getattr(binary.left, "key", None) == "side":
                found.append(binary.right.value)

        if getattr(context.statement, "whereclause", None) is not None:
            visitors.traverse(context.statement.whereclause, {}, {"binary": visit})
        return found or list(SHARDS)

    engines = {name: log.engine(Base.metadata) for name in SHARDS}
    session = shard.ShardedSession(
        shard_chooser=shard_chooser, identity_chooser=identity_chooser, execute_chooser=execute_chooser, shards=engines
    )
    return City, Report, session, shard


def filled(sa: Any, orm: Any, log: Any) -> Any:
    City, Report, session, shard = world(sa, orm, log)
    oslo = City(id=1, name="Oslo", side="north", reports=[Report(id=1, text="cold")])
    rome = City(id=2, name="Rome", side="south", reports=[Report(id=2, text="hot"), Report(id=3, text="dry")])
    session.add(oslo)
    session.flush()
    session.add(rome)
    session.commit()
    return City, Report, session, shard


@program
def writing(sa: Any, orm: Any, log: Any) -> None:
    City, Report, session, _ = filled(sa, orm, log)
    oslo, rome = session.get(City, 1), session.get(City, 2)
    log("tokens", [sa.inspect(one).identity_token for one in (oslo, rome, rome.reports[0])])
    log("keys", [sa.inspect(one).identity_key[1:] for one in (oslo, rome)])
    oslo.name = "Bergen"
    rome.reports.append(Report(id=4, text="wet"))
    session.commit()
    rome.reports.remove(rome.reports[0])
    session.commit()
    log("read", oslo.name, [one.text for one in rome.reports])
    session.delete(oslo)
    session.commit()
    log("left", session.scalars(sa.select(City.name)).all())
    session.rollback()


@program
def reading(sa: Any, orm: Any, log: Any) -> None:
    City, Report, session, shard = filled(sa, orm, log)
    session.expunge_all()
    log("all", session.scalars(sa.select(City.name).order_by(City.name)).all())
    log("one", session.scalars(sa.select(City.name).where(City.side == "north")).all())
    log("count", session.execute(sa.select(sa.func.count(Report.id))).all())
    log("get", session.get(City, 2).name, session.get(City, 99))
    log("get token", session.get(City, 1, identity_token="north").name)
    log("wrong token", session.get(City, 1, identity_token="south"))
    report = session.scalars(sa.select(Report).where(Report.id == 3)).one()
    log("lazy", report.city.name, [one.text for one in report.city.reports])
    log("option", session.scalars(sa.select(City.name).options(shard.set_shard_id("north"))).all())
    log("bound", session.scalars(sa.select(City.name), bind_arguments={"shard_id": "south"}).all())
    log("query", [one.name for one in session.query(City).set_shard("north")])
    for option in (orm.selectinload, orm.joinedload):
        session.expunge_all()
        found = session.scalars(sa.select(City).options(option(City.reports)).order_by(City.id)).unique().all()
        log(option.__name__, [[one.text for one in city.reports] for city in found])
    log("text", session.execute(sa.text("SELECT 1")).all())
    log("bind", session.get_bind(City, shard_id="north") is not session.get_bind(City, shard_id="south"))


@program
def expired_and_refreshed(sa: Any, orm: Any, log: Any) -> None:
    City, _, session, _ = filled(sa, orm, log)
    rome = session.get(City, 2)
    session.commit()
    log("expired", rome.name)
    session.execute(
        sa.update(City).where(City.side == "south").values(name="Roma"),
        execution_options={"synchronize_session": False},
    )
    session.refresh(rome)
    log("refreshed", rome.name)
    session.expire(rome, ["name"])
    log("one attribute", rome.name)
    session.commit()
    rome.name = "Rome"
    session.rollback()
    log("rolled back", rome.name)


@program
def bulk(sa: Any, orm: Any, log: Any) -> None:
    City, Report, session, _ = filled(sa, orm, log)
    oslo = session.get(City, 1)
    log("one", session.execute(sa.update(City).where(City.side == "north").values(name="x")).rowcount, oslo.name)
    log(
        "all",
        session.execute(sa.update(City).values(name="y"), execution_options={"synchronize_session": "fetch"}).rowcount,
        oslo.name,
    )
    log("deleted", session.execute(sa.delete(Report)).rowcount)
    session.commit()
    log("left", session.scalars(sa.select(Report)).all())


@program
def arguments(sa: Any, orm: Any, log: Any) -> None:
    shard = log.module("ext.horizontal_shard")

    def chooser(*args: Any, **kw: Any) -> Any:
        return ["a"]

    with log.raises("identity", "identity_chooser or id_chooser is required"):
        shard.ShardedSession(chooser)
    with log.raises("execute", "execute_chooser or query_chooser is required"):
        shard.ShardedSession(chooser, identity_chooser=chooser)
    with log.raises("both", "Can't pass query_chooser and execute_chooser at the same time."):
        shard.ShardedSession(chooser, chooser, chooser, query_chooser=chooser)
    shard.ShardedSession(chooser, id_chooser=chooser, query_chooser=chooser)
    log("option", shard.set_shard_id("x").shard_id, shard.set_shard_id("x", False).propagate_to_loaders)
