from sqlalchemy import Column, ForeignKey, Integer, Unicode, UnicodeText, create_engine, select
from sqlalchemy.orm import Session, configure_mappers, declarative_base, relationship
from sqlalchemy_continuum import count_versions, make_versioned, transaction_class, version_class

make_versioned(user_cls=None)
Base = declarative_base()


class Article(Base):
    __versioned__ = {}
    __tablename__ = "article"
    id = Column(Integer, primary_key=True, autoincrement=True)
    name = Column(Unicode(255))
    content = Column(UnicodeText)


class Tag(Base):
    __versioned__ = {}
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True, autoincrement=True)
    name = Column(Unicode(255))
    article_id = Column(Integer, ForeignKey(Article.id))
    article = relationship(Article, backref="tags")


configure_mappers()
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
print(sorted(Base.metadata.tables))
print(list(Article.__versions__.property.mapper.columns.keys()) if hasattr(Article, "__versions__") else None)
ArticleVersion = version_class(Article)
print(list(ArticleVersion.__table__.c.keys()))
with Session(engine) as session:
    article = Article(name="first", content="one", tags=[Tag(name="t")])
    session.add(article)
    session.commit()
    article.name = "second"
    session.commit()
    article.tags[0].name = "changed"
    article.tags.append(Tag(name="more"))
    session.commit()
    print([version.name for version in article.versions], count_versions(article))
    print(article.versions[0].next.name, article.versions[1].previous.name, article.versions[1].changeset)
    print([sorted(tag.name for tag in version.tags) for version in article.versions])
    article.versions[0].revert()
    session.commit()
    print(article.name, [version.operation_type for version in article.versions])
    session.delete(article.tags[1])
    session.delete(article.tags[0])
    session.delete(article)
    session.commit()
    rows = session.scalars(select(ArticleVersion).order_by(ArticleVersion.transaction_id))
    print([(row.name, row.operation_type, row.transaction_id, row.end_transaction_id) for row in rows])
    print(session.query(transaction_class(Article)).count())
