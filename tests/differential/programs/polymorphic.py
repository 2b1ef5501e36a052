"""Loading hierarchies: with_polymorphic(), selectin_polymorphic(), polymorphic_load, of_type(), discriminators."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def company(sa: Any, orm: Any, **employee_args: Any) -> SimpleNamespace:
    """Companies with employees: managers with paperwork, engineers, and bosses, who are managers."""
    base = orm.declarative_base()

    class Company(base):
        __tablename__ = "company"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        employees = orm.relationship("Employee", order_by="Employee.id", back_populates="company")

    class Employee(base):
        __tablename__ = "employee"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        type = sa.Column(sa.String(20))
        company_id = sa.Column(sa.ForeignKey("company.id"))
        company = orm.relationship("Company", back_populates="employees")
        __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "employee", **employee_args}

    class Manager(Employee):
        __tablename__ = "manager"
        id = sa.Column(sa.ForeignKey("employee.id"), primary_key=True)
        manager_name = sa.Column(sa.String(20))
        paperwork = orm.relationship("Paperwork", order_by="Paperwork.id")
        __mapper_args__ = {"polymorphic_identity": "manager"}

    class Boss(Manager):
        __tablename__ = "boss"
        id = sa.Column(sa.ForeignKey("manager.id"), primary_key=True)
        golf = sa.Column(sa.Integer)
        __mapper_args__ = {"polymorphic_identity": "boss"}

    class Engineer(Employee):
        __tablename__ = "engineer"
        id = sa.Column(sa.ForeignKey("employee.id"), primary_key=True)
        info = sa.Column(sa.String(20))
        __mapper_args__ = {"polymorphic_identity": "engineer"}

    class Paperwork(base):
        __tablename__ = "paperwork"
        id = sa.Column(sa.Integer, primary_key=True)
        manager_id = sa.Column(sa.ForeignKey("manager.id"))
        name = sa.Column(sa.String(20))

    rows = {
        Company.__table__: [{"id": 1, "name": "c1"}, {"id": 2, "name": "c2"}],
        Employee.__table__: [
            {"id": 1, "name": "m", "type": "manager", "company_id": 1},
            {"id": 2, "name": "b", "type": "boss", "company_id": 1},
            {"id": 3, "name": "e", "type": "engineer", "company_id": 1},
            {"id": 4, "name": "x", "type": "employee", "company_id": 2},
        ],
        Manager.__table__: [{"id": 1, "manager_name": "M"}, {"id": 2, "manager_name": "B"}],
        Boss.__table__: [{"id": 2, "golf": 7}],
        Engineer.__table__: [{"id": 3, "info": "E"}],
        Paperwork.__table__: [{"id": 1, "manager_id": 1, "name": "p1"}, {"id": 2, "manager_id": 1, "name": "p2"}],
    }
    return SimpleNamespace(
        base=base, Company=Company, Employee=Employee, Manager=Manager, Boss=Boss, Engineer=Engineer,
        Paperwork=Paperwork, rows=rows,
    )  # fmt: skip


def loaded(log: Any, models: Any, title: str, statement: Any) -> None:
    """Execute in a new session and log what each object holds."""
    with log.raises(title):
        session = log.session(models.base.metadata, models.rows)
        for row in session.execute(statement).unique():
            log(title, [(type(item).__name__, held(item)) if hasattr(item, "__dict__") else item for item in row])


def held(item: Any) -> dict[str, Any]:
    """Return what an object holds, related objects by name and key."""
    return {key: shown(value) for key, value in sorted(item.__dict__.items()) if key != "_sa_instance_state"}


def shown(value: Any) -> Any:
    if isinstance(value, list):
        return [shown(one) for one in value]
    return (type(value).__name__, value.id) if hasattr(value, "_sa_instance_state") else value


@program
def with_polymorphic_forms(sa: Any, orm: Any, log: Any) -> None:
    m = company(sa, orm)
    plain = orm.with_polymorphic(m.Employee, [m.Engineer, m.Manager])
    for title, entity in (
        ("list", plain),
        ("every", orm.with_polymorphic(m.Employee, "*")),
        ("flat", orm.with_polymorphic(m.Employee, "*", flat=True)),
        ("aliased", orm.with_polymorphic(m.Employee, [m.Manager], aliased=True)),
        ("inner", orm.with_polymorphic(m.Employee, [m.Boss], innerjoin=True)),
        ("below", orm.with_polymorphic(m.Manager, "*")),
        ("named", orm.with_polymorphic(m.Employee, "*", flat=True, name="emp")),
    ):
        loaded(log, m, title, sa.select(entity).order_by(entity.id))
    where = sa.or_(plain.Manager.manager_name == "M", plain.Engineer.info == "E")
    loaded(log, m, "where", sa.select(plain).where(where).order_by(plain.id))
    log.text("columns", sa.select(plain.name, plain.Manager.manager_name))
    log("entity", str(sa.inspect(plain)), [one.class_.__name__ for one in sa.inspect(plain).with_polymorphic_mappers])
    with log.raises("stranger", "does not inherit from"):
        orm.with_polymorphic(m.Employee, [m.Company])
    with log.raises("both", "cannot be passed simultaneously"):
        orm.with_polymorphic(m.Employee, "*", flat=True, selectable=m.Employee.__table__)


@program
def joins_to_hierarchies(sa: Any, orm: Any, log: Any) -> None:
    m = company(sa, orm)
    plain, flat = orm.with_polymorphic(m.Employee, "*"), orm.with_polymorphic(m.Employee, "*", flat=True)
    log.text(
        "entity", sa.select(m.Company).join(m.Company.employees.of_type(plain)).where(plain.Manager.manager_name == "M")
    )
    log.text(
        "subclass",
        sa.select(m.Company).join(m.Company.employees.of_type(m.Manager)).where(m.Manager.manager_name == "M"),
    )
    log.text("target", sa.select(m.Company.name, flat.name).join(flat, m.Company.employees))
    log.text("outer", sa.select(m.Company.name, flat.name).outerjoin(m.Company.employees.of_type(flat)))
    log.text(
        "any", sa.select(m.Company).where(m.Company.employees.of_type(m.Manager).any(m.Manager.manager_name == "M"))
    )
    log.text(
        "any entity", sa.select(m.Company).where(m.Company.employees.of_type(plain).any(plain.Engineer.info == "E"))
    )
    log.text("alias", sa.select(orm.aliased(m.Manager)))
    log.text("flat alias", sa.select(orm.aliased(m.Manager, flat=True)))
    log.text("count", sa.select(sa.func.count(m.Manager.id)))
    log.text("max", sa.select(m.Company.id, sa.select(sa.func.max(m.Manager.id)).scalar_subquery()))


@program
def eager_loading_of_hierarchies(sa: Any, orm: Any, log: Any) -> None:
    m = company(sa, orm)
    plain, flat = orm.with_polymorphic(m.Employee, "*"), orm.with_polymorphic(m.Employee, "*", flat=True)
    employees = m.Company.employees
    everything = sa.select(m.Company).order_by(m.Company.id)
    loaded(
        log, m, "sub selectin", sa.select(plain).options(orm.selectinload(plain.Manager.paperwork)).order_by(plain.id)
    )
    loaded(log, m, "sub joined", sa.select(plain).options(orm.joinedload(plain.Manager.paperwork)).order_by(plain.id))
    loaded(
        log,
        m,
        "joined",
        everything.options(orm.joinedload(employees.of_type(flat)).selectinload(flat.Manager.paperwork)),
    )
    loaded(log, m, "joined unaliased", everything.options(orm.joinedload(employees.of_type(plain))))
    loaded(log, m, "joined class", everything.options(orm.joinedload(employees.of_type(m.Manager))))
    loaded(
        log,
        m,
        "selectin",
        everything.options(orm.selectinload(employees.of_type(plain)).joinedload(plain.Manager.paperwork)),
    )
    loaded(log, m, "selectin class", everything.options(orm.selectinload(employees.of_type(m.Engineer))))
    loaded(log, m, "subquery", everything.options(orm.subqueryload(employees.of_type(plain))))
    loaded(
        log,
        m,
        "contains",
        everything.join(employees.of_type(flat)).options(orm.contains_eager(employees.of_type(flat))),
    )
    loaded(
        log,
        m,
        "columns",
        sa.select(plain).options(orm.defer(plain.Manager.manager_name), orm.load_only(plain.Engineer.info)),
    )


@program
def selectin_polymorphic_options(sa: Any, orm: Any, log: Any) -> None:
    m = company(sa, orm)
    statement = sa.select(m.Employee).order_by(m.Employee.id)
    both = orm.selectin_polymorphic(m.Employee, [m.Manager, m.Engineer])
    loaded(log, m, "both", statement.options(both))
    loaded(log, m, "boss", statement.options(orm.selectin_polymorphic(m.Employee, [m.Boss])))
    loaded(log, m, "line", statement.options(orm.selectin_polymorphic(m.Employee, [m.Boss, m.Manager])))
    loaded(log, m, "beside", statement.options(both, orm.selectinload(m.Manager.paperwork)))
    loaded(log, m, "below", statement.options(both.options(orm.joinedload(m.Manager.paperwork))))
    loaded(log, m, "defer", statement.options(both, orm.defer(m.Manager.manager_name)))
    loaded(log, m, "alone", statement.options(orm.selectinload(m.Manager.paperwork)))
    related = sa.select(m.Company).options(orm.selectinload(m.Company.employees).selectin_polymorphic([m.Manager]))
    loaded(log, m, "related", related)
    with log.raises("root", "does not link"):
        orm.Load(m.Employee).selectinload(m.Manager.paperwork)


@program
def polymorphic_load_of_mappers(sa: Any, orm: Any, log: Any) -> None:
    m = company(sa, orm, with_polymorphic="*")
    loaded(log, m, "every", sa.select(m.Employee).order_by(m.Employee.id))
    loaded(log, m, "related", sa.select(m.Company).options(orm.joinedload(m.Company.employees)))
    loaded(
        log,
        m,
        "limit",
        sa.select(m.Employee).options(orm.joinedload(m.Employee.company)).order_by(m.Employee.id).limit(1),
    )
    for title, statement in (
        ("column", sa.select(m.Employee.name)),
        ("alias", sa.select(orm.aliased(m.Employee))),
        ("subclass", sa.select(m.Manager)),
        ("count", sa.select(sa.func.count()).select_from(m.Employee)),
        ("update", sa.update(m.Employee).values(name="x")),
    ):
        log.text(title, statement)
    session = log.session(m.base.metadata, m.rows)
    found = session.get(m.Employee, 2)
    session.expire(found)
    log("expired", found.name, held(found))
    session.refresh(found)
    log("refreshed", held(found))


@program
def inline_and_selectin(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Node(base):
        __tablename__ = "node"
        id = sa.Column(sa.Integer, primary_key=True)
        kind = sa.Column(sa.String(10))
        __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "node"}

    class Leaf(Node):
        __tablename__ = "leaf"
        id = sa.Column(sa.ForeignKey("node.id"), primary_key=True)
        size = sa.Column(sa.Integer)
        late = orm.deferred(sa.Column(sa.Integer))
        __mapper_args__ = {"polymorphic_identity": "leaf", "polymorphic_load": "selectin"}

    class Red(Leaf):
        __tablename__ = "red"
        id = sa.Column(sa.ForeignKey("leaf.id"), primary_key=True)
        tone = sa.Column(sa.Integer)
        __mapper_args__ = {"polymorphic_identity": "red", "polymorphic_load": "selectin"}

    class Branch(Node):
        __tablename__ = "branch"
        id = sa.Column(sa.ForeignKey("node.id"), primary_key=True)
        length = sa.Column(sa.Integer)
        __mapper_args__ = {"polymorphic_identity": "branch", "polymorphic_load": "inline"}

    class Flat(Node):
        area = sa.Column(sa.Integer)
        __mapper_args__ = {"polymorphic_identity": "flat", "polymorphic_load": "inline"}

    rows = {
        Node.__table__: [
            {"id": n, "kind": kind, "area": None} for n, kind in enumerate(("node", "leaf", "red", "branch", "flat"), 1)
        ],
        Leaf.__table__: [{"id": 2, "size": 1, "late": 2}, {"id": 3, "size": 3, "late": 4}],
        Red.__table__: [{"id": 3, "tone": 5}],
        Branch.__table__: [{"id": 4, "length": 6}],
    }
    models = SimpleNamespace(base=base, rows=rows)
    loaded(log, models, "node", sa.select(Node).order_by(Node.id))
    loaded(log, models, "leaf", sa.select(Leaf).order_by(Leaf.id))
    with log.raises("unknown", "unknown argument for polymorphic_load"):

        class Odd(Node):
            __mapper_args__ = {"polymorphic_identity": "odd", "polymorphic_load": "later"}


@program
def discriminators_of_all_kinds(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class One(base):
        __tablename__ = "one"
        id = sa.Column(sa.Integer, primary_key=True)
        kind = sa.Column(sa.String(10))
        __mapper_args__ = {
            "polymorphic_on": sa.case((kind == "M", "manager"), else_="other"),
            "polymorphic_identity": "other",
        }

    class OneManager(One):
        size = sa.Column(sa.Integer)
        __mapper_args__ = {"polymorphic_identity": "manager"}

    class Two(base):
        __tablename__ = "two"
        id = sa.Column(sa.Integer, primary_key=True)
        kind = sa.Column(sa.String(10))
        told = orm.column_property(sa.case((kind == "M", "manager"), else_="other"))
        __mapper_args__ = {"polymorphic_on": told, "polymorphic_identity": "other"}

    class TwoManager(Two):
        __tablename__ = "two_manager"
        id = sa.Column(sa.ForeignKey("two.id"), primary_key=True)
        __mapper_args__ = {"polymorphic_identity": "manager"}

    rows = {
        One.__table__: [{"id": 1, "kind": "M", "size": 1}, {"id": 2, "kind": "Q", "size": None}],
        Two.__table__: [{"id": 1, "kind": "M"}, {"id": 2, "kind": "Q"}],
        TwoManager.__table__: [{"id": 1}],
    }
    models = SimpleNamespace(base=base, rows=rows)
    for entity in (One, OneManager, Two, TwoManager):
        loaded(log, models, entity.__name__, sa.select(entity))
    log("attributes", list(sa.inspect(One).attrs.keys()), list(sa.inspect(Two).attrs.keys()))


@program
def rows_of_no_class(sa: Any, orm: Any, log: Any) -> None:
    m = company(sa, orm)
    session = log.session(m.base.metadata, m.rows)
    session.execute(sa.update(m.Employee.__table__).where(m.Employee.__table__.c.id == 4).values(type=None))
    with log.raises("null", "is NULL"):
        session.scalars(sa.select(m.Employee)).all()
    session.execute(sa.update(m.Employee.__table__).where(m.Employee.__table__.c.id == 4).values(type="zz"))
    with log.raises("unknown", "No such polymorphic_identity 'zz' is defined"):
        session.scalars(sa.select(m.Employee)).all()


@program
def one_table_for_all(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Company(base):
        __tablename__ = "company"
        id = sa.Column(sa.Integer, primary_key=True)
        managers = orm.relationship("Manager", back_populates="company")

    class Employee(base):
        __tablename__ = "employee"
        id = sa.Column(sa.Integer, primary_key=True)
        kind = sa.Column(sa.String(10))
        __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "employee"}

    class Manager(Employee):
        company_id = sa.Column(sa.ForeignKey("company.id"))
        company = orm.relationship("Company", back_populates="managers")
        __mapper_args__ = {"polymorphic_identity": "manager"}

    log.text("mentioned", sa.select(Employee).where(Manager.company_id == 3))
    log.text("alias mentioned", sa.select(Employee).where(orm.aliased(Manager).company_id == 3))
    log.text("count", sa.select(sa.func.count(Manager.id)))
    log.text("join", sa.select(Company).join(Company.managers))
    log.text("outer join", sa.select(Company).outerjoin(Company.managers))
    log("type", Employee.__table__.c.company_id.type)
    rows = {Company.__table__: [{"id": 1}], Employee.__table__: [{"id": 1, "kind": "manager", "company_id": 1}]}
    session = log.session(base.metadata, rows)
    for load in (orm.joinedload, orm.selectinload, orm.subqueryload, orm.lazyload):
        session.expunge_all()
        found = session.scalars(sa.select(Company).options(load(Company.managers))).unique()
        log(load.__name__, [len(one.managers) for one in found])
