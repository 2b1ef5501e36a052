# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""The legacy ``Query``: every method, alone and after others; text, rows, errors and warnings.

One program per expression; the expression is the program, evaluated with the models of the shop, ``s`` (the session),
``q`` (a query of users), ``u`` (a union of users), ``ua`` and ``ub`` (aliases).
"""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import PROGRAMS, program

BUILDING = """
q.with_entities(User.id, User.name)
s.query(User.id).with_entities(User).order_by(User.id)
q.filter(User.id == 1).with_entities(sa.func.count(User.id))
q.add_columns(Post.title).join(Post).order_by(Post.id)
q.add_columns(User.id.label('x'), sa.literal_column('5').label('y'))
q.add_column(User.id)
q.add_entity(Post).filter(Post.user_id == User.id)
q.add_entity(ua).filter(ua.id == User.id)
q.add_entity(User, s.query(User).filter(User.id == 1).subquery())
s.query(Post.title).select_from(User).join(Post).order_by(Post.id)
s.query(Post.title).select_from(User).join(User.posts).filter_by(title='p1')
s.query(User.id, User)
s.query(Post.id, User, Post).join(Post.user).order_by(Post.id)
q.join(Post).filter_by(title='p1')
q.join(User.posts).filter_by(name='ann')
q.filter_by(nope='a')
q.filter_by(name='ann', age=10)
q.join(User.posts).join(Post.notes)
q.join('posts')
q.join(Post, Post.user_id == User.id)
q.join(Post, User.posts)
q.join(Post, 'posts')
q.join(Post.__table__, Post.__table__.c.user_id == User.id).filter_by(title='p1')
q.join(ua, ua.id > User.id).with_entities(User.id, ua.id)
s.query(ua).join(ua.posts)
s.query(ua).join(Post, ua.posts)
q.join(User.posts.of_type(orm.aliased(Post))).filter_by(title='p1')
q.join(User.posts.and_(Post.title == 'p1'))
q.outerjoin(User.posts).with_entities(User.id, Post.id).order_by(User.id, Post.id)
q.outerjoin(Post, Post.user_id == User.id)
q.join(Post, isouter=True).order_by(User.id)
q.join(s.query(Post).subquery()).filter_by(title='p1')
q.join(Post).reset_joinpoint().filter_by(name='ann')
s.query(User, Post).select_from(orm.join(User, Post)).order_by(Post.id)
s.query(User).select_from(orm.outerjoin(User, Post, User.posts)).order_by(Post.id, User.id)
s.query(orm.aliased(User, s.query(User).filter(User.id < 3).subquery()))
q.select_from(User).select_from(Post)
q.filter(User.id == 1).select_from(User)
q.order_by(User.id).order_by(None)
q.order_by(User.id).order_by(False)
q.order_by(sa.desc('name'))
q.order_by('user_name')
q.group_by(User.age).having(sa.func.count(User.id) > 1).with_entities(User.age)
q.filter('id=1')
q.filter(None)
q.filter(User)
q.filter(s.query(Post.id).filter(Post.user_id == User.id).exists())
q.filter(User.id.in_(s.query(Post.user_id)))
q.filter(User.id.in_(s.query(Post.user_id).subquery()))
q.filter(User.id == s.query(sa.func.max(Post.user_id)).scalar_subquery())
q.filter(User.id == s.query(sa.func.max(Post.user_id)))
q.limit(2).filter(User.id == 1)
q.limit(2).order_by(User.id)
q.limit(2).join(Post)
q.limit(2).enable_assertions(False).filter(User.id > 1)
q.distinct()
s.query(User.age).distinct().order_by(User.name)
q.order_by(User.id).slice(1, 2)
q.order_by(User.id).slice(None, 2)
q.order_by(User.id).slice(1, None)
q.order_by(User.id).offset(1).slice(0, 1)
q.order_by(User.id).limit(3).slice(1, 2)
q.options(orm.joinedload(User.posts)).order_by(User.id)
q.options([orm.joinedload(User.posts)]).order_by(User.id)
q.options(orm.joinedload(User.posts)).order_by(User.id).limit(1)
q.options(orm.joinedload(User.posts)).enable_eagerloads(False).order_by(User.id)
q.enable_eagerloads(False).options(orm.selectinload(User.posts)).enable_eagerloads(True).order_by(User.id)
q.options(orm.selectinload(User.posts)).yield_per(2).order_by(User.id)
q.options(orm.joinedload(User.posts)).yield_per(2)
q.options(orm.subqueryload(User.posts)).yield_per(2)
q.execution_options(yield_per=2)
q.yield_per(2).order_by(User.id)
q.populate_existing().order_by(User.id)
q.filter(User.id == sa.bindparam('x')).params(x=1)
q.filter(sa.text('users.id=:x')).params({'x': 1})
q.filter(User.id == sa.bindparam('x'))
q.prefix_with('ALL')
q.with_labels()
q.apply_labels()
q.tuples()
q.only_return_tuples(True).order_by(User.id)
s.query(orm.Bundle('b', User.id, User.name)).order_by(User.id)
s.query(orm.Bundle('b', User.id, User.name, single_entity=True)).order_by(User.id)
s.query(orm.Bundle('b', User.id)).filter_by(id=1)
s.query(User.__table__).order_by(User.id)
s.query([User])
s.query('foo')
s.query(object)
s.query(Post).with_parent(s.get(User, 1))
s.query(Post).with_parent(s.get(User, 1), User.posts)
s.query(orm.aliased(Post)).with_parent(s.get(User, 1))
s.query(User).with_parent(s.get(User, 1))
s.query(Post).with_parent(s.get(User, 1), 'posts')
s.query(orm.aliased(Post)).filter(orm.with_parent(s.get(User, 1), User.posts))
q.with_transformation(lambda query: query.filter(User.id == 1))
orm.Query(User).with_session(s).order_by(User.id)
orm.Query([User, Post], s).filter(User.id == Post.user_id).order_by(Post.id)
q.from_statement(sa.text('select * from users order by id'))
q.from_statement(sa.text('select * from users where id=:x')).params(x=2)
q.from_statement(sa.select(User).where(User.id == 2))
q.from_statement('select * from users')
q.from_statement(sa.text('select * from users')).filter(User.id == 1)
q.from_statement(sa.text('select * from users')).limit(1)
q.from_statement(sa.text('select * from users')).order_by(User.id)
q.filter(User.id == 1).from_statement(sa.text('select * from users'))
s.query(User.id, User.name).from_statement(sa.text('select id, name from users'))
u
u.order_by(User.id.desc())
u.filter(User.id == 1)
u.filter_by(name='ann')
u.join(Post).order_by(Post.id)
u.outerjoin(User.posts).order_by(User.id, Post.id)
u.join(ua, ua.id == User.id).order_by(User.id)
u.group_by(User.age).with_entities(User.age).order_by(User.age)
u.with_entities(sa.func.count(User.id))
u.with_entities(Post.title).join(User.posts).order_by(Post.id)
u.add_columns(User.name.label('x')).order_by('x')
u.add_columns(s.query(sa.func.count(Post.id)).filter(Post.user_id == User.id).correlate(User).scalar_subquery()).order_by(User.id)
u.filter(User.posts.any(Post.title == 'p1'))
u.filter(sa.exists().where(Post.user_id == User.id)).order_by(User.id)
u.filter(User.id.in_(s.query(User.id).filter(User.id < 2)))
u.options(orm.joinedload(User.posts)).order_by(User.id)
u.options(orm.joinedload(User.posts)).order_by(User.id).limit(1)
u.options(orm.selectinload(User.posts)).order_by(User.id)
u.options(orm.subqueryload(User.posts)).order_by(User.id)
u.options(orm.defer(User.name)).order_by(User.id)
u.union(u).order_by(User.id)
u.union()
u.limit(1)
u.distinct()
u.select_from(User)
u.order_by('users_name')
u.order_by('name')
q.filter(User.id == 1).union_all(q.filter(User.id == 1), q.filter(User.id == 2)).order_by(User.id)
q.filter(User.id < 3).intersect(q.filter(User.id > 1))
q.filter(User.id < 3).except_(q.filter(User.id > 1))
q.filter(User.id < 3).except_all(q.filter(User.id > 1))
q.filter(User.id < 3).intersect_all(q.filter(User.id > 1))
q.limit(1).union(q)
s.query(User.id, User.name).union(s.query(User.id, User.name)).order_by(User.id)
s.query(User.id, sa.literal('x').label('k')).union_all(s.query(Post.id, sa.literal('y').label('k'))).order_by('k', User.id)
s.query(sa.func.count(User.id)).union_all(s.query(sa.func.count(Post.id)))
s.query(User.name).union(s.query(Post.title)).order_by(User.name)
s.query(ua).union(s.query(ua)).filter(ua.id == 1)
s.query(ub).union(s.query(ub)).filter(ub.id == 1)
s.query(User.__table__).union(s.query(User.__table__)).order_by('users_id')
s.query(User, Post).join(User.posts).union(s.query(User, Post).join(User.posts)).order_by(Post.id)
s.query(orm.aliased(User, u.subquery())).order_by('users_id')
"""

ASKING = """
q.count()
q.limit(2).count()
q.join(Post).count()
s.query(Post.user_id).distinct().count()
q.options(orm.joinedload(User.posts)).count()
u.count()
q.from_statement(sa.text('select * from users')).count()
s.query(q.filter(User.id == 1).exists()).scalar()
s.query(sa.literal(True)).filter(q.filter(User.id == 77).exists()).scalar()
q.get(1)
q.get(99)
q.get((1,))
q.get({'id': 1})
q.get((1, 2))
q.get(None)
q.filter(User.id == 1).get(1)
q.limit(1).get(1)
q.order_by(User.id).get(1)
q.join(Post).get(1)
s.query(User, Post).get(1)
s.query(User.id).get(1)
q.populate_existing().get(1)
q.order_by(User.id).first()
s.query(User.id).order_by(User.id).first()
q.filter(User.id == 99).first()
q.one()
q.filter(User.id == 99).one()
q.filter(User.id == 1).one()
q.filter(User.id == 99).one_or_none()
q.filter(User.id == 1).scalar()
q.filter(User.id == 99).scalar()
s.query(User.id, User.name).filter(User.id == 1).scalar()
s.query(User.id).scalar()
q.order_by(User.id)[0]
q.order_by(User.id)[1:3]
q.order_by(User.id)[:2]
q.order_by(User.id)[1:]
q[-1]
q[-2:]
q[:-1]
q.order_by(User.id)[0:3:2]
q[10]
q[2:1]
q[2:2]
q.order_by(User.id).offset(1)[0]
list(q.order_by(User.id))
q.order_by(User.id).value(User.name)
list(q.order_by(User.id).values(User.id, User.name))
q.filter(User.id == 1).update({'name': 'z'})
q.filter(User.id == 1).update({User.name: 'z'}, synchronize_session='fetch')
q.update({'age': User.age + 1}, synchronize_session=False)
q.limit(1).update({'name': 'q'})
q.order_by(User.id).update({'name': 'q'})
q.group_by(User.id).update({'name': 'q'})
q.distinct().update({'name': 'q'})
q.join(Post).update({'name': 'q'})
q.offset(1).delete()
q.select_from(User).delete()
u.delete()
s.query(User, Post).update({'name': 'q'})
s.query(User.id).update({'name': 'q'})
q.update([('age', 2), ('name', 'n')], update_args={'preserve_parameter_order': True})
q.update({'nope': 1})
s.query(Note).filter(Note.id == 99).delete()
s.query(Note).delete(synchronize_session='fetch')
q.is_single_entity, s.query(User.id).is_single_entity, s.query(User, Post).is_single_entity, q.only_return_tuples(True).is_single_entity
q.whereclause is None, str(q.filter(User.id == 1, User.name == 'x').whereclause)
q.execution_options(a=1).yield_per(3).get_execution_options()
q.subquery().c.keys(), q.subquery(with_labels=True).c.keys(), u.subquery().c.keys(), s.query(User, Post).subquery().c.keys()
[description['name'] for description in s.query(User, User.id, sa.func.count(User.id).label('c'), ub).column_descriptions]
s.query(User, Post).filter(User.id == Post.user_id).first()._fields
list(q.merge_result([User(id=1, name='zz'), User(id=50, name='new')]))
list(s.query(User, User.id).merge_result([(User(id=1, name='zz'), 5)]))
orm.merge_frozen_result(s, sa.select(User), s.execute(sa.select(User).order_by(User.id)).freeze())().all()
"""

TEXTS = """
q
q.statement
q.selectable
q.subquery('foo').select()
q.subquery(with_labels=True).select()
q.join(User.posts).add_columns(Post).subquery(reduce_columns=True).select()
q.cte('x').select()
sa.select(q.cte('x', recursive=True))
q.exists()
q.join(Post).exists()
s.query(User.id).exists()
s.query(sa.func.count(User.id)).exists()
s.query(User, Post).filter(User.id == Post.user_id).exists()
s.query(sa.literal(1)).exists()
q.scalar_subquery()
q.as_scalar()
q.label('x')
s.query(User.id, s.query(sa.func.count(Post.id)).filter(Post.user_id == User.id).label('n'))
s.query(User.id, s.query(sa.func.count(Post.id)).filter(Post.user_id == User.id).correlate(None).scalar_subquery())
s.query(ua.id, s.query(sa.func.count(Post.id)).filter(Post.user_id == ua.id).correlate(ua).scalar_subquery())
q.with_for_update(nowait=True)
q.suffix_with('XX')
q.with_hint(User, 'USE INDEX x')
q.with_statement_hint('STH')
q.set_label_style(sa.LABEL_STYLE_NONE)
q.set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL).statement
u.statement
u.scalar_subquery()
s.query(orm.Bundle('b', User.id, Post.id)).subquery().select()
q.from_statement(sa.text('select 1'))
q.from_statement(sa.text('select 1')).subquery()
"""


def names(sa: Any, orm: Any, log: Any) -> dict[str, Any]:
    models = shop(sa, orm)
    session = log.session(models.metadata, models.rows)
    user = models.User
    query = session.query(user)
    return {
        "sa": sa,
        "orm": orm,
        "s": session,
        "q": query,
        "u": query.filter(user.id < 3).union(session.query(user).filter(user.id == 3)),
        "ua": orm.aliased(user),
        "ub": orm.aliased(user, name="ub"),
        **vars(models),
    }


def add(kind: str, source: str) -> None:
    code = compile(source, f"<{source}>", "eval")

    def run(sa: Any, orm: Any, log: Any) -> None:
        with log.raises("evaluate"):
            given = names(sa, orm, log)
            found = eval(code, given)
            if kind == "building":
                found = found.all()
            log(kind, str(found) if kind == "text" else found)
            if kind == "asking":
                log.sets(given["s"])
                given["s"].flush()
                given["s"].commit()
                log.dump("users")

    PROGRAMS[f"legacy_query.{kind}.{source}"] = run


for _kind, _sources in (("building", BUILDING), ("asking", ASKING), ("text", TEXTS)):
    for _source in _sources.strip().splitlines():
        add(_kind, _source)


@program
def query_subclass(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)

    class Adults(orm.Query):  # type: ignore[misc]
        def adults(self) -> Any:
            return self.filter(models.User.age > 3)

    session = log.session(models.metadata, models.rows, query_cls=Adults)
    log("adults", session.query(models.User).adults().order_by(models.User.id).all())
    log("kept", isinstance(session.query(models.User).limit(1), Adults))


@program
def query_events(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    session = log.session(models.metadata, models.rows)

    class Mine(orm.Query):  # type: ignore[misc]
        pass

    @sa.event.listens_for(Mine, "before_compile", retval=True)
    def limit_users(query: Any) -> Any:
        for description in query.column_descriptions:
            if description["type"] is models.User:
                query = query.enable_assertions(False).filter(models.User.id < 3)
        return query

    @sa.event.listens_for(Mine, "before_compile_update", retval=True)
    def change_values(query: Any, context: Any) -> Any:
        log("update", type(context).__name__, dict(context.values), context.query is query)
        context.values["age"] = 77
        return query.filter(models.User.id == 1)

    @sa.event.listens_for(Mine, "before_compile_delete")
    def see_delete(query: Any, context: Any) -> None:
        log("delete", type(context).__name__, context.session is session)

    @sa.event.listens_for(session, "after_bulk_update")
    def after_update(context: Any) -> None:
        log("after update", type(context).__name__, context.result.rowcount, dict(context.values))

    @sa.event.listens_for(session, "after_bulk_delete")
    def after_delete(context: Any) -> None:
        log("after delete", type(context).__name__, context.result.rowcount)

    query = Mine(models.User, session)
    log("all", query.order_by(models.User.id).all())
    log("first", query.order_by(models.User.id).first())
    log("count", query.count())
    log("subquery", str(query.subquery().select()))
    log("update", query.update({"age": 5}))
    log("delete", Mine(models.Note, session).filter(models.Note.id == 99).delete())
    log("others", session.query(models.User).order_by(models.User.id).all())
