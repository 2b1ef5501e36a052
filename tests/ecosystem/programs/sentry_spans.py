import sentry_sdk
from sentry_sdk.integrations.sqlalchemy import SqlalchemyIntegration
from sqlalchemy import ForeignKey, create_engine, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

transactions = []


def keep(event, hint):
    transactions.append(event)


sentry_sdk.init(
    "http://key@localhost/1",
    integrations=[SqlalchemyIntegration()],
    default_integrations=False,
    traces_sample_rate=1.0,
    before_send=keep,
    before_send_transaction=keep,
)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    posts: Mapped[list["Post"]] = relationship()


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


engine = create_engine("sqlite:///spans.db")
Base.metadata.create_all(engine)
with sentry_sdk.start_transaction(name="work", sampled=True), Session(engine) as session:
    session.add(User(name="a", posts=[Post()]))
    session.commit()
    print([len(user.posts) for user in session.scalars(select(User).options(selectinload(User.posts)))])
    session.execute(text("INSERT INTO users (name) VALUES (:name)"), [{"name": "x"}, {"name": "y"}])
    try:
        session.execute(text("SELECT * FROM nothing"))
    except OperationalError as error:
        print(type(error).__name__)
with sentry_sdk.isolation_scope():
    with engine.connect() as connection:
        print(connection.execute(text("SELECT 1")).scalar())
    sentry_sdk.capture_message("done")
for event in transactions:
    print(event.get("type"), event.get("message"))
    for span in event.get("spans", []):
        data = span.get("data", {})
        print(span["op"], span["description"], data.get("db.system"), data.get("db.name"), span.get("status"))
    for crumb in (event.get("breadcrumbs") or {}).get("values", []):
        print(crumb["category"], crumb["message"], crumb["data"])
