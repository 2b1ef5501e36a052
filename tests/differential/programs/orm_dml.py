# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""INSERT, UPDATE and DELETE of mapped classes through ``session.execute``: rows, and the objects that were in memory.

Each line is a statement, then perhaps parameters and execution options as keywords of ``session.execute``.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

from ..registry import PROGRAMS


@cache
def accounts(sa: Any, orm: Any) -> SimpleNamespace:
    class Base(orm.DeclarativeBase):
        pass

    class Account(Base):
        __tablename__ = "account"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column("acc_name", sa.String(30))
        fullname = orm.mapped_column(sa.String(30))
        count = orm.mapped_column(sa.Integer, default=7)
        changes = orm.mapped_column(sa.Integer, onupdate=9)
        kind = orm.mapped_column(sa.String(30), server_default="plain")
        touched = orm.mapped_column(sa.Integer, onupdate=sa.text("1 + 1"))

    class Employee(Base):
        __tablename__ = "employee"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column(sa.String(30))
        type = orm.mapped_column(sa.String(30))
        __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "employee"}

    class Manager(Employee):
        __tablename__ = "manager"
        id = orm.mapped_column(sa.ForeignKey("employee.id"), primary_key=True)
        title = orm.mapped_column(sa.String(30))
        __mapper_args__ = {"polymorphic_identity": "manager"}

    rows = {
        Account: [
            {"id": number, "acc_name": name, "fullname": f"{name} full", "count": 7}
            for number, name in enumerate(("sandy", "pat", "squid"), 1)
        ],
    }
    return SimpleNamespace(metadata=Base.metadata, Account=Account, Employee=Employee, Manager=Manager, rows=rows)


INSERTS = """
I(A), [{'name': 'a', 'fullname': 'b'}, {'name': 'c', 'fullname': 'd'}]
I(A).returning(A), [{'name': 'a', 'fullname': 'b'}, {'name': 'c', 'fullname': 'd'}]
I(A).returning(A.id, A.name), [{'name': 'a'}, {'name': 'c'}]
I(A).returning(A), [{'name': 'a', 'fullname': 'b'}, {'name': 'c'}, {'name': 'd', 'fullname': 'x', 'kind': 'z'}, {'name': 'f'}]
I(A).execution_options(render_nulls=True), [{'name': 'a', 'fullname': None}, {'name': 'c', 'fullname': 'x'}]
I(A).values(fullname=sa.func.upper('zz')).returning(A), [{'name': 'a'}, {'name': 'b'}]
I(A).values([{'name': 'a'}, {'name': 'b'}])
I(A).values([{'name': 'a', 'fullname': sa.func.lower('Q')}, {'name': 'b', 'fullname': 'x'}]).returning(A)
I(A).values(name='x', fullname='y')
I(A).values(name='x').returning(A)
I(A).values({A.name: 'a'})
I(A).values(nope='a')
I(A), [{'nope': 'a'}]
I(A), [{'acc_name': 'a'}]
I(A).values(name=sa.bindparam('x')), {'x': 'bound'}
I(A).values(name=sa.bindparam('x')), [{'x': 'one'}, {'x': 'two'}]
I(A).execution_options(dml_strategy='raw'), [{'acc_name': 'raw'}]
I(E).returning(E), [{'name': 'm', 'type': 'employee'}, {'name': 'm2'}]
"""

CHANGES = """
U(A), [{'id': 1, 'name': 'n1'}, {'id': 3, 'name': 'n3'}]
U(A), [{'id': 1, 'name': 'n1'}, {'id': 3, 'fullname': 'n3'}]
U(A), [{'name': 'n1'}]
U(A), [{'id': 77, 'name': 'n1'}]
U(A), [{'id': 1, 'nope': 'n1'}]
U(A), []
U(A).where(A.name == sa.bindparam('q')), [{'id': 1, 'q': 'sandy', 'name': 'n1'}]
U(A), [{'id': 1, 'name': 'n1'}], synchronize_session=False
U(A), [{'id': 1, 'name': 'n1'}], synchronize_session='fetch'
U(A).where(A.name.in_(['sandy', 'pat'])).values(fullname='Z')
U(A).where(A.name.in_(['sandy', 'pat'])).values(fullname='Z'), synchronize_session='evaluate'
U(A).where(A.name.in_(['sandy', 'pat'])).values(fullname='Z'), synchronize_session='fetch'
U(A).where(A.name.in_(['sandy', 'pat'])).values(fullname='Z'), synchronize_session=False
U(A).where(A.id > 1).values(count=A.count + 1)
U(A).where(A.id > 1).values(count=A.count + 1), synchronize_session='fetch'
U(A).where(sa.func.lower(A.name) == 'sandy').values(fullname='Z')
U(A).where(sa.func.lower(A.name) == 'sandy').values(fullname='Z'), synchronize_session='evaluate'
U(A).where(A.id == 1).values(fullname=sa.func.upper('q'))
U(A).where(A.id == 1).values(fullname='q').returning(A)
U(A).where(A.id == 1).values(fullname='q').returning(A), populate_existing=True
U(A).where(A.id == 1).values(id=11)
U(A).where(A.name == None).values(fullname='q')
U(A).where(A.name.like('s%')).values(fullname='q'), synchronize_session='evaluate'
U(A).where(A.name.startswith('s')).values(fullname='q'), synchronize_session='evaluate'
U(A).where(sa.or_(A.id == 1, ~(A.name == 'pat'))).values(fullname='q'), synchronize_session='evaluate'
U(A).values(nope=1)
D(A).where(A.name == 'pat')
D(A).where(A.name == 'pat'), synchronize_session='evaluate'
D(A).where(A.name == 'pat'), synchronize_session='fetch'
D(A).where(A.name == 'pat'), synchronize_session=False
D(A).where(A.name == 'pat').returning(A.id)
D(A).where(sa.func.lower(A.name) == 'pat')
D(A)
D(A), [{'id': 1}]
D(A).where(A.id == sa.bindparam('x')), [{'x': 1}, {'x': 2}]
sa.select(A).from_statement(U(A).values(fullname='R').returning(A))
sa.select(A).from_statement(U(A).values(fullname='R').returning(A)), populate_existing=True
sa.select(A).from_statement(D(A).where(A.id == 1).returning(A))
sa.select(A).from_statement(I(A).values([{'name': 'i1'}, {'name': 'i2'}]).returning(A))
U(M).where(M.title == 'x').values(title='y')
U(M).where(M.name == 'x').values(title='y')
"""


def add(source: str) -> None:
    code = compile(f"run({source})", f"<{source}>", "eval")

    def program(sa: Any, orm: Any, log: Any) -> None:
        models = accounts(sa, orm)
        session = log.session(models.metadata, models.rows)
        held = session.scalars(sa.select(models.Account).order_by(models.Account.id)).all()

        def run(statement: Any, params: Any = None, **options: Any) -> None:
            result = session.execute(statement, params, execution_options=options)
            if ".returning(" in source:
                found = result.all()
                log("rows", [tuple(row) for row in found])

        with log.raises("execute"):
            eval(code, {"sa": sa, "A": models.Account, "E": models.Employee, "M": models.Manager, "run": run,
                        "I": sa.insert, "U": sa.update, "D": sa.delete})  # fmt: skip
        for obj in held:
            values = {key: value for key, value in sorted(obj.__dict__.items()) if not key.startswith("_sa")}
            log("held", values, obj in session, sorted(sa.inspect(obj).expired_attributes))
        log.sets(session)
        session.commit()
        log.dump("account", "employee")

    PROGRAMS[f"orm_dml.{source}"] = program


for _source in (INSERTS + CHANGES).strip().splitlines():
    if _source:
        add(_source)
