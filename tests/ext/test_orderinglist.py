"""Lists that keep positions, tracked and by themselves."""

from __future__ import annotations

import pickle

from cormorant import ForeignKey
from cormorant.ext.orderinglist import OrderingList, count_from_n_factory, ordering_list
from cormorant.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Slide(Base):
    __tablename__ = "slide"
    id: Mapped[int] = mapped_column(primary_key=True)
    bullets: Mapped[list[Bullet]] = relationship(collection_class=ordering_list("position", count_from=5))


class Bullet(Base):
    __tablename__ = "bullet"
    id: Mapped[int] = mapped_column(primary_key=True)
    slide_id: Mapped[int] = mapped_column(ForeignKey("slide.id"))
    position: Mapped[int]
    text: Mapped[str]


def positions(bullets: list[Bullet]) -> list[tuple[str, int]]:
    return [(bullet.text, bullet.position) for bullet in bullets]


def test_members_are_numbered() -> None:
    slide = Slide(bullets=[Bullet(text="a"), Bullet(text="b")])
    slide.bullets.insert(0, Bullet(text="c"))
    slide.bullets[-1] = Bullet(text="d")
    slide.bullets += [Bullet(text="e")]
    assert positions(slide.bullets) == [("c", 5), ("a", 6), ("d", 7), ("e", 8)]
    slide.bullets.remove(slide.bullets[1])
    del slide.bullets[0]
    assert positions(slide.bullets) == [("d", 5), ("e", 6)]


def test_a_list_without_an_instance_numbers_too() -> None:
    bullets: OrderingList[Bullet] = OrderingList("position", reorder_on_append=True)
    bullets.extend([Bullet(text="a", position=9), Bullet(text="b")])
    assert positions(bullets) == [("a", 0), ("b", 1)]


def test_a_pickled_list_goes_on() -> None:
    slide = pickle.loads(pickle.dumps(Slide(bullets=[Bullet(text="a")])))
    assert isinstance(slide.bullets, OrderingList)
    slide.bullets.insert(0, Bullet(text="b"))
    assert positions(slide.bullets) == [("b", 5), ("a", 6)]
    assert slide.bullets[0] in slide._sa_instance_state.attrs.bullets.history.added


def test_names_of_functions() -> None:
    assert count_from_n_factory(7).__name__ == "count_from_7"  # type: ignore[attr-defined]
