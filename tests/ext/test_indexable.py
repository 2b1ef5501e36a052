"""Attributes for elements of documents and arrays."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import ARRAY, JSON, Integer, cast, select
from cormorant.ext.indexable import index_property
from cormorant.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class number_property(index_property[int]):
    def expr(self, model: Any) -> Any:
        return cast(super().expr(model), Integer)


class Product(Base):
    __tablename__ = "product"
    id: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    sizes: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    title = index_property[str]("data", "title")
    price = number_property("data", "price", default=0)
    code = index_property[str]("data", "code", mutable=False)
    smallest = index_property[int]("sizes", 0)
    second = index_property[int]("sizes", 1, onebased=False)


def test_elements_of_instances() -> None:
    product = Product(title="x", smallest=5)
    product.price = 7
    assert (product.data, product.sizes, product.smallest) == ({"title": "x", "price": 7}, [5], 5)
    del product.title
    with pytest.raises(AttributeError, match="data"):
        product.title  # noqa: B018
    with pytest.raises(AttributeError, match="can't set attribute"):
        product.code = "x"


SQL = {
    "title": "SELECT product.data[:data_1] AS anon_1 FROM product",
    "price": "SELECT CAST(product.data[:data_1] AS INTEGER) AS anon_1 FROM product",
    "smallest": "SELECT product.sizes[:sizes_1] AS anon_1 FROM product",
}


@pytest.mark.parametrize(("name", "expected"), SQL.items())
def test_elements_in_statements(name: str, expected: str) -> None:
    assert str(select(getattr(Product, name))).replace("\n", "") == expected


@pytest.mark.parametrize(("name", "index"), [("smallest", 1), ("second", 1)])
def test_integer_indexes_count_from_one_in_sql(name: str, index: int) -> None:
    assert select(getattr(Product, name)).compile().params == {"sizes_1": index}


def test_decorators_are_refused() -> None:
    with pytest.raises(AttributeError, match="varied by a subclass"):
        Product.__dict__["title"].getter(lambda self: None)
