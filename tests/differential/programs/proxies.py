# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""Association proxies: values and collections on instances, conditions in statements, chains, dataclasses."""

from __future__ import annotations

from typing import Any

from ..registry import program


def models(sa: Any, orm: Any, log: Any) -> Any:
    proxy = log.module("ext.associationproxy").association_proxy
    Base = orm.declarative_base()
    user_tag = sa.Table("user_tag", Base.metadata, sa.Column("user_id", sa.ForeignKey("user.id"), primary_key=True), sa.Column("tag_id", sa.ForeignKey("tag.id"), primary_key=True))  # fmt: skip

    class User(Base):
        __tablename__ = "user"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        tags = orm.relationship("Tag", secondary=user_tag, order_by="Tag.id")
        notes = orm.relationship("Note", collection_class=set, cascade="all, delete-orphan")
        settings = orm.relationship(
            "Setting", collection_class=orm.attribute_keyed_dict("key"), cascade="all, delete-orphan"
        )
        links = orm.relationship(
            "Link", back_populates="user", cascade="all, delete-orphan", order_by="Link.keyword_id"
        )
        home = orm.relationship("Home", back_populates="user", uselist=False)
        tag_names = proxy("tags", "name")
        note_texts = proxy("notes", "text", creator=lambda text: Note(text=text))
        values = proxy("settings", "value", creator=lambda key, value: Setting(key=key, value=value))
        keywords = proxy("links", "keyword", creator=lambda keyword: Link(keyword=keyword), info={"x": 1})
        words = proxy("links", "word", creator=lambda word: Link(keyword=Keyword(word)))
        street = proxy("home", "street", creator=lambda street: Home(street=street))
        kept_street = proxy(
            "home", "street", creator=lambda street: Home(street=street), create_on_none_assignment=True
        )
        lost_street = proxy("home", "street", cascade_scalar_deletes=True)
        shouted = proxy("tags", "shouted")
        unmapped = proxy("tags", "unmapped")

    class Tag(Base):
        __tablename__ = "tag"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        unmapped = 5

        def __init__(self, name: str) -> None:
            self.name = name

        @log.module("ext.hybrid").hybrid_property
        def shouted(self) -> Any:
            return self.name + "!"

    class Note(Base):
        __tablename__ = "note"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("user.id"))
        text = sa.Column(sa.String(20))

    class Setting(Base):
        __tablename__ = "setting"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("user.id"))
        key = sa.Column(sa.String(20))
        value = sa.Column(sa.String(20))

    class Home(Base):
        __tablename__ = "home"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("user.id"))
        street = sa.Column(sa.String(20))
        user = orm.relationship(User, back_populates="home")

    class Link(Base):
        __tablename__ = "link"
        user_id = sa.Column(sa.ForeignKey("user.id"), primary_key=True)
        keyword_id = sa.Column(sa.ForeignKey("keyword.id"), primary_key=True)
        user = orm.relationship(User, back_populates="links")
        keyword = orm.relationship("Keyword", back_populates="links")
        word = proxy("keyword", "word")

    class Keyword(Base):
        __tablename__ = "keyword"
        id = sa.Column(sa.Integer, primary_key=True)
        word = sa.Column(sa.String(20))
        links = orm.relationship(Link, back_populates="keyword")
        users = proxy("links", "user")

        def __init__(self, word: str) -> None:
            self.word = word

    for one in (User, Tag, Note, Setting, Home, Link, Keyword):
        setattr(Base, one.__name__, one)
    return Base


@program
def lists(sa: Any, orm: Any, log: Any) -> None:
    user = models(sa, orm, log).User()
    names = user.tag_names
    steps = """names.append('a')|names.extend(['b', 'c', 'a'])|names[0] = 'z'|names.insert(0, 'q')|del names[0]|names[1:2] = ['m', 'n']|names[::2] = ['1', '2', '3']|names[::2] = ['1']|del names[0:1]|names += ['x']|names *= 2|names *= 0|names.extend('abc')|names.remove('a')|names.remove('no')|names.clear()|names.extend('abcabc')|user.tag_names = ['r', 's']|user.tag_names = user.tag_names|user.tag_names = ('t',)|user.tag_names = 'xyz'|names.pop()|names.pop(0)|names.pop(10)|names.append('v')"""
    for step in steps.split("|"):
        try:
            exec(step, {"names": names, "user": user})
        except Exception as error:
            log(step, type(error).__name__, str(error))
        log(step, names, [tag.name for tag in user.tags])
    for expression in """names == ['y', 'v']|names != ['a']|names < ['z']|names <= ['y', 'v']|names > ['a']|names >= ['z']|len(names)|bool(names)|names[0]|names[-1]|names[5]|names[0:1]|names[::-1]|'y' in names|list(names)|names.index('v')|names.count('y')|names + ['z']|['z'] + names|names * 2|2 * names|names.copy()|repr(names)|list(reversed(names))|sorted(names)|names == ('y',)|names + ('z',)""".split("|"):  # fmt: skip
        try:
            log(expression, eval(expression, {"names": names}))
        except Exception as error:
            log(expression, type(error).__name__, str(error))


@program
def sets(sa: Any, orm: Any, log: Any) -> None:
    user = models(sa, orm, log).User()
    steps = """texts.add('a')|texts.add('a')|texts.update(['b', 'c'])|texts.discard('no')|texts.remove('b')|texts.remove('no')|texts.clear()|texts.pop()|texts.update('abc')|texts |= {'d'}|texts &= {'a', 'd'}|texts -= {'a'}|texts ^= {'d', 'e'}|texts.difference_update(['e'])|texts.symmetric_difference_update(['p', 'q'])|texts.intersection_update(['p'])|user.note_texts = {'a', 'b'}|user.note_texts = ['a']|user.note_texts = None|texts |= ['z']|texts.update('abc')"""
    for step in steps.split("|"):
        step = step.replace("\0", "|")
        try:
            exec(step, {"texts": user.note_texts, "user": user})
        except Exception as error:
            log(step, type(error).__name__)
        log(step, sorted(user.note_texts), len(user.notes))
    texts = user.note_texts
    for expression in """texts == {'a', 'b', 'c'}|texts != {'a'}|texts < {'a', 'b', 'c', 'd'}|texts <= texts|texts > {'a'}|len(texts)|bool(texts)|'a' in texts|sorted(texts & {'a'})|sorted(texts - {'a'})|sorted(texts ^ {'a'})|sorted(texts.union(['z'], ['y']))|texts.issubset('abcd')|texts.issuperset('a')|texts.isdisjoint('z')|sorted(texts.copy())|sorted(texts.difference('a'))|sorted(texts.intersection('a'))|sorted(texts.symmetric_difference('a'))|texts == 'a'""".split("|"):  # fmt: skip
        log(expression, eval(expression, {"texts": texts}))
    log("or", sorted(texts.__or__({"z"})))


@program
def dictionaries(sa: Any, orm: Any, log: Any) -> None:
    user = models(sa, orm, log).User()
    values = user.values
    steps = """values['a'] = '1'|values['a'] = '2'|values['b'] = '3'|values.setdefault('c', '5')|values.setdefault('c', '6')|values.update({'d': '7'})|values.update(e='8')|values.update([('f', '9')])|values.update({'x': '1'}, y='2')|values.update({}, {})|values.pop('a')|values.pop('no')|values.popitem()|del values['b']|del values['no']|values.clear()|user.values = {'a': 'b'}|user.values = [1]|values.update(a='1', b='2')"""
    for step in steps.split("|"):
        try:
            exec(step, {"values": values, "user": user})
        except Exception as error:
            log(step, type(error).__name__)
        log(step, values, sorted(user.settings))
    for expression in """values == {'a': '1', 'b': '2'}|values != {'a': '1'}|len(values)|bool(values)|'a' in values|values['a']|values.get('a')|values.get('no')|values.get('no', 5)|list(values.keys())|list(values.values())|list(values.items())|list(values)|values.copy()|repr(values)|dict(values)""".split("|"):  # fmt: skip
        log(expression, eval(expression, {"values": values}))


@program
def scalars(sa: Any, orm: Any, log: Any) -> None:
    base = models(sa, orm, log)
    user = base.User()
    log("none", user.street)
    user.street = None
    log("not made", user.home)
    user.street = "x"
    log("made", user.home.street, user.home.user is user)
    user.street = "y"
    log("changed", user.home.street)
    user.street = None
    log("none inside", user.home is None, user.street)
    user.lost_street = None
    log("cascaded", user.home)
    user.kept_street = None
    log("made for none", user.home is None, user.street)
    home = user.home
    del user.street
    log("deleted", user.home, "street" in home.__dict__)
    with log.raises("deleted again"):
        del user.street
    log("hybrid", base.User(tags=[base.Tag("a")]).shouted, base.User(tags=[base.Tag("a")]).unmapped)
    log("keyword", base.User(tag_names=["a", "b"], values={"k": "v"}, street="s").tag_names)


@program
def conditions(sa: Any, orm: Any, log: Any) -> None:
    base = models(sa, orm, log)
    User, Keyword, Link, Home = base.User, base.Keyword, base.Link, base.Home
    other = orm.aliased(User)
    expressions = """User.keywords.any()|User.keywords.any(Keyword.word == 'x')|User.keywords.any(word='x')|User.keywords.contains(Keyword('x'))|User.keywords.has()|User.keywords == None|User.words.any()|User.words.any(Keyword.word == 'x')|User.words.contains('x')|User.words == 'x'|User.tag_names == 'x'|User.tag_names != 'x'|User.tag_names == None|User.tag_names.contains('x')|User.tag_names.like('x%')|User.tag_names.in_(['x'])|User.tag_names.any()|User.tag_names.any(name='x')|User.tag_names.has()|User.street == 'x'|User.street != 'x'|User.street == None|User.street != None|User.street.is_(None)|User.street.has()|User.street.has(street='x')|User.street.has(Home.street == 'x')|User.street.any()|User.street > 'x'|User.street.between('a', 'b')|'x' == User.street|~(User.street == 'x')|Link.word == 'x'|Keyword.users.any(name='x')|Keyword.users.contains(User(id=1))|other.keywords.any(word='x')|User.shouted == 'x'|User.unmapped == 'x'|User.unmapped.any()"""
    for expression in expressions.split("|"):
        try:
            log.text(
                expression,
                eval(
                    expression, {**vars(), "User": User, "Keyword": Keyword, "Link": Link, "Home": Home, "other": other}
                ),
            )
        except Exception as error:
            log(expression, type(error).__name__, str(error))
    log.text("where", sa.select(User).where(User.words.contains("x")))
    log.text("filter_by", sa.select(User).filter_by(street="x"))
    log.text("joined", sa.select(User).join(User.keywords.local_attr).join(User.keywords.remote_attr))
    with log.raises("column", "can't be used as a plain column expression"):
        sa.select(User.street)
    log(
        "attributes",
        User.keywords.scalar,
        User.street.scalar,
        str(User.keywords.local_attr),
        str(User.keywords.remote_attr),
        User.keywords.target_class.__name__,
        User.keywords.value_attr,
        User.keywords.owning_class.__name__,
        User.keywords.info,
    )
    found = sa.inspect(User).all_orm_descriptors
    log(
        "descriptors",
        found.keys(),
        repr(found.keywords),
        found.keywords.extension_type.name,
        found.keywords.is_attribute,
        User.keywords is found.keywords.for_class(User),
    )


@program
def stored(sa: Any, orm: Any, log: Any) -> None:
    base = models(sa, orm, log)
    User, Keyword = base.User, base.Keyword
    session = log.session(base.metadata)
    user = User(name="ann", tag_names=["a", "b"], values={"k": "v"}, street="s")
    user.keywords.append(Keyword("new"))
    user.words.extend(["big", "heavy"])
    user.note_texts.add("n")
    session.add(user)
    session.commit()
    for name in ("tag_names", "words", "values", "note_texts", "street"):
        log(name, getattr(user, name))
    user.words.remove("big")
    session.commit()
    user.values["k"] = "w"
    user.tag_names[0] = "A"
    session.commit()
    session.expunge_all()
    user = session.get(User, 1)
    log("again", user.words)
    log("same", user.values, user.words is user.words)
    for condition in (
        User.words.contains("new"),
        User.tag_names == "A",
        User.street == "s",
        User.tag_names.in_(["b"]),
        User.keywords.any(Keyword.word.like("h%")),
    ):
        log("found", session.scalars(sa.select(User.name).where(condition)).all())
    held = user.words
    session.commit()
    log("kept over a commit", list(held))
    log("other way", [one.name for one in session.scalars(sa.select(Keyword)).first().users])


@program
def chosen_functions(sa: Any, orm: Any, log: Any) -> None:
    proxies = log.module("ext.associationproxy")
    Base = orm.declarative_base()

    class Box(Base):
        __tablename__ = "box"
        id = sa.Column(sa.Integer, primary_key=True)
        items = orm.relationship("Item")
        shown = proxies.association_proxy(
            "items",
            "name",
            creator=lambda value: Item(name=f"made {value}"),
            getset_factory=lambda kind, parent: (
                lambda one: (kind.__name__, one.name),
                lambda one, value: setattr(one, "name", f"set {value}"),
            ),
        )
        loud = proxies.association_proxy(
            "items",
            "name",
            creator=lambda value: Item(name=value),
            proxy_bulk_set=lambda proxy, values: [proxy.append(value + "!") for value in values],
        )

    class Item(Base):
        __tablename__ = "item"
        id = sa.Column(sa.Integer, primary_key=True)
        box_id = sa.Column(sa.ForeignKey("box.id"))
        name = sa.Column(sa.String(20))

    box = Box(shown=["a"])
    box.shown[0] = "b"
    log("shown", box.shown, box.items[0].name)
    box.loud = ["p", "q"]
    log("loud", box.loud)
    with log.raises("no relationship", "non-relationship intermediary"):
        Box.wrong = proxies.association_proxy("id", "x")
        Box.wrong  # noqa: B018
