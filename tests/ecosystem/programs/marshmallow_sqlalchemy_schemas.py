import sqlalchemy as sa
from marshmallow_sqlalchemy import SQLAlchemyAutoSchema
from sqlalchemy.orm import declarative_base, relationship, scoped_session, sessionmaker

e = sa.create_engine("sqlite://")
session = scoped_session(sessionmaker(bind=e))
Base = declarative_base()


class Author(Base):
    __tablename__ = "authors"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String, nullable=False)


class Book(Base):
    __tablename__ = "books"
    id = sa.Column(sa.Integer, primary_key=True)
    title = sa.Column(sa.String)
    author_id = sa.Column(sa.Integer, sa.ForeignKey("authors.id"))
    author = relationship("Author", backref="books")


Base.metadata.create_all(e)


class AuthorSchema(SQLAlchemyAutoSchema):
    class Meta:
        model = Author
        include_relationships = True
        load_instance = True


class BookSchema(SQLAlchemyAutoSchema):
    class Meta:
        model = Book
        include_fk = True
        load_instance = True


a = Author(name="Chuck")
b = Book(title="Fight", author=a)
session.add_all([a, b])
session.commit()
s = AuthorSchema()
d = s.dump(a)
print(d)
print(s.load(d, session=session) is a, BookSchema().dump(b), BookSchema().validate({"title": 3}, session=session))
