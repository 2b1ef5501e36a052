"""Concrete hierarchies read from a UNION, abstract members, classes mapped to joins and subqueries."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program
from .polymorphic import loaded


@program
def base_with_a_table(sa: Any, orm: Any, log: Any) -> None:
    declarative = log.module("ext.declarative")
    base = orm.declarative_base()

    class Company(base):
        __tablename__ = "company"
        id = sa.Column(sa.Integer, primary_key=True)
        employees = orm.relationship("Employee", back_populates="company", order_by="Employee.name")

    class Employee(declarative.ConcreteBase, base):
        __tablename__ = "employee"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        company_id = sa.Column(sa.ForeignKey("company.id"))
        company = orm.relationship("Company", back_populates="employees")
        __mapper_args__ = {"polymorphic_identity": "employee", "concrete": True}

    class Manager(Employee):
        __tablename__ = "manager"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        data = sa.Column(sa.String(20))
        company_id = sa.Column(sa.ForeignKey("company.id"))
        company = orm.relationship("Company", back_populates="employees")
        __mapper_args__ = {"polymorphic_identity": "manager", "concrete": True}

    rows = {
        Company.__table__: [{"id": 1}],
        Employee.__table__: [{"id": 1, "name": "e", "company_id": 1}],
        Manager.__table__: [{"id": 1, "name": "m", "data": "d", "company_id": 1}],
    }
    models = SimpleNamespace(base=base, rows=rows)
    log.text("column", sa.select(Employee.name).where(Employee.id == 5))
    loaded(log, models, "all", sa.select(Employee).order_by(Employee.name))
    loaded(log, models, "subclass", sa.select(Manager))
    loaded(log, models, "alias", sa.select(orm.aliased(Employee)))
    for option in (orm.joinedload, orm.selectinload):
        loaded(log, models, "related", sa.select(Company).options(option(Company.employees)))
    session = log.session(base.metadata, rows)
    manager = session.scalars(sa.select(Manager)).one()
    manager.name = "changed"
    session.commit()
    log("same", session.scalars(sa.select(Employee).where(Employee.name == "changed")).one() is manager)
    session.delete(manager)
    session.commit()
    log(
        "mappers",
        [
            (sa.inspect(one).base_mapper.class_.__name__, sorted(sa.inspect(one).polymorphic_map))
            for one in (Employee, Manager)
        ],
    )


@program
def base_without_a_table(sa: Any, orm: Any, log: Any) -> None:
    declarative = log.module("ext.declarative")
    base = orm.declarative_base()

    class Company(base):
        __tablename__ = "company"
        id = sa.Column(sa.Integer, primary_key=True)

    class Employee(declarative.AbstractConcreteBase, base):
        strict_attrs = True
        name = sa.Column(sa.String(20))

        @orm.declared_attr
        def company_id(cls) -> Any:
            return sa.Column(sa.ForeignKey("company.id"))

        @orm.declared_attr
        def company(cls) -> Any:
            return orm.relationship("Company")

    class Manager(Employee):
        __tablename__ = "manager"
        id = sa.Column(sa.Integer, primary_key=True)
        data = sa.Column(sa.String(20))
        __mapper_args__ = {"polymorphic_identity": "manager", "concrete": True}

    class Engineer(Employee):
        __tablename__ = "engineer"
        id = sa.Column(sa.Integer, primary_key=True)
        info = sa.Column(sa.String(20))
        __mapper_args__ = {"polymorphic_identity": "engineer", "concrete": True}

    base.registry.configure()
    rows = {
        Company.__table__: [{"id": 1}],
        Manager.__table__: [{"id": 1, "name": "m", "data": "d", "company_id": 1}],
        Engineer.__table__: [{"id": 1, "name": "e", "info": "i", "company_id": None}],
    }
    models = SimpleNamespace(base=base, rows=rows)
    loaded(log, models, "all", sa.select(Employee).order_by(Employee.name))
    loaded(log, models, "some", sa.select(Employee).where(Employee.name == "m"))
    loaded(log, models, "subclass", sa.select(Manager))
    log("attributes", sorted(sa.inspect(Employee).attrs.keys()), sorted(sa.inspect(Manager).attrs.keys()))


@program
def unions_by_hand(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    one = sa.Table("one", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.String(5)))
    two = sa.Table("two", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("b", sa.Integer))
    log.text("typed", sa.select(orm.polymorphic_union({"one": one, "two": two}, "type", "both")))
    log.text("untyped", sa.select(orm.polymorphic_union({"one": one, "two": two}, "type", cast_nulls=False)))
    log.text("untold", sa.select(orm.polymorphic_union({"one": one, "two": two}, None)))


@program
def attributes_of_the_parent_alone(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class One(base):
        __tablename__ = "one"
        id = sa.Column(sa.Integer, primary_key=True)
        x = sa.Column(sa.Integer)
        y = sa.Column(sa.Integer)

    class Two(One):
        __tablename__ = "two"
        id = sa.Column(sa.Integer, primary_key=True)
        x = sa.Column(sa.Integer)
        __mapper_args__ = {"concrete": True}

    log.text("two", sa.select(Two))
    log("attributes", sorted(sa.inspect(Two).attrs.keys()), str(Two.y))
    with log.raises("read", "does not implement attribute 'y' at the instance level"):
        Two().y  # noqa: B018
    with log.raises("write", "does not implement attribute 'y' at the instance level"):
        Two().y = 3
    with log.raises("no key", "Can't determine the inherit condition between inherited table"):

        class Three(One):
            __tablename__ = "three"
            id = sa.Column(sa.Integer, primary_key=True)


@program
def abstract_members(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Employee(base):
        __tablename__ = "employee"
        id = sa.Column(sa.Integer, primary_key=True)
        kind = sa.Column(sa.String(10))
        __mapper_args__ = {"polymorphic_on": kind}

    class Executive(Employee):
        share = sa.Column(sa.Integer)
        __mapper_args__ = {"polymorphic_abstract": True}

    class Manager(Executive):
        __mapper_args__ = {"polymorphic_identity": "manager"}

    class Admin(Employee):
        __mapper_args__ = {"polymorphic_identity": "admin"}

    log.text("abstract", sa.select(Executive))
    with log.raises("instance", "mapper is marked polymorphic_abstract=True"):
        Executive(share=1)
    session = log.session(base.metadata)
    session.add_all([Manager(id=1, share=2), Admin(id=2)])
    session.commit()
    session.expunge_all()
    log("found", [type(one).__name__ for one in session.scalars(sa.select(Executive))])
    session.add(Manager(id=3, kind="admin"))
    session.flush()

    class Unnamed(Employee):
        pass

    with log.raises("useless", "which includes the Mapper.polymorphic_on parameter"):

        class Other(base):
            __tablename__ = "other"
            id = sa.Column(sa.Integer, primary_key=True)
            __mapper_args__ = {"polymorphic_abstract": True}

        base.registry.configure()


@program
def mapped_to_a_join(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()
    users = sa.Table(
        "users", base.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(10))
    )
    emails = sa.Table(
        "emails",
        base.metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.ForeignKey("users.id")),
        sa.Column("email", sa.String(10)),
    )

    class UserEmail(base):
        __table__ = users.join(emails)
        id = orm.column_property(users.c.id, emails.c.user_id)
        email_id = emails.c.id

    class Count(base):
        __table__ = (
            sa.select(users.c.id, sa.func.count(emails.c.id).label("total"))
            .join(emails)
            .group_by(users.c.id)
            .subquery()
        )
        __mapper_args__ = {"primary_key": [__table__.c.id]}

    session = log.session(base.metadata)
    made = UserEmail(name="n", email="e")
    session.add(made)
    session.commit()
    log("keys", made.id, made.email_id, sa.inspect(made).identity)
    made.name, made.email = "nn", "ee"
    session.commit()
    log("count", [(one.id, one.total) for one in session.scalars(sa.select(Count).where(Count.total > 0))])
    session.delete(made)
    session.commit()
