from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class User(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)


class Post(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id = db.Column(db.ForeignKey("user.id"))
    user = db.relationship("User", backref="posts")


app = Flask("x")
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
app.config["SQLALCHEMY_RECORD_QUERIES"] = True
db.init_app(app)
with app.app_context():
    db.create_all()
    db.session.add_all([User(username=f"u{i}", posts=[Post()]) for i in range(25)])
    db.session.commit()
    print(db.session.execute(db.select(User).filter_by(username="u1")).scalar_one().username)
    p = db.paginate(db.select(User).order_by(User.id), page=2, per_page=10)
    print([u.id for u in p], p.total, p.pages, p.has_next)
    print(User.query.filter(User.username.like("u1%")).count(), User.query.first_or_404())
    from flask_sqlalchemy.record_queries import get_recorded_queries

    print(len(get_recorded_queries()) > 5)
    print(db.get_or_404(User, 3), len(db.session.get(User, 3).posts))
    db.drop_all()
