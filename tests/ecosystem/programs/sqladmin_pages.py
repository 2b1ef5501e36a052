import enum
import re
import warnings
from datetime import date

warnings.simplefilter("ignore")

from sqladmin import Admin, ModelView
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from sqlalchemy.pool import StaticPool
from starlette.applications import Starlette
from starlette.testclient import TestClient


class Base(DeclarativeBase):
    pass


class Kind(enum.Enum):
    A = 1
    B = 2


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    born: Mapped[date | None]
    kind: Mapped[Kind] = mapped_column(default=Kind.A)
    active: Mapped[bool] = mapped_column(default=True)
    posts: Mapped[list["Post"]] = relationship(back_populates="author")

    def __str__(self):
        return self.name


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User | None] = relationship(back_populates="posts")

    def __str__(self):
        return self.title


class UserAdmin(ModelView, model=User):
    column_list = [User.id, User.name, "posts", User.kind]
    column_searchable_list = [User.name]
    column_sortable_list = [User.id, User.name]
    column_details_list = "__all__"
    form_ajax_refs = {"posts": {"fields": ("title",), "order_by": "id"}}


class PostAdmin(ModelView, model=Post):
    column_list = "__all__"
    column_searchable_list = ["title", "author.name"]
    column_sortable_list = ["author.name", Post.id]
    column_export_list = [Post.id, Post.title, "author.name"]


engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([User(name=f"user{i}", posts=[Post(title=f"p{i}")]) for i in range(15)])
    session.commit()

app = Starlette()
admin = Admin(app, engine)
admin.add_view(UserAdmin)
admin.add_view(PostAdmin)
client = TestClient(app)


def show(what, answer):
    print(what, answer.status_code, answer.headers.get("location"))
    body = answer.text
    if "html" in answer.headers.get("content-type", ""):
        body = re.sub(r"<(script|style).*?</\1>", "", body, flags=re.DOTALL)
        body = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
    print(body)


def post(url, **data):
    return client.post(url, data=data, follow_redirects=False)


show("index", client.get("/admin/"))
show("list", client.get("/admin/user/list"))
show("search", client.get("/admin/user/list?search=user1&sortBy=name&sort=desc&pageSize=5"))
show("details", client.get("/admin/user/details/1"))
show("form", client.get("/admin/user/create"))
show("create", post("/admin/user/create", name="new", born="2001-02-03", kind="B", posts=["1", "2"]))
show("invalid", post("/admin/user/create", born="x"))
show("edit form", client.get("/admin/user/edit/16"))
show("edit", post("/admin/user/edit/16", name="changed", kind="A", save="Save", posts=["3"]))
show("by author", client.get("/admin/post/list?search=user1&sortBy=author.name"))
show("lookup", client.get("/admin/user/ajax/lookup?name=posts&term=p1"))
show("new post", post("/admin/post/create", title="t", author="16"))
show("export", client.get("/admin/post/export/csv"))
show("delete", client.delete("/admin/post/delete?pks=1,2"))
show("missing", client.get("/admin/user/details/99"))
with Session(engine) as session:
    user = session.get(User, 16)
    print(user.name, user.born, user.kind, user.active, [one.title for one in user.posts])
    print(len(session.scalars(select(Post)).all()))
