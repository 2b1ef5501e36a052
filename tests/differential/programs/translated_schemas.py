"""`schema_translate_map`: on connections, engines, statements and sessions, in texts and in what is created."""

from __future__ import annotations

from typing import Any

from ..registry import program


def tables(sa: Any) -> tuple[Any, Any, Any]:
    metadata = sa.MetaData()
    plain = sa.Table(
        "u", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.String, index=True)
    )
    named = sa.Table(
        "p", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("uid", sa.Integer), schema="per"
    )
    return metadata, plain, named


@program
def texts(sa: Any, orm: Any, log: Any) -> None:
    _, plain, named = tables(sa)
    names = {None: "one", "per": "Two"}
    dialect = log.module("dialects.postgresql").dialect()
    for element in (
        sa.select(plain),
        sa.select(named).set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL),
        sa.select(named.alias("z")),
        sa.select(plain.c.n).join(named, named.c.uid == plain.c.id).where(named.c.id == 5).order_by(named.c.id),
        sa.select(sa.select(named.c.id).cte("c")),
        sa.insert(named).values(uid=1),
        sa.update(named).values(uid=2).where(named.c.id == 1),
        sa.delete(plain).where(plain.c.id == named.c.uid),
        sa.insert(named).from_select(["id"], sa.select(plain.c.id)),
        sa.select(sa.Sequence("sq", schema="per").next_value()),
        sa.schema.CreateTable(plain),
        sa.schema.CreateIndex(next(iter(plain.indexes))),
        sa.schema.DropTable(named),
        sa.schema.CreateSequence(sa.Sequence("sq", schema="per")),
    ):
        log("marked", str(element.compile(dialect=dialect, schema_translate_map=names)))
        rendered = element.compile(dialect=dialect, schema_translate_map=names, render_schema_translate=True)
        log("rendered", str(rendered))
        some = element.compile(dialect=dialect, schema_translate_map={"per": "q"}, render_schema_translate=True)
        log("some", str(some))


@program
def rows(sa: Any, orm: Any, log: Any) -> None:
    metadata, plain, named = tables(sa)
    engine = log.engine()
    with engine.connect() as connection:
        for name in ("aa", "bb"):
            connection.exec_driver_sql(f"ATTACH ':memory:' AS {name}")
        connection.commit()
    translated = engine.execution_options(schema_translate_map={None: "aa", "per": "bb"})
    metadata.create_all(translated)
    metadata.create_all(translated)
    with translated.connect() as connection:
        log("many", connection.execute(sa.insert(plain), [{"n": "a"}, {"n": "b"}]).rowcount)
        log("key", connection.execute(sa.insert(named).values(uid=1)).inserted_primary_key)
        log("returned", connection.execute(sa.insert(named).returning(named.c.id), [{"uid": 1}, {"uid": 2}]).all())
        joined = sa.select(plain.c.n, named.c.id).join(named, named.c.uid == plain.c.id).order_by(named.c.id)
        log("joined", connection.execute(joined).all())
        connection.commit()
        with log.raises("another", "no such table"):
            connection.execution_options(schema_translate_map={None: "bb"}).execute(sa.select(plain))
        connection.rollback()
        connection.execution_options(schema_translate_map=None)
        log("none", connection.execute(sa.select(plain)).all())
    with engine.connect() as connection:
        options = {"schema_translate_map": {None: "aa"}}
        log("statement", connection.execute(sa.select(plain).execution_options(**options)).all())
        log("execution", connection.execute(sa.select(plain), execution_options=options).all())
        log(
            "default",
            connection.execute(sa.select(named), execution_options={"schema_translate_map": {"per": "bb"}}).all(),
        )
    metadata.drop_all(translated)


@program
def objects(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class User(Base):
        __tablename__ = "u"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        n = orm.mapped_column(sa.String)
        posts = orm.relationship("Post", back_populates="user")

    class Post(Base):
        __tablename__ = "p"
        __table_args__ = {"schema": "per"}
        id = orm.mapped_column(sa.Integer, primary_key=True)
        uid = orm.mapped_column(sa.ForeignKey("u.id"))
        user = orm.relationship("User", back_populates="posts")

    engine = log.engine()
    with engine.connect() as connection:
        for name in ("aa", "bb"):
            connection.exec_driver_sql(f"ATTACH ':memory:' AS {name}")
        connection.commit()
    names = {None: "aa", "per": "bb"}
    translated = engine.execution_options(schema_translate_map=names)
    Base.metadata.create_all(translated)
    with orm.Session(translated) as session:
        session.add(User(n="a", posts=[Post(), Post()]))
        session.commit()
        found = session.scalars(sa.select(User).options(orm.selectinload(User.posts))).one()
        log("selectin", found.n, len(found.posts))
        joined = session.scalars(sa.select(User).options(orm.joinedload(User.posts))).unique().one()
        log("joined", len(joined.posts))
        found.n = "b"
        session.flush()
        session.delete(found.posts[0])
        session.commit()
        log("lazy", found.n, len(found.posts))
    with orm.Session(engine) as session:
        session.connection(execution_options={"schema_translate_map": names})
        log("connection", session.scalars(sa.select(User.n)).all())
    with orm.Session(engine) as session:
        log("execution", session.scalars(sa.select(User.n), execution_options={"schema_translate_map": names}).all())
