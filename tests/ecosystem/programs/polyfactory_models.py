from datetime import date

from polyfactory.factories.sqlalchemy_factory import SQLAlchemyFactory
from sqlalchemy import ForeignKey, Numeric, String, create_engine, func, select
from sqlalchemy.dialects.postgresql import ARRAY, CIDR, HSTORE
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    born: Mapped[date]
    money: Mapped[float] = mapped_column(Numeric(10, 2))
    books: Mapped[list["Book"]] = relationship(back_populates="author", uselist=True)


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped[Author] = relationship(back_populates="books")


class Special(Base):
    __tablename__ = "specials"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[str]] = mapped_column(ARRAY(String))
    net: Mapped[str] = mapped_column(CIDR)
    notes: Mapped[dict[str, str]] = mapped_column(HSTORE)


class AuthorFactory(SQLAlchemyFactory[Author]):
    __set_relationships__ = True


class BookFactory(SQLAlchemyFactory[Book]):
    __set_relationships__ = True


class SpecialFactory(SQLAlchemyFactory[Special]): ...


SQLAlchemyFactory.seed_random(7)
engine = create_engine("sqlite://")
Base.metadata.create_all(engine, tables=[Author.__table__, Book.__table__])
author = AuthorFactory.build()
print(type(author.name).__name__, len(author.name) <= 20, type(author.born).__name__, type(author.money).__name__)
print([type(book).__name__ for book in author.books], all(book.author is author for book in author.books))
special = SpecialFactory.build()
print(type(special.tags).__name__, type(special.net).__name__, type(special.notes).__name__)
with Session(engine) as session:
    AuthorFactory.__session__ = session
    made = AuthorFactory.create_sync(name="given", books=[])
    many = AuthorFactory.create_batch_sync(3, books=[])
    BookFactory.__session__ = session
    book = BookFactory.create_sync(author=made)
    print(made.name, len(many), book.author is made, [one is book for one in made.books])
    print(session.scalar(select(func.count()).select_from(Author)), session.scalar(select(func.count(Book.id))))
print([(field.name, field.annotation) for field in AuthorFactory.get_model_fields()][:4])
