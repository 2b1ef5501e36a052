"""Random work with a session over the shop's classes, as source: make, add, delete, move, set, merge, expire, refresh,
flush, commit, rollback, savepoints, get, query.

Out: steps for the world ``graph``, which logs states, sets and rows after every step. Steps may fail; what counts is
that they fail alike. Left out are the places where the two differ on purpose (versions, merge into deleted objects).
"""

from __future__ import annotations

from hypothesis import strategies as st

KINDS = {"u": "User", "p": "Post", "n": "Note"}
TEXTS = {"u": "name", "p": "title", "n": "text"}
WORDS = ("'x'", "'y'", "'z'")

HELD = {"u": 2, "p": 3, "n": 2}
"""How many rows of each the world starts with."""

ALONE = (
    "s.flush()", "s.flush()", "s.commit()", "s.rollback()", "s.begin_nested()", "s.expire_all()",
    "log('users', s.scalars(sa.select(User).order_by(User.id)).all())",
    "log('posts', s.execute(sa.select(Post.id, Post.user_id).order_by(Post.id)).all())",
    "log('count', s.scalar(sa.select(sa.func.count()).select_from(Note)))",
)  # fmt: skip
NESTED = ("s.get_nested_transaction().rollback()", "s.get_nested_transaction().commit()")
ON_ONE = (
    "s.add({0})", "s.add({0})", "s.delete({0})", "s.expire({0})", "s.refresh({0})", "s.expunge({0})",
    "log('in', {0} in s)",    "log('modified', s.is_modified({0}))", "orm.make_transient({0})",
)  # fmt: skip
ON_TWO = {
    ("p", "u"): (
        "{0}.user = {1}",
        "{1}.posts.append({0})",
        "{1}.posts.remove({0})",
        "{1}.posts = [{0}]",
        "{0}.user = None",
    ),
    ("n", "p"): (
        "{0}.post = {1}",
        "{1}.notes.append({0})",
        "{1}.notes.remove({0})",
        "{1}.notes = [{0}]",
        "{0}.post = None",
    ),
}


@st.composite
def steps(draw: st.DrawFn) -> list[str]:
    """Steps of one program for the world ``graph``."""
    made: list[str] = []
    variables: list[str] = []
    made += [draw(new_variable(variables)) for _ in range(draw(st.integers(1, 4)))]
    for _ in range(draw(st.integers(2, 12))):
        nested = sum(step == "s.begin_nested()" for step in made) - sum(step in NESTED for step in made)
        made.append(draw(one_step(variables, nested > 0)))
    return made


def one_step(variables: list[str], nested: bool) -> st.SearchStrategy[str]:
    choices = [
        new_variable(variables),
        st.sampled_from(ALONE),
        on_one(variables),
        set_value(variables),
        set_value(variables),
    ]
    choices += [on_two(variables, pair) for pair in ON_TWO if all(letters(variables, kind) for kind in pair)]
    return st.one_of([*choices, st.sampled_from(NESTED)] if nested else choices)


def letters(variables: list[str], kind: str) -> list[str]:
    return [name for name in variables if name[0] == kind]


@st.composite
def new_variable(draw: st.DrawFn, variables: list[str]) -> str:
    kind = draw(st.sampled_from("uppn"))
    name = f"{kind}{len(letters(variables, kind))}"
    key, held, word = draw(st.integers(1, 6)), draw(st.integers(1, HELD[kind])), draw(st.sampled_from(WORDS))
    made, text = KINDS[kind], TEXTS[kind]
    source = draw(
        st.sampled_from((
            f"{name} = s.get({made}, {held})",
            f"{name} = s.get({made}, {held})",
            f"{name} = {made}({text}={word})",
            f"{name} = {made}({text}={word}); s.add({name})",
            f"{name} = {made}(id={key}, {text}={word}); s.add({name})",
            f"{name} = s.merge({made}(id={key}, {text}={word}))",
        ))
    )  # fmt: skip
    variables.append(name)
    return source


@st.composite
def on_one(draw: st.DrawFn, variables: list[str]) -> str:
    return draw(st.sampled_from(ON_ONE)).format(draw(st.sampled_from(variables)))


@st.composite
def set_value(draw: st.DrawFn, variables: list[str]) -> str:
    name = draw(st.sampled_from(variables))
    word = draw(st.sampled_from((*WORDS, "None")))
    return draw(st.sampled_from((f"{name}.{TEXTS[name[0]]} = {word}", f"log('read', {name}.{TEXTS[name[0]]})")))


@st.composite
def on_two(draw: st.DrawFn, variables: list[str], pair: tuple[str, str]) -> str:
    left, right = (draw(st.sampled_from(letters(variables, kind))) for kind in pair)
    return draw(st.sampled_from(ON_TWO[pair])).format(left, right)
