"""Execution options of sessions and statements, where they go; names in filter_by(); events of registries."""

from __future__ import annotations

from typing import Any

from ..registry import program


def tenants(sa: Any, orm: Any, log: Any) -> tuple[Any, Any, Any, Any]:
    class Base(orm.DeclarativeBase):
        pass

    class Owner(Base):
        __tablename__ = "owner"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column(sa.String)
        notes = orm.mapped_column(sa.String, deferred=True)
        cards = orm.relationship("Card", order_by="Card.id", back_populates="owner")

    class Card(Base):
        __tablename__ = "card"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        title = orm.mapped_column(sa.String)
        owner_id = orm.mapped_column(sa.ForeignKey("owner.id"))
        owner = orm.relationship("Owner", back_populates="cards")

    engine = log.engine(poolclass=log.module("pool").StaticPool, plain=True)
    with log.quiet(), engine.connect() as connection:
        connection.exec_driver_sql("ATTACH DATABASE ':memory:' AS one")
        connection.commit()
        connection.execution_options(schema_translate_map={None: "one"})
        Base.metadata.create_all(connection)
        connection.execute(sa.insert(Owner), {"id": 1, "name": "a"})
        connection.execute(sa.insert(Card), [{"id": 1, "owner_id": 1}, {"id": 2, "owner_id": 1}])
        connection.commit()
    return Base, Owner, Card, engine


@program
def schemas_of_a_session(sa: Any, orm: Any, log: Any) -> None:
    _, Owner, Card, engine = tenants(sa, orm, log)
    session = orm.Session(engine, execution_options={"schema_translate_map": {None: "one"}})
    owner = session.scalars(sa.select(Owner)).one()
    log("read", len(owner.cards), owner.notes)
    session.expire(owner)
    log("again", owner.name)
    owner.name = "b"
    owner.cards.append(Card(title="new"))
    session.commit()
    session.execute(sa.update(Card).values(title="all"))
    session.delete(owner.cards[-1])
    session.commit()
    log("count", session.query(Card).count(), session.get(Card, 1).title)
    session.close()


@program
def schemas_of_a_statement(sa: Any, orm: Any, log: Any) -> None:
    _, Owner, _, engine = tenants(sa, orm, log)
    options = {"schema_translate_map": {None: "one"}, "mark": 5}
    for load in (orm.selectinload, orm.subqueryload, orm.joinedload, orm.immediateload):
        with orm.Session(engine) as session:
            statement = sa.select(Owner).options(load(Owner.cards))
            found = session.scalars(statement, execution_options=options).unique().all()
            log("cards", [len(owner.cards) for owner in found])
    with orm.Session(engine) as session:
        owner = session.get(Owner, 1, options=[orm.selectinload(Owner.cards)], execution_options=options)
        log("got", len(owner.cards))


@program
def options_that_listeners_see(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Row(Base):
        __tablename__ = "row"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        x = orm.mapped_column(sa.Integer)

    engine = log.engine(Base.metadata, plain=True)

    def on_execute(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        log("seen", context.execution_options.get("mark"), conn.get_execution_options().get("mark"))

    sa.event.listen(engine, "before_cursor_execute", on_execute)
    session = orm.Session(engine, execution_options={"mark": 1})
    row = Row(x=1)
    session.add(row)
    session.commit()
    row.x = 2
    session.commit()
    session.execute(sa.text("SELECT 1"), execution_options={"mark": 2})
    session.refresh(row)
    session.close()


@program
def names_in_filter_by(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class A(Base):
        __tablename__ = "a"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        x = orm.mapped_column(sa.Integer)
        bs = orm.relationship("B")

    class B(Base):
        __tablename__ = "b"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        a_id = orm.mapped_column(sa.ForeignKey("a.id"))
        y = orm.mapped_column(sa.Integer)

    log.text("of the first", sa.select(A).join(A.bs).filter_by(x=1))
    log.text("of the joined", sa.select(A).join(A.bs).filter_by(y=1))
    log.text("one left", sa.select(A.id).join(A.bs).filter_by(x=1, y=2))
    log.text("update", sa.update(A).where(A.id == B.a_id).filter_by(y=1).values(x=2))
    log.text("own criteria", sa.delete(A).where(A.id == 1).filter_by(x=2))
    for label, make in (
        ("both", lambda: sa.select(A).join(A.bs).filter_by(id=1)),
        ("both selected", lambda: sa.select(A, B).filter_by(id=1)),
        ("tables", lambda: sa.select(A.__table__).join(B.__table__).filter_by(id=1)),
    ):
        with log.raises(label, 'Attribute name "id" is ambiguous'):
            make()
    log.text("query", orm.Session().query(A).join(A.bs).filter_by(id=1).statement)


@program
def registries_tell_of_configuration(sa: Any, orm: Any, log: Any) -> None:
    class One(orm.DeclarativeBase):
        pass

    class Two(orm.DeclarativeBase):
        pass

    for base in (One, Two):
        for name in ("before_configured", "after_configured"):
            sa.event.listen(base, name, lambda registry, b=base, n=name: log(n, b.__name__, registry is b.registry))

    def make(base: Any, name: str) -> Any:
        body = {"__tablename__": name, "id": orm.mapped_column(sa.Integer, primary_key=True)}
        return type(name, (base,), body)

    made = make(One, "one_row")
    One.registry.configure()
    One.registry.configure()
    make(Two, "two_row")
    Two.registry.configure()
    with log.raises("on a mapped class", "No such event"):
        sa.event.listen(made, "after_configured", log)


@program
def nearer_options_win(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class A(Base):
        __tablename__ = "a"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        b = orm.relationship("B", back_populates="a", uselist=False)
        c = orm.relationship("C", uselist=False)

    class B(Base):
        __tablename__ = "b"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        a_id = orm.mapped_column(sa.ForeignKey("a.id"))
        a = orm.relationship("A", back_populates="b")

    class C(Base):
        __tablename__ = "c"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        a_id = orm.mapped_column(sa.ForeignKey("a.id"))

    session = log.session(Base.metadata, {A: [{"id": 1}], B: [{"id": 1, "a_id": 1}], C: [{"id": 1, "a_id": 1}]})
    statement = sa.select(A).options(orm.joinedload(A.b).joinedload(B.a).raiseload("*"), orm.joinedload(A.c))
    a = session.scalars(statement).unique().one()
    session.expire(a)
    log("read again", a.id, a.c.id, a.b.id)


@program
def what_a_new_dataclass_holds(sa: Any, orm: Any, log: Any) -> None:
    def make(annotation: Any, **options: Any) -> Any:
        class Base(orm.MappedAsDataclass, orm.DeclarativeBase):
            pass

        class Child(Base):
            __tablename__ = "child"
            __annotations__ = {"id": orm.Mapped[int], "of": orm.Mapped[int]}
            id = orm.mapped_column(primary_key=True, init=False)
            of = orm.mapped_column(sa.ForeignKey("owner.id"), init=False)

        class Owner(Base):
            __tablename__ = "owner"
            __annotations__ = {"id": orm.Mapped[int], "children": annotation}
            id = orm.mapped_column(primary_key=True, init=False)
            children = orm.relationship(**options)

        Base.registry.configure()
        return Owner().children

    many = orm.Mapped[list["Child"]]  # type: ignore[name-defined]  # noqa: F821
    log("a list", make(many, default_factory=list))
    with log.raises("another list", "default_factory must be exactly <class 'list'>"):
        make(many, default_factory=list)
    with log.raises("None", "the dataclass default for relationship may only be set"):
        make(many, default=None)
    with log.raises("a value", "Only 'None' is accepted as dataclass default for a relationship()"):
        make(many, default=[])


@program
def relationships_added_when_configured(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Address(Base):
        __tablename__ = "address"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        kind = orm.mapped_column(sa.String)
        owner_id = orm.mapped_column(sa.Integer)

    class HasAddresses:
        pass

    @sa.event.listens_for(HasAddresses, "mapper_configured", propagate=True)
    def add(mapper: Any, class_: Any) -> None:
        log("configured", class_.__name__)
        name = class_.__name__.lower()
        mine = sa.and_(class_.id == orm.foreign(orm.remote(Address.owner_id)), Address.kind == name)
        back = orm.backref(name, primaryjoin=orm.remote(class_.id) == orm.foreign(Address.owner_id), overlaps="shop")
        class_.addresses = orm.relationship(Address, primaryjoin=mine, backref=back, overlaps="addresses,shop,man")

        @sa.event.listens_for(class_.addresses, "append")
        def name_it(target: Any, value: Any, initiator: Any) -> None:
            value.kind = name

    def make(name: str) -> Any:
        body = {"__tablename__": name.lower(), "id": orm.mapped_column(sa.Integer, primary_key=True)}
        return type(name, (HasAddresses, Base), body)

    Man = make("Man")
    Shop = make("Shop")
    session = log.session(Base.metadata)
    session.add(Man(id=1, addresses=[Address(id=1)]))
    session.add(Shop(id=1, addresses=[Address(id=2)]))
    session.commit()
    log("read", [(one.kind, one.man.id) for one in session.scalars(sa.select(Address).where(Address.kind == "man"))])
    log.dump("address")


@program
def what_a_flush_adds_is_no_change(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Row(Base):
        __tablename__ = "row"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        x = orm.mapped_column(sa.Integer)
        y = orm.mapped_column(sa.Integer, default=4)

    session = log.session(Base.metadata)

    @sa.event.listens_for(session, "after_flush")
    def after_flush(session: Any, context: Any) -> None:
        for one in session.new:
            log("new", {key: tuple(sa.inspect(one).attrs[key].history) for key in ("id", "x", "y")})

    session.add(Row())
    session.flush()
    session.add(Row(x=1))
    session.flush()
    session.add_all([Row(y=2), Row(id=9)])
    session.commit()


@program
def arguments_of_former_times(sa: Any, orm: Any, log: Any) -> None:
    table = sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True))
    with log.raises("select", "Additional keyword arguments are not accepted"):
        sa.select(table.c.id, whereclause=table.c.id == 1)
    with log.raises("mustexist", "not defined"):
        sa.Table("missing", sa.MetaData(), mustexist=True)
    with log.raises("strategy", "unknown strategy"):
        sa.create_engine("sqlite://", strategy="threadlocal")
    with log.raises("convert_unicode", "convert_unicode"):
        sa.create_engine("sqlite://", convert_unicode=True)
    log("copy", table.tometadata(sa.MetaData()).name)


@program
def defaults_that_are_not_fetched(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Row(Base):
        __tablename__ = "row"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        x = orm.mapped_column(sa.Integer)
        y = orm.mapped_column(sa.String, server_default="abc")
        __mapper_args__ = {"eager_defaults": False}

    session = log.session(Base.metadata)
    plain, computed = Row(x=1), Row(x=sa.func.abs(-2))
    session.add(plain)
    session.flush()
    log("plain", plain.y)
    session.add(computed)
    session.flush()
    log("computed", computed.x, computed.y)


@program
def empty_lists_negated(sa: Any, orm: Any, log: Any) -> None:
    table = sa.table("t", sa.column("x", sa.Integer))
    none, some = table.c.x.in_([]), table.c.x.in_([1, 2])
    for dialect in ("sqlite", "postgresql", "mysql"):
        chosen = log.module(f"dialects.{dialect}").dialect()
        for label, condition in (
            ("in", none),
            ("not", ~none),
            ("not not", ~~none),
            ("not in", table.c.x.not_in([])),
            ("some", ~some),
        ):
            compiled = condition.compile(dialect=chosen, compile_kwargs={"literal_binds": True})
            log(f"{dialect} {label}", str(compiled))
    log.text("both", sa.select(table).where(sa.or_(some, ~some)))
