import factory
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, scoped_session, sessionmaker

e = sa.create_engine("sqlite://")
S = scoped_session(sessionmaker(bind=e))
Base = declarative_base()


class User(Base):
    __tablename__ = "u"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20), unique=True)


Base.metadata.create_all(e)


class UF(factory.alchemy.SQLAlchemyModelFactory):
    class Meta:
        model = User
        sqlalchemy_session = S
        sqlalchemy_get_or_create = ("name",)
        sqlalchemy_session_persistence = "commit"

    id = factory.Sequence(lambda n: n)
    name = factory.Sequence(lambda n: f"u{n}")


print(UF().name, UF().name, UF(name="u0").id, S.query(User).count())
