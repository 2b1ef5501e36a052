"""Instrumentation by functions of a program is refused, by name."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import Column, Integer
from cormorant.exc import InvalidRequestError
from cormorant.ext import instrumentation
from cormorant.orm import declarative_base
from cormorant.orm.exc import UnmappedClassError


def test_a_class_that_asks_for_it_is_not_mapped() -> None:
    Base = declarative_base()
    with pytest.raises(InvalidRequestError, match="Class Odd has __sa_instrumentation_manager__"):

        class Odd(Base):  # type: ignore[misc, valid-type]
            __tablename__ = "odd"
            id = Column(Integer, primary_key=True)
            __sa_instrumentation_manager__ = object


def test_a_class_that_a_finder_names_is_not_mapped() -> None:
    Base = declarative_base()

    def finder(cls: type[Any]) -> Any:
        return object if cls.__name__ == "Named" else None

    instrumentation.instrumentation_finders.append(finder)
    try:
        with pytest.raises(InvalidRequestError, match="Class Named is to be instrumented by"):

            class Named(Base):  # type: ignore[misc, valid-type]
                __tablename__ = "named"
                id = Column(Integer, primary_key=True)

    finally:
        instrumentation.instrumentation_finders.remove(finder)


def test_deriving_a_manager_is_refused() -> None:
    with pytest.raises(InvalidRequestError, match="Own cannot instrument classes"):

        class Own(instrumentation.InstrumentationManager):
            pass


def test_the_registry_finds_what_there_is() -> None:
    class Plain(declarative_base()):  # type: ignore[misc]
        __tablename__ = "plain"
        id = Column(Integer, primary_key=True)

    found = instrumentation.ExtendedInstrumentationRegistry()
    one = Plain(id=5)
    assert (found.dict_of(one)["id"], found.state_of(one).manager) == (5, found.manager_of_class(Plain))
    assert found.opt_manager_of_class(int) is None
    with pytest.raises(UnmappedClassError):
        found.manager_of_class(int)
