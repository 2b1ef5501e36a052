import asyncio
from datetime import date

from advanced_alchemy.base import BigIntAuditBase
from advanced_alchemy.exceptions import DuplicateKeyError, NotFoundError
from advanced_alchemy.filters import CollectionFilter, LimitOffset, OrderBy, SearchFilter
from advanced_alchemy.repository import SQLAlchemyAsyncRepository, SQLAlchemySyncRepository
from advanced_alchemy.service import SQLAlchemySyncRepositoryService
from sqlalchemy import JSON, ForeignKey, create_engine
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload


class Author(BigIntAuditBase):
    __tablename__ = "author"
    name: Mapped[str] = mapped_column(unique=True)
    born: Mapped[date | None]
    notes: Mapped[dict | None] = mapped_column(JSON)
    books: Mapped[list["Book"]] = relationship(back_populates="author", cascade="all, delete-orphan")


class Book(BigIntAuditBase):
    __tablename__ = "book"
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    author: Mapped[Author] = relationship(back_populates="books", lazy="joined", innerjoin=True)


class Authors(SQLAlchemySyncRepository[Author]):
    model_type = Author


class AsyncAuthors(SQLAlchemyAsyncRepository[Author]):
    model_type = Author


class AuthorService(SQLAlchemySyncRepositoryService[Author, Authors]):
    repository_type = Authors


def synchronous():
    engine = create_engine("sqlite://")
    Author.metadata.create_all(engine)
    with Session(engine) as session:
        authors = Authors(session=session)
        authors.add_many([Author(name=f"a{i}", born=date(1900 + i, 1, 1), notes={"n": i}) for i in range(10)])
        print(authors.count(), [one.name for one in authors.list(LimitOffset(2, 3), OrderBy("name", "desc"))])
        found, total = authors.list_and_count(SearchFilter("name", "a1"), CollectionFilter("id", [1, 2, 3]))
        print([one.name for one in found], total, authors.exists(name="a4"))
        one = authors.get_one(name="a4", load=[selectinload(Author.books)])
        one.books.append(Book(title="b"))
        print(authors.update(one).books[0].author.name, authors.get(one.id).notes)
        for wrong in (lambda: authors.get(99), lambda: authors.add(Author(name="a1"))):
            try:
                wrong()
            except (NotFoundError, DuplicateKeyError) as error:
                print(type(error).__name__)
                session.rollback()
        print(authors.get_or_upsert(name="new")[1], authors.count())


def service():
    engine = create_engine("sqlite://")
    Author.metadata.create_all(engine)
    with Session(engine) as session:
        authors = AuthorService(session=session)
        made = authors.create({"name": "x", "books": [Book(title="one"), Book(title="two")]}, auto_commit=True)
        authors.update({"name": "y"}, item_id=made.id)
        upserted = authors.upsert_many([{"name": "y", "born": date(2000, 1, 1)}, {"name": "z"}], match_fields=["name"])
        print(sorted(one.name for one in upserted), authors.count(), authors.delete(made.id).name, authors.count())


async def asynchronous():
    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(Author.metadata.create_all)
    async with AsyncSession(engine, expire_on_commit=False) as session:
        authors = AsyncAuthors(session=session)
        await authors.add_many([Author(name="p"), Author(name="q", books=[Book(title="t")])])
        await session.commit()
        found, total = await authors.list_and_count(OrderBy("id"), load=[Author.books])
        print([(one.name, [book.title for book in one.books]) for one in found], total)
        print((await authors.delete_where(name="p"))[0].name, await authors.count())
    await engine.dispose()


synchronous()
service()
asyncio.run(asynchronous())
