# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""Queries of entities and the loading of relationships: lazy, selectin, joined, and the options."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import PROGRAMS, program


def start(sa: Any, orm: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    models = shop(sa, orm)
    return models, log.session(models.metadata, models.rows, **options)


QUERIES = {
    "entity": "sa.select(User).order_by(User.id)",
    "entity_where": "sa.select(User).where(User.name == 'ann', User.age > 3)",
    "entity_filter_by": "sa.select(User).filter_by(name='ann')",
    "filter_by_joined": "sa.select(User).join(User.posts).filter_by(title='p1')",
    "columns": "sa.select(User.id, User.name).order_by(User.id)",
    "entity_and_column": "sa.select(User, User.name.label('n')).order_by(User.id)",
    "two_entities": "sa.select(User, Post).where(User.id == Post.user_id).order_by(Post.id)",
    "entity_twice": "sa.select(User, User).order_by(User.id)",
    "join_relationship": "sa.select(User.name, Post.title).join(User.posts).order_by(Post.id)",
    "join_entity": "sa.select(User.name).join(Post).order_by(Post.id)",
    "join_entity_on": "sa.select(User.name).join(Post, Post.user_id == User.id).order_by(Post.id)",
    "join_two": "sa.select(User.name, Note.text).join(User.posts).join(Post.notes)",
    "outer_join": "sa.select(User.name, Note.text).outerjoin(User.posts).outerjoin(Post.notes).order_by(User.id, Post.id)",
    "join_many_to_one": "sa.select(Post.title, User.name).join(Post.user).order_by(Post.id)",
    "join_from": "sa.select(User.name).join_from(User, Post).order_by(Post.id)",
    "select_from": "sa.select(sa.func.count()).select_from(User)",
    "count_entity": "sa.select(sa.func.count(User.id))",
    "aliased": "sa.select((u := orm.aliased(User))).where(u.name == 'ann')",
    "aliased_named": "sa.select((u := orm.aliased(User, name='uu')), User.id).where(u.id == User.id).order_by(User.id)",
    "aliased_join": "sa.select(User.name, (p := orm.aliased(Post)).title).join(User.posts.of_type(p)).where(p.title != 'x').order_by(p.id)",
    "aliased_join_on": "sa.select(User.name).join((p := orm.aliased(Post)), User.posts).order_by(p.id)",
    "any": "sa.select(User.name).where(User.posts.any())",
    "any_condition": "sa.select(User.name).where(User.posts.any(Post.title == 'p3'))",
    "not_any": "sa.select(User.name).where(~User.posts.any(title='p3'))",
    "has": "sa.select(Post.title).where(Post.user.has(User.name == 'ann')).order_by(Post.id)",
    "equals_object": "sa.select(Post.title).where(Post.user == s.get(User, 1)).order_by(Post.id)",
    "equals_none": "sa.select(Note.text).where(Note.post == None)",
    "not_equals_none": "sa.select(Note.text).where(Note.post != None)",
    "contains": "sa.select(User.name).where(User.posts.contains(s.get(Post, 3)))",
    "with_parent": "sa.select(Post.title).where(orm.with_parent(s.get(User, 1), User.posts)).order_by(Post.id)",
    "scalar_subquery": "sa.select(User.name, sa.select(sa.func.count(Post.id)).where(Post.user_id == User.id).scalar_subquery()).order_by(User.id)",
    "exists": "sa.select(User.name).where(sa.exists().where(Post.user_id == User.id)).order_by(User.id)",
    "group_by": "sa.select(User.name, sa.func.count(Post.id)).join(User.posts).group_by(User.name).order_by(User.name)",
    "in_list": "sa.select(User.name).where(User.id.in_([1, 2])).order_by(User.id)",
    "in_select": "sa.select(User.name).where(User.id.in_(sa.select(Post.user_id)))",
    "limit": "sa.select(User).order_by(User.id).limit(1).offset(1)",
    "distinct": "sa.select(User).join(User.posts).distinct().order_by(User.id)",
    "lazy": "sa.select(User).order_by(User.id)",
    "selectin": "sa.select(User).options(orm.selectinload(User.posts)).order_by(User.id)",
    "selectin_nested": "sa.select(User).options(orm.selectinload(User.posts).selectinload(Post.notes)).order_by(User.id)",
    "selectin_many_to_one": "sa.select(Post).options(orm.selectinload(Post.user)).order_by(Post.id)",
    "joined": "sa.select(User).options(orm.joinedload(User.posts)).order_by(User.id)",
    "joined_inner": "sa.select(User).options(orm.joinedload(User.posts, innerjoin=True)).order_by(User.id)",
    "joined_nested": "sa.select(User).options(orm.joinedload(User.posts).joinedload(Post.notes)).order_by(User.id)",
    "joined_many_to_one": "sa.select(Post).options(orm.joinedload(Post.user)).order_by(Post.id)",
    "joined_limit": "sa.select(User).options(orm.joinedload(User.posts)).order_by(User.id).limit(1)",
    "joined_many_to_one_limit": "sa.select(Post).options(orm.joinedload(Post.user)).order_by(Post.id).limit(2)",
    "joined_and_join": "sa.select(User).join(User.posts).options(orm.joinedload(User.posts)).where(Post.title == 'p1')",
    "joined_then_selectin": "sa.select(User).options(orm.joinedload(User.posts).selectinload(Post.notes)).order_by(User.id)",
    "contains_eager": "sa.select(User).join(User.posts).options(orm.contains_eager(User.posts)).where(Post.id < 3).order_by(User.id, Post.id)",
    "load_only": "sa.select(User).options(orm.load_only(User.name)).order_by(User.id)",
    "defer": "sa.select(User).options(orm.defer(User.age)).order_by(User.id)",
    "raiseload": "sa.select(User).options(orm.raiseload(User.posts)).order_by(User.id)",
    "noload": "sa.select(User).options(orm.lazyload(User.posts)).order_by(User.id)",
    "immediate": "sa.select(User).options(orm.immediateload(User.posts)).order_by(User.id)",
    "subqueryload": "sa.select(User).options(orm.subqueryload(User.posts)).order_by(User.id)",
    "populate_existing": "sa.select(User).execution_options(populate_existing=True).order_by(User.id)",
    "from_text": "sa.select(User).from_statement(sa.text('SELECT * FROM users ORDER BY id'))",
    "cte_entity": "sa.select((u := orm.aliased(User, sa.select(User).where(User.id == 1).cte('c'))))",
    "subquery_entity": "sa.select((u := orm.aliased(User, sa.select(User).where(User.id == 1).subquery()))).where(u.name == 'ann')",
}


def add(name: str, source: str) -> None:
    code = compile(source, f"<loading.{name}>", "eval")

    def run(sa: Any, orm: Any, log: Any) -> None:
        models, session = start(sa, orm, log)
        statement = eval(code, {"sa": sa, "orm": orm, "s": session, **vars(models)})
        log.text("text", statement)
        with log.raises("execute"):
            result = session.execute(statement)
            log("keys", list(result.keys()))
            rows = (result.unique() if "joined" in name or "eager" in name else result).all()
            log("rows", rows)
            for entity in dict.fromkeys(cell for row in rows for cell in row if hasattr(cell, "_sa_instance_state")):
                log("entity", entity)
                for attribute in ("posts", "user", "notes"):
                    if hasattr(type(entity), attribute):
                        with log.raises(attribute):
                            log(attribute, getattr(entity, attribute))

    PROGRAMS[f"loading.{name}"] = run


for _name, _source in QUERIES.items():
    add(_name, _source)


@program
def joined_needs_unique(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    with log.raises("all", "unique() method must be invoked"):
        session.execute(sa.select(models.User).options(orm.joinedload(models.User.posts))).all()
    with log.raises("scalars", "unique() method must be invoked"):
        session.scalars(sa.select(models.User).options(orm.joinedload(models.User.posts))).all()


@program
def lazy_many_to_one_from_identity_map(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    post = session.get(models.Post, 1)
    log("user", post.user is user, post)
    other = session.get(models.Post, 3)
    log("other", other.user, other)
    log("none", session.get(models.Note, 2).post)


@program
def loader_settings_on_relationships(sa: Any, orm: Any, log: Any) -> None:
    for lazy in ("select", "selectin", "joined", "immediate", "subquery", "raise", "noload", True, False):
        base = orm.declarative_base()
        with log.raises(f"lazy={lazy}"):

            class Parent(base):
                __tablename__ = "parent"
                id = sa.Column(sa.Integer, primary_key=True)
                children = orm.relationship("Child", lazy=lazy, order_by="Child.id")

            class Child(base):
                __tablename__ = "child"
                id = sa.Column(sa.Integer, primary_key=True)
                parent_id = sa.Column(sa.ForeignKey("parent.id"))

            session = log.session(base.metadata, {Parent: [{"id": 1}], Child: [{"id": 1, "parent_id": 1}]})
            parent = session.scalars(sa.select(Parent)).unique().one()
            log("parent", parent)
            log("children", parent.children)


@program
def session_get_options(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    log("selectin", session.get(models.User, 1, options=[orm.selectinload(models.User.posts)]))
    log("joined", session.get(models.User, 2, options=[orm.joinedload(models.User.posts)]))
    with log.raises("one", "No row was found"):
        session.get_one(models.User, 99)


@program
def session_execute_forms(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    log("scalar", session.scalar(sa.select(models.User.name).where(models.User.id == 1)))
    log("scalars", session.scalars(sa.select(models.User).order_by(models.User.id)).all())
    log("first", session.scalars(sa.select(models.User).order_by(models.User.id)).first())
    log("text", session.execute(sa.text("SELECT name FROM users WHERE id = :i"), {"i": 2}).scalar_one())
    log(
        "params",
        session.execute(sa.select(models.User.name).where(models.User.id == sa.bindparam("i")), {"i": 1}).all(),
    )
    log("exists", session.scalar(sa.select(sa.exists().where(models.User.id == 5))))
    with log.raises("string", ""):
        session.execute("SELECT 1")
    with log.raises("class", ""):
        session.execute(models.User)


@program
def orm_enabled_dml(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user, note = session.get(models.User, 1), session.get(models.Note, 1)
    session.execute(sa.update(models.User).where(models.User.id == 1).values(name="bulk"))
    log("user", user)
    session.execute(sa.delete(models.Note).where(models.Note.id == 1))
    log.states(note)
    session.execute(sa.insert(models.Note), [{"id": 7, "text": "x"}, {"id": 8, "text": None}])
    log("made", session.scalars(sa.insert(models.Note).returning(models.Note), [{"text": "r"}]).all())
    session.execute(sa.update(models.Note), [{"id": 7, "text": "by key"}, {"id": 8, "text": "by key"}])
    session.commit()
    log.dump("users", "notes")


@program
def legacy_query(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    query = session.query(models.User)
    log("all", query.order_by(models.User.id).all())
    log("filters", query.filter(models.User.id > 1).filter_by(name="bob").one())
    log("count", query.count(), session.query(models.Post).filter(models.Post.id > 1).count())
    log("columns", session.query(models.User.id, models.User.name).order_by(models.User.id).all())
    log(
        "first",
        query.order_by(models.User.id.desc()).first(),
        query.filter_by(id=9).first(),
        query.filter_by(id=9).one_or_none(),
    )
    log("get", query.get(1))
    log("slice", query.order_by(models.User.id)[0:1], query.order_by(models.User.id)[1])
    log("join", query.join(models.User.posts).filter(models.Post.title == "p3").all())
    log("update", query.filter_by(id=1).update({"name": "q"}), session.query(models.Note).filter_by(id=2).delete())
    log("text", str(query.filter_by(id=1)))
    log(
        "scalar",
        session.query(sa.func.max(models.User.id)).scalar(),
        session.query(models.User.name).filter_by(id=2).scalar(),
    )
    with log.raises("one", "No row was found"):
        query.filter_by(id=99).one()
    with log.raises("many", "Multiple rows were found"):
        query.one()
    log("iteration", [user.id for user in query.order_by(models.User.id)])
    log("exists", session.query(query.filter_by(id=1).exists()).scalar())


@program
def identity_across_loading(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    users = session.scalars(
        sa.select(models.User).options(orm.selectinload(models.User.posts)).order_by(models.User.id)
    ).all()
    posts = session.scalars(sa.select(models.Post).order_by(models.Post.id)).all()
    log("same", posts[0] is users[0].posts[0], posts[2] is users[1].posts[0])
    log("users", users, posts)
    for post in posts:
        log("user", post.user is users[0], post.user is users[1])


@program
def eager_does_not_overwrite_loaded(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, autoflush=False)
    user = session.get(models.User, 1)
    user.posts.append(models.Post(title="pending"))
    again = session.scalars(
        sa.select(models.User).options(orm.selectinload(models.User.posts)).where(models.User.id == 1)
    ).one()
    log("same", again is user, user.posts)
    joined = (
        session.scalars(sa.select(models.User).options(orm.joinedload(models.User.posts)).where(models.User.id == 1))
        .unique()
        .one()
    )
    log("same", joined is user, user.posts)


@program
def bundle_and_column_property(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Thing(base):
        __tablename__ = "thing"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(9))
        twice = orm.column_property(id * 2)  # noqa: A003
        late = orm.deferred(sa.Column(sa.String(5)))

    session = log.session(base.metadata, {Thing: [{"id": 4, "name": "x", "late": "l"}]})
    thing = session.scalars(sa.select(Thing)).one()
    log("thing", thing)
    log("late", thing.late)
    log("bundle", session.execute(sa.select(orm.Bundle("b", Thing.id, Thing.name))).all())


@program
def subqueries_of_keys_that_repeat(sa: Any, orm: Any, log: Any) -> None:
    """Where parents share the key of a relationship, subquery loading asks for each key once."""
    base = orm.declarative_base()

    class City(base):
        __tablename__ = "city"
        id = sa.Column(sa.Integer, primary_key=True)
        code = sa.Column(sa.Integer)
        shops = orm.relationship("Shop", primaryjoin="City.code == foreign(Shop.code)", viewonly=True)

    class Shop(base):
        __tablename__ = "shop"
        id = sa.Column(sa.Integer, primary_key=True)
        code = sa.Column(sa.Integer)
        city_id = sa.Column(sa.ForeignKey("city.id"))
        city = orm.relationship(City)

    rows = {
        City.__table__: [{"id": 1, "code": 1}, {"id": 2, "code": 1}, {"id": 3, "code": 2}],
        Shop.__table__: [{"id": 1, "code": 1, "city_id": 2}, {"id": 2, "code": 1, "city_id": 2}],
    }
    cities, shops = sa.select(City).options(orm.subqueryload(City.shops)), orm.subqueryload(Shop.city)
    for statement in (
        cities.order_by(City.id),
        cities.order_by(City.id.desc()).limit(2),
        cities.order_by(City.code).limit(2),
        cities.order_by(sa.func.abs(City.id)).limit(2),
    ):
        session = log.session(base.metadata, rows)
        log("shops", [(city.id, len(city.shops)) for city in session.scalars(statement)])
    for statement in (
        sa.select(Shop).order_by(Shop.id).limit(1),
        sa.select(Shop).order_by(Shop.city_id.desc()).limit(1),
    ):
        session = log.session(base.metadata, rows)
        log("city", [shop.city.id for shop in session.scalars(statement.options(shops))])
