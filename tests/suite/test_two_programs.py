"""The two programs this library exists for (SEMANTICS, part 1), in declarative and in imperative style."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from cormorant import *  # noqa: F403 - what a program in the imperative style writes
from cormorant.exc import IntegrityError, SAWarning
from cormorant.orm import *  # noqa: F403
from cormorant.orm.exc import FlushError

from .sent import Sent


class Base(DeclarativeBase):  # noqa: F405
    pass


class DeclaredProduct(Base):
    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)  # noqa: F405
    name: Mapped[str | None] = mapped_column(String(40))  # noqa: F405
    price: Mapped[int | None]  # noqa: F405


def declarative() -> Any:
    return DeclaredProduct


def imperative() -> Any:
    """A class and a table, brought together by the plain function."""

    class Product:
        def __init__(self, id: int | None = None, name: str | None = None) -> None:
            if id is not None:
                self.id = id
            if name is not None:
                self.name = name

    product_table = Table(  # noqa: F405
        "product",
        MetaData(),  # noqa: F405
        Column("id", Integer, primary_key=True),  # noqa: F405
        Column("name", String(40)),  # noqa: F405
        Column("price", Integer),  # noqa: F405
    )
    mapper(Product, product_table)  # noqa: F405
    return Product


class Shop(NamedTuple):
    Product: Any
    session: Any

    def count(self) -> int:
        return self.session.scalar(select(func.count()).select_from(self.Product))  # noqa: F405


@pytest.fixture(params=[declarative, imperative], ids=["declarative", "imperative"])
def shop(request: pytest.FixtureRequest, engine: Any) -> Iterator[Shop]:
    Product = request.param()
    inspect(Product).local_table.create(engine)  # noqa: F405
    session = sessionmaker(bind=engine)()  # noqa: F405
    session.add(Product(id=1, name="first"))
    session.commit()
    yield Shop(Product, session)
    session.close()


def test_a_conflict_of_identities(shop: Shop) -> None:
    first = shop.session.get(shop.Product, 1)
    shop.session.add(shop.Product(id=1, name="second"))
    with (
        pytest.warns(SAWarning, match=r"New instance .* conflicts with persistent instance"),
        pytest.raises(IntegrityError),
    ):
        shop.session.flush()
    shop.session.rollback()
    assert shop.session.get(shop.Product, 1) is first
    assert (first.name, shop.count()) == ("first", 1)


def test_the_warning_names_both(shop: Shop) -> None:
    first = shop.session.get(shop.Product, 1)
    shop.session.add(shop.Product(id=1))
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        with pytest.raises(IntegrityError):
            shop.session.flush()
    (warning,) = [one for one in seen if "conflicts" in str(one.message)]
    name = shop.Product.__name__
    text = str(warning.message)
    assert text.startswith(f"New instance <{name} at 0x")
    assert f"with identity key ({shop.Product!r}, (1,), None) conflicts with persistent instance <{name} at 0x" in text
    assert hex(id(first)) in text.lower()
    shop.session.rollback()


def test_the_conflict_is_survived_in_a_savepoint(shop: Shop) -> None:
    first = shop.session.get(shop.Product, 1)
    first.price = 10
    duplicate = shop.Product(id=1, name="second")
    caught = False
    with pytest.warns(SAWarning, match="conflicts"):  # noqa: PT031 - written as programs write it
        try:
            with shop.session.begin_nested():
                shop.session.add(duplicate)
        except IntegrityError:
            caught = True
    assert caught
    assert duplicate not in shop.session
    assert inspect(duplicate).transient  # noqa: F405
    first.name = "still here"
    shop.session.add(shop.Product(id=2, name="another"))
    shop.session.commit()
    assert (first.name, first.price) == ("still here", 10)
    assert shop.session.get(shop.Product, 1) is first
    assert shop.count() == 2


def test_the_same_error_without_the_first_object(shop: Shop) -> None:
    shop.session.expunge_all()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(IntegrityError), shop.session.begin_nested():
            shop.session.add(shop.Product(id=1, name="second"))
    shop.session.commit()
    assert shop.count() == 1


def test_two_pending_objects_with_one_key(shop: Shop) -> None:
    shop.session.add_all([shop.Product(id=2, name="a"), shop.Product(id=2, name="b")])
    with pytest.raises(IntegrityError):
        shop.session.flush()
    shop.session.rollback()
    assert shop.count() == 1


def test_the_warning_can_be_an_error(shop: Shop) -> None:
    first = shop.session.get(shop.Product, 1)
    shop.session.add(shop.Product(id=1, name="second"))
    with warnings.catch_warnings():
        warnings.simplefilter("error", SAWarning)
        with pytest.raises((SAWarning, FlushError), match="conflicts"):
            shop.session.flush()
    shop.session.rollback()
    assert first.name == "first"
    assert shop.count() == 1


def test_merge_onto_the_object_in_the_session(shop: Shop, sent: Sent) -> None:
    obj1 = shop.session.get(shop.Product, 1)
    obj1.price = 5
    shop.session.commit()
    obj2 = shop.Product(id=1, name="from outside")
    obj3 = shop.session.merge(obj2)
    assert obj3 is obj1
    assert obj3 is not obj2
    assert obj2 not in shop.session
    sent.clear()
    shop.session.commit()
    (sql,) = sent.starting("UPDATE")
    assert "price" not in sql
    assert (obj1.name, obj1.price) == ("from outside", 5)
    assert shop.count() == 1


def test_merge_after_expunge_all(shop: Shop) -> None:
    obj1 = shop.session.get(shop.Product, 1)
    obj1.price = 5
    shop.session.commit()
    shop.session.expunge_all()
    obj2 = shop.Product(id=1, name="from outside")
    obj3 = shop.session.merge(obj2)
    assert obj3 is not obj1
    assert obj3 is not obj2
    assert obj3.price == 5
    assert obj3.name == "from outside"
    shop.session.commit()
    assert shop.session.get(shop.Product, 1) is obj3
    assert obj3.name == "from outside"


def test_merge_of_an_unknown_key_inserts(shop: Shop) -> None:
    obj3 = shop.session.merge(shop.Product(id=7, name="new"))
    shop.session.commit()
    assert shop.session.get(shop.Product, 7) is obj3
    assert shop.count() == 2
