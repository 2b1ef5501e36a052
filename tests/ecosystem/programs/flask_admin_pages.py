import enum
import re

from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Enum

app = Flask(__name__)
app.config.update(SECRET_KEY="x", SQLALCHEMY_DATABASE_URI="sqlite://", WTF_CSRF_ENABLED=False)
db = SQLAlchemy(app)


class Kind(enum.Enum):
    A = 1
    B = 2


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(30), nullable=False, unique=True)
    kind = db.Column(Enum(Kind))
    born = db.Column(db.Date)
    active = db.Column(db.Boolean, default=True)
    posts = db.relationship("Post", back_populates="author")

    def __str__(self):
        return self.name


class Post(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String)
    author_id = db.Column(db.Integer, db.ForeignKey("user.id"))
    author = db.relationship(User, back_populates="posts")

    def __str__(self):
        return self.title


class UserView(ModelView):
    column_searchable_list = ["name"]
    column_filters = ["name", "kind", "born", "active", "posts.title"]
    column_list = ["id", "name", "kind", "posts"]
    column_editable_list = ["name"]
    can_export = True
    inline_models = [Post]


class PostView(ModelView):
    column_sortable_list = ["title", ("author", "author.name")]
    column_searchable_list = ["title", "author.name"]
    form_ajax_refs = {"author": {"fields": ["name"]}}


def show(what, answer):
    body = answer.get_data(as_text=True)
    if "html" in answer.content_type:
        body = re.sub(r"<(script|style).*?</\1>", "", body, flags=re.DOTALL)
        body = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
    print(what, answer.status_code, answer.headers.get("location"), body)


admin = Admin(app)
admin.add_view(UserView(User, db, endpoint="u"))
admin.add_view(PostView(Post, db, endpoint="p"))
with app.app_context():
    db.create_all()
    db.session.add_all([User(name=f"user{i}", kind=Kind.A, posts=[Post(title=f"p{i}")]) for i in range(25)])
    db.session.commit()
    client = app.test_client()
    show("list", client.get("/admin/u/"))
    show("page", client.get("/admin/u/?page=1&sort=1&desc=1"))
    show("search", client.get("/admin/u/?search=user1"))
    for number in range(7):
        show(f"filter {number}", client.get(f"/admin/u/?flt0_{number}=user1"))
    show("two filters", client.get("/admin/u/?flt0_1=user1&flt1_6=1"))
    show("form", client.get("/admin/u/new/"))
    one = {"name": "new", "kind": "B", "born": "2001-02-03", "posts-0-title": "within", "posts-0-id": ""}
    show("create", client.post("/admin/u/new/", data=one))
    show("twice", client.post("/admin/u/new/", data={"name": "new", "kind": "B"}))
    show("edit form", client.get("/admin/u/edit/?id=26"))
    other = {"name": "other", "kind": "A", "posts-0-id": "26", "posts-0-title": "changed"}
    show("edit", client.post("/admin/u/edit/?id=26", data=other))
    show("in the list", client.post("/admin/u/ajax/update/", data={"list_form_pk": "1", "name": "edited"}))
    show("export", client.get("/admin/u/export/csv/"))
    show("by author", client.get("/admin/p/?search=user1&sort=1"))
    show("lookup", client.get("/admin/p/ajax/lookup/?name=author&query=user1"))
    show("new post", client.post("/admin/p/new/", data={"title": "x", "author": "26"}))
    show("delete", client.post("/admin/u/delete/", data={"id": "26"}))
    show("delete post", client.post("/admin/p/delete/", data={"id": "3"}))
    show("action", client.post("/admin/p/action/", data={"action": "delete", "rowid": ["1", "2"]}))
    print(db.session.query(User).count(), db.session.query(Post).count())
