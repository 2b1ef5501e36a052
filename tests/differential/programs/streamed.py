"""Write-only and dynamic relationships: changes, statements, cascades, flush and merge."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def accounts(sa: Any, orm: Any, lazy: str, **options: Any) -> SimpleNamespace:
    """Accounts with entries and tags, whose collections are streamed."""
    base = orm.declarative_base()
    sa.Table(
        "account_tag",
        base.metadata,
        sa.Column("account_id", sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("tag_id", sa.ForeignKey("tag.id"), primary_key=True),
    )

    class Account(base):
        __tablename__ = "account"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(10))
        entries = orm.relationship("Entry", lazy=lazy, order_by="Entry.id", back_populates="account", **options)
        tags = orm.relationship("Tag", secondary="account_tag", lazy=lazy, passive_deletes=True)

    class Entry(base):
        __tablename__ = "entry"
        id = sa.Column(sa.Integer, primary_key=True)
        account_id = sa.Column(sa.ForeignKey("account.id"))
        amount = sa.Column(sa.Integer)
        account = orm.relationship("Account", back_populates="entries")

    class Tag(base):
        __tablename__ = "tag"
        id = sa.Column(sa.Integer, primary_key=True)

    return SimpleNamespace(base=base, Account=Account, Entry=Entry, Tag=Tag)


@program
def write_only_changes(sa: Any, orm: Any, log: Any) -> None:
    m = accounts(sa, orm, "write_only", cascade="all, delete-orphan", passive_deletes=True)
    session = log.session(m.base.metadata)
    session.add(m.Account(id=1, entries=[m.Entry(id=1, amount=5), m.Entry(id=2, amount=6)], tags=[m.Tag(id=1)]))
    session.commit()
    account = session.get(m.Account, 1)
    account.entries.add(m.Entry(id=3, amount=7))
    account.entries.add_all([m.Entry(id=4, amount=8)])
    log("dirty", account in session.dirty, len(session.new))
    session.flush()
    account.entries.remove(session.get(m.Entry, 4))
    session.flush()
    account.tags.add(m.Tag(id=2))
    account.tags.remove(session.get(m.Tag, 1))
    m.Entry(id=5, amount=1, account=account)
    session.flush()
    log("members", [one.id for one in session.scalars(account.entries.select())])
    log("kind", type(account.entries).__name__)
    with log.raises("iteration", "don't support iteration in-place"):
        list(account.entries)
    with log.raises("length", "has no len()"):
        len(account.entries)
    with log.raises("replacement", "does not support implicit iteration"):
        account.entries = []
    session.rollback()
    session.delete(account)
    session.commit()


@program
def write_only_statements(sa: Any, orm: Any, log: Any) -> None:
    m = accounts(sa, orm, "write_only", passive_deletes=True)
    session = log.session(m.base.metadata)
    session.add(m.Account(id=1))
    session.commit()
    account = session.get(m.Account, 1)
    log.text("select", account.entries.select().where(m.Entry.amount > 5))
    log.text("many to many", account.tags.select())
    session.execute(account.entries.insert(), [{"amount": 1}, {"amount": 2}])
    rows = session.scalars(account.entries.insert().returning(m.Entry), [{"amount": 3}, {"amount": 4}]).all()
    log("returned", [(one.account_id, one.amount) for one in rows])
    log("updated", session.execute(account.entries.update().values(amount=m.Entry.amount + 1)).rowcount)
    log("deleted", session.execute(account.entries.delete().where(m.Entry.amount > 3)).rowcount)
    with log.raises("insert", "Write only bulk INSERT only supported for one-to-many collections"):
        account.tags.insert()
    log.text("join", sa.select(m.Account.id).join(m.Account.entries))
    log.text("any", sa.select(m.Account.id).where(m.Account.entries.any(m.Entry.amount > 1)))


@program
def write_only_limits(sa: Any, orm: Any, log: Any) -> None:
    m = accounts(sa, orm, "write_only")
    session = log.session(m.base.metadata)
    session.add(m.Account(id=1, entries=[m.Entry(id=1)]))
    session.commit()
    session.delete(session.get(m.Account, 1))
    with log.raises("delete", "full iteration is not permitted"):
        session.flush()
    session.rollback()
    log("merged", session.merge(m.Account(id=1, name="x")).name)
    base = orm.declarative_base()

    class One(base):
        __tablename__ = "one"
        id = sa.Column(sa.Integer, primary_key=True)
        two_id = sa.Column(sa.ForeignKey("two.id"))
        two = orm.relationship("Two", lazy="write_only")

    class Two(base):
        __tablename__ = "two"
        id = sa.Column(sa.Integer, primary_key=True)

    with log.raises("many to one", "cannot be used with many-to-one"):
        base.registry.configure()
    base.registry.dispose()


@program
def dynamic_queries(sa: Any, orm: Any, log: Any) -> None:
    m = accounts(sa, orm, "dynamic", cascade="all, delete-orphan")
    session = log.session(m.base.metadata)
    session.add(m.Account(id=1, entries=[m.Entry(id=1, amount=5)]))
    session.commit()
    account = session.get(m.Account, 1)
    account.entries.append(m.Entry(id=2, amount=6))
    account.entries.extend([m.Entry(id=3, amount=7)])
    log("all", [one.id for one in account.entries.all()])
    log("filter", [one.id for one in account.entries.filter(m.Entry.amount > 5)])
    log("filter by", account.entries.filter_by(amount=7).one().id)
    log("count", account.entries.count())
    log("items", account.entries[0].id, [one.id for one in account.entries[1:3]])
    account.entries.remove(session.get(m.Entry, 2))
    log("left", [one.id for one in account.entries])
    log("limit", [one.id for one in account.entries.limit(1)])
    log("joined", [one.id for one in account.entries.join(m.Entry.account).filter(m.Account.id == 1)])
    new = m.Account(id=2)
    new.entries.append(m.Entry(id=9))
    log("transient", [one.id for one in new.entries], new.entries.count())
    session.add(new)
    session.flush()


@program
def dynamic_replacement(sa: Any, orm: Any, log: Any) -> None:
    m = accounts(sa, orm, "dynamic")
    session = log.session(m.base.metadata)
    session.add(m.Account(id=1, entries=[m.Entry(id=1), m.Entry(id=2)], tags=[m.Tag(id=1)]))
    session.commit()
    account = session.get(m.Account, 1)
    account.entries = [session.get(m.Entry, 2), m.Entry(id=3)]
    session.commit()
    log("entries", [(one.id, one.account_id) for one in session.scalars(sa.select(m.Entry).order_by(m.Entry.id))])
    log("tags", [one.id for one in account.tags])
