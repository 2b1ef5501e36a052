"""Counted versions: every UPDATE and DELETE of a flush checks and counts."""

from __future__ import annotations

import pytest

from cormorant import Engine, select, text, update
from cormorant.exc import InvalidRequestError
from cormorant.orm import Session
from cormorant.orm.exc import StaleDataError

from .models import Account
from .sent import Sent


@pytest.fixture
def account(session: Session) -> Account:
    account = Account(id=1, owner="ann", balance=100)
    session.add(account)
    session.commit()
    return account


def others_change(engine: Engine) -> None:
    with Session(engine) as other:
        other.get_one(Account, 1).balance += 7
        other.commit()


def balance(session: Session) -> tuple[int, int]:
    return tuple(session.execute(select(Account.balance, Account.version)).one())


def test_versions_count(session: Session, account: Account, sent: Sent) -> None:
    assert account.version == 1
    account.balance = 1
    session.commit()
    assert account.version == 2
    account.balance = 1
    session.commit()
    assert account.version == 2
    assert "version" in sent.starting("UPDATE")[0].split("WHERE")[1]


def test_lost_updates_are_noticed(session: Session, account: Account, tables: Engine) -> None:
    assert (account.balance, account.version) == (100, 1)
    session.expunge(account)
    session.rollback()
    others_change(tables)
    session.add(account)
    account.balance = 0
    with pytest.raises(StaleDataError, match="account"):
        session.commit()
    session.rollback()
    assert balance(session) == (107, 2)


def test_deletes_are_checked_too(session: Session, account: Account, tables: Engine) -> None:
    account.version  # noqa: B018
    session.expunge(account)
    session.rollback()
    others_change(tables)
    session.add(account)
    session.delete(account)
    with pytest.raises((StaleDataError, Warning)):
        session.commit()
    session.rollback()
    assert balance(session) == (107, 2)


def test_batches_check_every_row(session: Session, tables: Engine) -> None:
    accounts = [Account(id=number, owner="x", balance=number) for number in range(1, 30)]
    session.add_all(accounts)
    session.commit()
    for account in accounts:
        account.balance += 1
    session.flush()
    assert {account.version for account in accounts} == {2}
    session.execute(text("UPDATE account SET version = 9 WHERE id = 17"))
    for account in accounts:
        account.balance += 1
    with pytest.raises(StaleDataError):
        session.flush()
    session.rollback()


def test_statements_ignore_versions(session: Session, account: Account) -> None:
    session.execute(update(Account).values(balance=5).execution_options(synchronize_session=False))
    session.commit()
    assert balance(session) == (5, 1)


def test_merge_of_a_stale_copy(session: Session, account: Account, tables: Engine) -> None:
    """SEMANTICS 32 and D1: also when the target is expired, as after every commit."""
    copy = Account(id=1, owner="copy", balance=1, version=1)
    session.rollback()
    others_change(tables)
    with pytest.raises(StaleDataError, match=r"[Vv]ersion"):
        session.merge(copy)
    session.rollback()
    assert balance(session) == (107, 2)
    session.get_one(Account, 1).balance  # noqa: B018
    with pytest.raises(StaleDataError):
        session.merge(copy)
    session.rollback()
    merged = session.merge(Account(id=1, owner="new", version=2))
    session.commit()
    assert (merged.owner, merged.version) == ("new", 3)


def test_merge_without_a_version_updates_the_latest_row(session: Session, account: Account, tables: Engine) -> None:
    session.rollback()
    others_change(tables)
    session.merge(Account(id=1, owner="new"))
    session.commit()
    assert balance(session) == (107, 3)


def test_merge_of_a_copy_of_a_deleted_row(session: Session, account: Account) -> None:
    """D2."""
    account.version  # noqa: B018
    session.expunge(account)
    session.execute(text("DELETE FROM account"))
    session.commit()
    with pytest.raises(StaleDataError):
        session.merge(account)
    session.rollback()
    assert session.scalars(select(Account)).all() == []


def test_merge_without_loading_refuses_dirty_copies(session: Session, account: Account) -> None:
    """D4."""
    account.balance  # noqa: B018
    session.expunge(account)
    account.balance = 5
    session.get_one(Account, 1)
    with pytest.raises(InvalidRequestError):
        session.merge(account, load=False)
    session.rollback()
    assert balance(session) == (100, 1)
