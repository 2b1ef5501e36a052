import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy_utils import *

Base = declarative_base()


class U(Base):
    __tablename__ = "u"
    id = sa.Column(UUIDType(binary=False), primary_key=True)
    e = sa.Column(EmailType)
    c = sa.Column(ChoiceType([("a", "A"), ("b", "B")]))
    j = sa.Column(JSONType)
    l = sa.Column(ScalarListType(int))
    url = sa.Column(URLType)


e = sa.create_engine("sqlite://")
Base.metadata.create_all(e)
import uuid

with Session(e) as s:
    s.add(U(id=uuid.UUID(int=1), e="A@B.c", c="a", j={"x": 1}, l=[1, 2]))
    s.commit()
    u = s.scalars(sa.select(U).where(U.e == "a@b.c")).one()
    print(u.e, u.c, u.j, u.l, u.id)
    print(
        get_primary_keys(U),
        list(get_tables(U)),
        get_columns(U).keys(),
        has_index(U.__table__.c.id),
        get_mapper(U),
        identity(u),
        is_loaded(u, "e"),
        has_changes(u),
    )
    print(database_exists("sqlite:///zz.db"))
    create_database("sqlite:///zz.db")
    drop_database("sqlite:///zz.db")
