"""Classes mapped to joins, subqueries, aliases and tables without a key; columns that share an attribute."""

from __future__ import annotations

from typing import Any

from ..registry import program


@program
def joins_and_their_writes(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    users = sa.Table("user", Base.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String))
    addresses = sa.Table(
        "address",
        Base.metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.ForeignKey("user.id")),
        sa.Column("email", sa.String),
    )
    with log.raises("two columns of one name", "Implicitly combining column"):
        type("Unclear", (Base,), {"__table__": sa.join(users, addresses)})

    class Both(Base):
        __table__ = sa.join(users, addresses)
        id = orm.column_property(users.c.id, addresses.c.user_id)
        address_id = addresses.c.id

    log.text("grouped", sa.select(Both.name).group_by(*Both.id.expressions))
    session = log.session(Base.metadata)
    session.add(Both(name="a", email="e"))
    session.commit()
    both = session.get(Both, (1, 1))
    both.name, both.email = "b", "f"
    session.commit()
    session.delete(both)
    session.commit()
    log.dump("user", "address")


@program
def subqueries_and_aliases(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    customers = sa.Table(
        "customers", Base.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String)
    )
    orders = sa.Table(
        "orders",
        Base.metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("price", sa.Integer),
        sa.Column("customer_id", sa.ForeignKey("customers.id")),
    )
    sums = (
        sa.select(sa.func.sum(orders.c.price).label("total"), orders.c.customer_id)
        .group_by(orders.c.customer_id)
        .subquery()
    )
    rows = sa.select(customers, sums).join_from(customers, sums, customers.c.id == sums.c.customer_id).subquery()

    class Customer(Base):
        __table__ = rows

    class Named(Base):
        __table__ = customers.alias("named")

    class Total(Base):
        __table__ = sums
        __mapper_args__ = {"primary_key": [sums.c.customer_id]}

    session = log.session(Base.metadata)
    session.add(Customer(name="a"))
    session.add(Named(name="b"))
    session.add(Total(customer_id=5))
    session.commit()
    session.execute(orders.insert(), [{"price": 2, "customer_id": 1}, {"price": 3, "customer_id": 1}])
    customer = session.scalars(sa.select(Customer)).one()
    log("read", customer.name, customer.total)
    customer.name, customer.total = "c", 9
    session.commit()
    named = session.get(Named, 2)
    named.name = "d"
    session.commit()
    session.delete(customer)
    session.delete(named)
    session.commit()
    log.dump("customers")


@program
def keys_chosen_by_the_program(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    rows = sa.Table(
        "rows", Base.metadata, sa.Column("a", sa.Integer), sa.Column("b", sa.String), sa.Column("x", sa.Integer)
    )

    class Row(Base):
        __table__ = rows
        __mapper_args__ = {"primary_key": [rows.c.a, rows.c.b]}

    session = log.session(Base.metadata)
    session.add_all([Row(a=1, b="x", x=1), Row(a=1, b="y", x=2), Row(a=2, b="x", x=3)])
    session.commit()
    row = session.get(Row, (1, "y"))
    row.x = 9
    session.commit()
    session.delete(row)
    session.execute(sa.update(Row), [{"a": 1, "b": "x", "x": 7}])
    session.commit()
    log.dump("rows")
    with log.raises("no key in the second table", "could not assemble any primary key columns"):
        other = sa.Table("other", Base.metadata, sa.Column("of", sa.ForeignKey("plain.k")))
        plain = sa.Table("plain", Base.metadata, sa.Column("k", sa.Integer))
        parent = type("Plain", (Base,), {"__table__": plain, "__mapper_args__": {"primary_key": [plain.c.k]}})
        type("Other", (parent,), {"__table__": other})


@program
def columns_that_share_an_attribute(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Parent(Base):
        __tablename__ = "parent"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        same = orm.mapped_column(sa.Integer)
        told = orm.mapped_column(sa.Integer)

    class Child(Parent):
        __tablename__ = "child"
        id = orm.mapped_column(sa.ForeignKey("parent.id"), primary_key=True)
        same = orm.mapped_column(sa.Integer)
        told = orm.column_property(sa.Column("told", sa.Integer), Parent.told)

    log.text("child", sa.select(Child))
    log("columns", [str(column) for column in Child.__mapper__.attrs.told.columns])
    session = log.session(Base.metadata)
    session.add(Child(same=1, told=2))
    session.commit()
    log.dump("parent", "child")


@program
def text_in_lists_of_columns(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Target(Base):
        __tablename__ = "target"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        one = orm.mapped_column(sa.ForeignKey("owner.id"))
        two = orm.mapped_column(sa.ForeignKey("owner.id"))

    class Owner(Base):
        __tablename__ = "owner"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        targets = orm.relationship("Target", foreign_keys=["Target.one"])

    with log.raises("a list of text", "Column expression expected for argument 'foreign_keys'; got 'Target.one'"):
        Base.registry.configure()


@program
def relationships_of_new_objects(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    class Target(Base):
        __tablename__ = "target"
        id = orm.mapped_column(sa.Integer, primary_key=True)

    class Owner(Base):
        __tablename__ = "owner"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        target_id = orm.mapped_column(sa.ForeignKey("target.id"))
        target = orm.relationship("Target", load_on_pending=True)

    session = log.session(Base.metadata, {Target: [{"id": 7}]})
    owner = Owner(target_id=7)
    session.add(owner)
    log("loaded without a flush", owner.target.id, owner in session.new)
    session.commit()
    session.add_all([Target(id=7)])
    with log.raises("key present"):
        session.commit()
    with log.raises("begin", "A transaction is already begun on this Session."):
        session.begin()
