# ruff: noqa: E501  (a statement's source in one line is easier to read than one broken over several)
"""Random statements over the tables ``t`` and ``u``, as source: wide rather than deep.

In: a random number generator. Out: steps that build ``q`` and compare its text on each dialect and its rows on SQLite.
Everything that writes an expression is a method of `Writer`, by the kind of its value; sources name what is in FROM.
"""

from __future__ import annotations

import random
from collections.abc import Callable

NUMBERS = {"t": ("id", "amount", "ratio", "price"), "u": ("id", "t_id", "size")}
WORDS = {"t": ("name",), "u": ("title",)}
TRUTHS = {"t": ("flag",), "u": ()}
DATES = {"t": ("day",), "u": ()}
MOMENTS = {"t": ("moment",), "u": ()}
DOCUMENTS = {"t": ("data",), "u": ()}
KINDS = {
    "number": NUMBERS,
    "word": WORDS,
    "truth": TRUTHS,
    "day": DATES,
    "moment": MOMENTS,
    "document": DOCUMENTS,
}
Sources = list[tuple[str, str]]
Q_YEAR = '"year"'
Q_MONTH = '"month"'
Q_DAY = '"day"'
Q_ = '"+"'
Q__ = '"||"'
Q___ = '"&"'
Q_N = '"n"'
Q_ID = '"id"'
Q_SELECT = '"select"'
Q_A_B = '"a b"'
Q_X = '"x"'
Q_O_CLOCK = '"o\'clock"'
Q____ = "'%'"
Q_A_B_ = "'a:b'"
Q_NONE = '"none"'
Q_W = '"w"'
Q_NAME = '"name"'
Q_B = '"b"'
Q_B_FLAGS_I = '"b", flags="i"'
Q_A = "'a%'"
Q_X_Y = '["x", "y"]'
Q_1_A_2_B = '[(1, "a"), (2, "b")]'
Q_ODD_NAME = '"odd name"'
Q_N_ = '"N"'
Q_SA_DESC_N = 'sa.desc("n")'
Q_W_N = '"w", "n"'
Q_SA_FUNC_LOWER_X = 'sa.func.lower("X")'
Q_SA_FUNC_UPPER_C = 'sa.func.upper("c")'


class Writer:
    """Writes the source of one statement."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.before: list[str] = []
        self.numbered = 0

    def one(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def often(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def name(self, stem: str) -> str:
        self.numbered += 1
        return f"{stem}{self.numbered}"

    def pick(self, *writers: Callable[[], str]) -> str:
        return self.chance.choice(writers)()

    # columns

    def column(self, kind: str, sources: Sources) -> str | None:
        found = [f"{name}.c.{key}" for name, table in sources for key in KINDS[kind][table]]
        return self.chance.choice(found) if found else None

    def leaf(self, kind: str, sources: Sources) -> str:
        return self.column(kind, sources) or self.literal(kind)

    def literal(self, kind: str) -> str:
        if kind == "number":
            return self.one("sa.literal(5)", "sa.literal(2.5)", "sa.literal_column('7')", "sa.literal(D('1.5'))")
        if kind == "word":
            return self.one("sa.literal('x')", "sa.literal_column(\"'q'\")", "sa.literal('a%b')", "sa.literal('')")
        if kind == "truth":
            return self.one("sa.true()", "sa.false()", "sa.literal(True)")
        if kind == "day":
            return "sa.literal(dt.date(2020, 1, 2))"
        if kind == "moment":
            return "sa.literal(dt.datetime(2020, 1, 2, 3, 4, 5))"
        return "sa.literal({'a': [1, {'b': 'c'}], 'n': 5}, sa.JSON)"

    # values

    def number(self, sources: Sources, depth: int) -> str:
        if depth <= 0 or self.often(25):
            return self.leaf("number", sources)
        a = self.number(sources, depth - 1)
        return self.pick(
            lambda: f"({a} {self.one('+', '-', '*', '/', '%')} {self.number(sources, depth - 1)})",
            lambda: f"({a} {self.one('+', '-', '*', '/', '%')} {self.one('1', '2', '3', '2.5', '-1')})",
            lambda: f"({self.one('1', '2', '7', '2.5')} {self.one('+', '-', '*', '/')} {a})",
            lambda: f"(-{a})",
            lambda: f"sa.func.{self.one('abs', 'round', 'sum', 'max', 'min', 'coalesce', 'odd_one')}({a})",
            lambda: f"sa.func.coalesce({a}, {self.one('0', '1.5', 'sa.null()')})",
            lambda: f"sa.func.nullif({a}, {self.one('0', '1')})",
            lambda: f"sa.func.{self.one('length', 'char_length')}({self.word(sources, depth - 1)})",
            lambda: f"sa.cast({a}, {self.number_type()})",
            lambda: f"sa.type_coerce({a}, {self.number_type()})",
            lambda: self.case("number", sources, depth - 1),
            lambda: f"sa.extract({self.one(Q_YEAR, Q_MONTH, Q_DAY)}, {self.leaf('moment', sources)})",
            lambda: f"{a}.{self.one('bitwise_and', 'bitwise_or', 'bitwise_lshift')}({self.one('1', '3')})",
            lambda: f"{a}.op({self.one(Q_, Q__, Q___)})({self.one('1', '2')})",
            lambda: self.scalar("number", sources, depth - 1),
            lambda: f"{self.path(sources)}.{self.one('as_integer()', 'as_float()', 'as_numeric(10, 2)')}",
            lambda: f"{a}.label({self.one(Q_N, Q_ID, Q_SELECT, Q_A_B)})" if self.often(10) else a,
            lambda: self.window(sources, depth - 1),
        )

    def number_type(self) -> str:
        return self.one("sa.Integer", "sa.Numeric(10, 2)", "sa.Float", "sa.BigInteger", "sa.Double", "sa.Numeric")

    def word(self, sources: Sources, depth: int) -> str:
        if depth <= 0 or self.often(25):
            return self.leaf("word", sources)
        a = self.word(sources, depth - 1)
        return self.pick(
            lambda: f"({a} + {self.one(self.word(sources, depth - 1), Q_X, Q____, Q_O_CLOCK)})",
            lambda: f"({self.one(Q_X, Q_A_B_)} + {a})",
            lambda: f"{a}.concat({self.one(Q_X, self.word(sources, depth - 1))})",
            lambda: f"sa.func.{self.one('lower', 'upper', 'max', 'min', 'odd.one', 'trim')}({a})",
            lambda: f"sa.func.concat({a}, {self.one(Q_X, '5', a)})",
            lambda: f"sa.func.coalesce({a}, {self.one(Q_NONE, 'sa.null()')})",
            lambda: f"sa.func.substr({a}, 1, {self.one('1', '2')})",
            lambda: f"sa.cast({self.number(sources, depth - 1)}, {self.one('sa.String', 'sa.String(20)', 'sa.Text')})",
            lambda: f"sa.type_coerce({a}, sa.String)",
            lambda: self.case("word", sources, depth - 1),
            lambda: self.scalar("word", sources, depth - 1),
            lambda: f"{a}.collate('NOCASE')",
            lambda: f"{self.path(sources)}.as_string()",
            lambda: f"{a}.label({self.one(Q_W, Q_NAME)})" if self.often(10) else a,
            lambda: f"{a}.regexp_replace('a', {self.one(Q_B, Q_B_FLAGS_I)})",
        )

    def path(self, sources: Sources) -> str:
        document = self.leaf("document", sources)
        return document + self.one("['a']", "['a'][0]", "[('a', 1, 'b')]", "['x y']", "[0]", "[('n',)]", "['it\\'s']")

    def truth(self, sources: Sources, depth: int) -> str:
        n, w = (lambda: self.number(sources, min(depth, 1))), (lambda: self.word(sources, min(depth, 1)))
        simple = [
            lambda: f"({n()} {self.comparison()} {n()})",
            lambda: f"({n()} {self.comparison()} {self.one('0', '1', '2.5', 'None' if self.often(5) else '3')})",
            lambda: f"({w()} {self.comparison()} {self.one(Q_X, w(), Q_A)})",
            lambda: f"({self.leaf('day', sources)} {self.comparison()} dt.date(2021, 2, 3))",
            lambda: f"({self.leaf('moment', sources)} {self.comparison()} dt.datetime(2021, 2, 3, 4))",
            lambda: f"{self.one(n(), w())}.{self.one('is_(None)', 'is_not(None)', 'is_distinct_from(None)')}",
            lambda: f"{n()}.{self.one('is_distinct_from', 'is_not_distinct_from')}({self.one('5', n())})",
            lambda: f"{n()}.{self.one('in_', 'not_in')}({self.one('[]', '[1, 2]', '[1, None]', '(1, 2, 3)')})",
            lambda: f"{w()}.{self.one('in_', 'not_in')}({self.one('[]', Q_X_Y)})",
            lambda: f"{n()}.between({n()}, {self.one('3', n())}{self.one('', '', ', symmetric=True')})",
            lambda: f"{w()}.{self.match()}",
            lambda: self.leaf("truth", sources),
            lambda: f"({self.leaf('truth', sources)} == {self.one('True', 'False', 'None')})",
            lambda: f"{self.leaf('truth', sources)}.is_({self.one('True', 'False')})",
            lambda: f"({self.path(sources)}.as_string() == 'c')",
            lambda: f"({self.path(sources)}.as_boolean() == True)",
            lambda: f"(sa.tuple_({n()}, {w()}) {self.one('==', '<', '>=')} sa.tuple_(1, 'x'))",
            lambda: f"sa.tuple_({n()}, {w()}).in_({self.one('[]', Q_1_A_2_B)})",
        ]
        if depth <= 0 or self.often(40):
            return self.pick(*simple)
        a, b = self.truth(sources, depth - 1), self.truth(sources, depth - 1)
        return self.pick(
            lambda: f"({a} & {b})",
            lambda: f"({a} | {b})",
            lambda: f"(~{a})",
            lambda: f"sa.not_({a})",
            lambda: f"sa.{self.one('and_', 'or_')}({a}, {b}, {self.truth(sources, 0)})",
            lambda: f"sa.exists().where(i.c.t_id == {n()}, {self.truth([('i', 'u')], 0)})",
            lambda: f"sa.exists(sa.select(i.c.id).where(i.c.t_id == {n()}))",
            lambda: f"sa.select(i.c.id).where({self.truth([('i', 'u')], 0)}).exists()",
            lambda: f"{n()}.{self.one('in_', 'not_in')}(sa.select(i.c.t_id).where({self.truth([('i', 'u')], 0)}))",
            lambda: f"({n()} {self.comparison()} {self.scalar('number', sources, 0)})",
            lambda: f"({n()} {self.comparison()} sa.{self.one('any_', 'all_')}(sa.select(i.c.t_id).scalar_subquery()))",
            lambda: f"({a} == {b})",
            lambda: f"sa.func.coalesce({a}, sa.false())",
        )

    def comparison(self) -> str:
        return self.one("==", "!=", "<", "<=", ">", ">=")

    def match(self) -> str:
        return self.one(
            "like('a%')", "not_like('a%')", "ilike('A%')", "not_ilike('A%')", "like('a/%', escape='/')",
            "contains('a')", "startswith('a')", "endswith('a')", "icontains('A')", "istartswith('A')", "iendswith('A')",
            "contains('a%', autoescape=True)", "startswith('a_', autoescape=True)", "endswith('a', escape='^')",
            "contains(sa.func.lower('A'))", "regexp_match('^a')", "regexp_match('^A', flags='i')",
        )  # fmt: skip

    def case(self, kind: str, sources: Sources, depth: int) -> str:
        value = self.number if kind == "number" else self.word
        plain = "1" if kind == "number" else "'x'"
        first = f"({self.truth(sources, 0)}, {self.one(plain, value(sources, depth))})"
        second = f", ({self.truth(sources, 0)}, {value(sources, depth)})" if self.often(40) else ""
        rest = self.one("", f", else_={plain}", f", else_={value(sources, depth)}", ", else_=sa.null()")
        if self.often(25):
            rest = rest or f", else_={plain}"
            return f"sa.case({{1: {plain}, 2: {value(sources, 0)}}}, value={self.leaf('number', sources)}{rest})"
        return f"sa.case({first}{second}{rest})"

    def scalar(self, kind: str, sources: Sources, depth: int) -> str:
        inner: Sources = [("i", "u")]
        chosen = self.number(inner, min(depth, 0)) if kind == "number" else self.word(inner, min(depth, 0))
        how = self.one(f"sa.func.{self.one('max', 'min')}({chosen})", chosen)
        where = self.one("", f".where(i.c.t_id == {self.leaf('number', sources)})", f".where({self.truth(inner, 0)})")
        ending = self.one("", ".limit(1)", ".order_by(i.c.id).limit(1)")
        correlated = ".correlate(None)" if self.often(5) else ""
        return f"sa.select({how}){where}{ending}{correlated}.scalar_subquery()"

    def window(self, sources: Sources, depth: int) -> str:
        n = self.leaf("number", sources)
        function = self.one(
            "row_number()", "rank()", f"sum({n})", f"count({n})", f"lag({n}, 1)", "ntile(2)", f"max({n})"
        )
        parts = []
        if self.often(50):
            parts.append(f"partition_by={self.one(self.leaf('word', sources), '[' + n + ', ' + n + ']')}")
        if self.often(70):
            order = self.one(n, f"{n}.desc()", f"sa.desc({n})", f"[{n}, {self.leaf('word', sources)}.asc()]")
            parts.append(f"order_by={order}")
            if self.often(40):
                parts.append(self.one("rows=(None, 0)", "rows=(-1, 1)", "range_=(None, 0)", "groups=(-1, None)"))
        filtered = (
            f".filter({self.truth(sources, 0)})"
            if function.startswith(("sum", "count", "max")) and self.often(20)
            else ""
        )
        return f"sa.func.{function}{filtered}.over({', '.join(parts)})"

    # FROM

    def sources(self) -> tuple[Sources, str]:
        return self.chance.choice(
            (
                lambda: ([("t", "t")], ""),
                lambda: ([("u", "u")], ""),
                lambda: ([("t", "t"), ("u", "u")], ".join_from(t, u)"),
                lambda: ([("t", "t"), ("u", "u")], ".select_from(t.outerjoin(u))"),
                lambda: (
                    [("t", "t"), ("u", "u")],
                    f".select_from(t).join(u, {self.truth([('t', 't'), ('u', 'u')], 0)})",
                ),
                lambda: ([("t", "t"), ("u", "u")], ".join_from(t, u, t.c.id == u.c.t_id, full=True)"),
                self.aliased,
                self.derived,
                self.common,
                self.recursive,
                self.listed,
                self.combined,
            )
        )()

    def aliased(self) -> tuple[Sources, str]:
        x = self.name("x")
        self.before.append(f"{x} = t.alias({self.one('', repr(x), Q_ODD_NAME)})")
        return [("t", "t"), (x, "t")], f".join_from(t, {x}, t.c.id == {x}.c.id{self.one('', ', isouter=True')})"

    def derived(self) -> tuple[Sources, str]:
        x = self.name("x")
        where = f".where({self.truth([('t', 't')], 1)})" if self.often(60) else ""
        made = self.one(".subquery()", f".subquery({x!r})", ".alias()", f".lateral({x!r})")
        ending = self.one("", ".limit(5)", ".order_by(t.c.id.desc()).limit(2)", ".distinct()")
        self.before.append(f"{x} = sa.select(t){where}{ending}{made}")
        return [(x, "t")], ""

    def common(self) -> tuple[Sources, str]:
        x = self.name("x")
        where = f".where({self.truth([('t', 't')], 1)})" if self.often(60) else ""
        made = self.one(f".cte({x!r})", ".cte()", f".cte({x!r}, nesting=True)")
        self.before.append(f"{x} = sa.select(t){where}{made}")
        if self.often(50):
            return [(x, "t")], ""
        return [("u", "u"), (x, "t")], f".join_from(u, {x}, u.c.t_id == {x}.c.id)"

    def recursive(self) -> tuple[Sources, str]:
        x = self.name("x")
        self.before.append(f"{x} = sa.select(u).where(u.c.id == 1).cte({x!r}, recursive=True)")
        self.before.append(
            f"{x} = {x}.{self.one('union', 'union_all')}(sa.select(u).join({x}, u.c.t_id == {x}.c.id + 1).limit(5))"
            if self.often(10)
            else f"{x} = {x}.union(sa.select(u).where(u.c.t_id == {x}.c.id))"
        )
        return [(x, "u")], ""

    def listed(self) -> tuple[Sources, str]:
        x = self.name("x")
        columns = "sa.column('id', sa.Integer), sa.column('t_id', sa.Integer), sa.column('size', sa.Integer), sa.column('title', sa.String)"
        self.before.append(f"{x} = sa.values({columns}, name={x!r}).data([(1, 2, 3, 'a'), (4, 5, 6, 'b')])")
        if self.often(40):
            self.before.append(f"{x} = {x}.cte({(x + 'c')!r})")
        return [(x, "u")], ""

    def combined(self) -> tuple[Sources, str]:
        x = self.name("x")
        verb = self.one("union", "union_all", "except_", "intersect")
        one, two = (f"sa.select(u).where({self.truth([('u', 'u')], 1)})" for _ in range(2))
        how = self.one(f"sa.{verb}({one}, {two})", f"{one}.{verb}({two})")
        self.before.append(f"{x} = {how}{self.one('.subquery()', '.alias()', f'.cte({x!r})')}")
        return [(x, "u")], ""

    # statements

    def columns(self, sources: Sources) -> str:
        def item() -> str:
            return self.pick(
                lambda: self.number(sources, 2),
                lambda: self.word(sources, 2),
                lambda: self.truth(sources, 0),
                lambda: f"{self.number(sources, 1)}.label({self.one(Q_N, Q_ID, Q_SELECT, Q_N_)})",
                lambda: self.window(sources, 1),
                lambda: self.leaf(self.one("day", "moment", "truth", "number", "word"), sources),
                lambda: self.path(sources),
                lambda: self.literal(self.one("number", "word", "truth", "day")),
                lambda: self.one("sa.null()", "sa.text('1 AS one')", "sa.literal_column('3').label('three')"),
            )

        if self.often(10):
            return self.chance.choice(sources)[0]
        return ", ".join(item() for _ in range(self.chance.randint(1, 4)))

    def select(self) -> str:
        sources, source = self.sources()
        if self.often(25):
            return self.grouped(sources, source)
        text = f"sa.select({self.columns(sources)}){source}"
        for _ in range(self.chance.choice((0, 1, 1, 2))):
            text += f".where({self.truth(sources, 2)})"
        text += ".distinct()" if self.often(10) else ""
        text += self.ending(sources)
        text += self.one(
            "", "", "", ".set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL)", ".prefix_with('/* hint */')"
        )
        return text + (".with_for_update()" if self.often(5) else "")

    def grouped(self, sources: Sources, source: str) -> str:
        keys = [
            self.one(self.leaf("number", sources), self.leaf("word", sources)) for _ in range(self.chance.randint(1, 2))
        ]
        n = self.number(sources, 1)
        aggregates = [
            self.one(
                "sa.func.count()", f"sa.func.sum({n})", f"sa.func.count({n}.distinct())", f"sa.func.avg({n})",
                f"sa.func.max({n}).label('m')", f"sa.func.count({n}).filter({self.truth(sources, 0)})",
                f"sa.func.aggregate_strings({self.leaf('word', sources)}, ',')", "sa.func.count('*')",
            )
            for _ in range(self.chance.randint(1, 2))
        ]  # fmt: skip
        text = f"sa.select({', '.join([*keys, *aggregates])}){source}"
        text += f".where({self.truth(sources, 1)})" if self.often(40) else ""
        text += f".group_by({', '.join(keys)})"
        text += self.one("", ".having(sa.func.count() > 0)", f".having({aggregates[0]} != None)")
        return text + (
            f".order_by({self.one(keys[0], aggregates[0], 'sa.desc(' + keys[0] + ')')})" if self.often(50) else ""
        )

    def ending(self, sources: Sources) -> str:
        text = ""
        if self.often(45):
            order = self.one(self.number(sources, 1), self.word(sources, 1))
            text += f".order_by({order}{self.one('', '.desc()', '.asc().nulls_last()', '.desc().nulls_first()')})"
        if self.often(30):
            text += self.one(
                ".limit(2)",
                ".limit(3).offset(1)",
                ".offset(1)",
                ".fetch(2)",
                ".slice(1, 3)",
                ".limit(sa.literal(1) + 1)",
            )
        return text

    def compound(self) -> str:
        verb = self.one("union", "union_all", "except_", "intersect")
        source: Sources = [("t", "t")]

        def part() -> str:
            where = f".where({self.truth(source, 1)})" if self.often(60) else ""
            limited = ".order_by(t.c.id).limit(1)" if self.often(10) else ""
            return f"sa.select({self.number(source, 1)}.label('n'), {self.word(source, 1)}.label('w')){where}{limited}"

        text = f"sa.{verb}({', '.join(part() for _ in range(self.chance.randint(2, 3)))})"
        if self.often(50):
            text += f".order_by({self.one(Q_N, Q_SA_DESC_N, Q_W_N)})"
        return text + self.one("", "", ".limit(2)", ".limit(1).offset(1)")

    def write(self) -> str:
        source: Sources = [("u", "u")]
        number, word = self.number(source, 1), self.word(source, 1)
        where = f".where({self.truth(source, 2)})" if self.often(70) else ""
        returning = self.one("", "", ".returning(u.c.id)", ".returning(u)", f".returning({number}, {word}.label('w'))")
        return self.pick(
            lambda: f"sa.update(u){where}.values(size={self.one('5', number, 'None')}){returning}",
            lambda: (
                f"sa.update(u).values({{u.c.title: {self.one(word, Q_X, 'sa.null()')}, 'size': 1}}){where}{returning}"
            ),
            lambda: f"sa.update(u).where(u.c.t_id == t.c.id, {self.truth([('t', 't')], 1)}).values(title=t.c.name)",
            lambda: f"sa.delete(u){where}{returning}",
            lambda: (
                f"sa.insert(u).values(id=100, t_id={self.one('1', 'None', 'sa.func.abs(-1)')}, title={self.one(Q_X, Q_SA_FUNC_LOWER_X)}){returning}"
            ),
            lambda: (
                f"sa.insert(u).values([{{'id': 101, 'title': 'a'}}, {{'id': 102, 'title': {self.one(Q_B, Q_SA_FUNC_UPPER_C)}}}]){returning}"
            ),
            lambda: (
                f"sa.insert(u).from_select(['t_id', 'title'], sa.select({self.number([('t', 't')], 0)}, {self.word([('t', 't')], 1)}).where({self.truth([('t', 't')], 1)}))"
            ),
        )


DIALECTS = ("sqlite", "postgresql", "mysql")


def steps_for(seed: int) -> list[str]:
    """Steps of one program for the world ``wide``."""
    writer = Writer(random.Random(seed))
    statement = writer.chance.choice((writer.select, writer.select, writer.select, writer.compound, writer.write))()
    ordered = ".order_by(" in statement
    return [
        "i = u.alias('i')",
        *writer.before,
        f"q = {statement}",
        "log.text('text', q)",
        *[f"log.text({name!r}, q, {name!r})" for name in DIALECTS],
        f"log('rows', wide_rows(c, q, {ordered}))",
    ]


def is_comparable(steps: list[str]) -> bool:
    """Whether the oracle writes what it should: it does not in subqueries in RETURNING, and names -x there after x."""
    source = "\n".join(steps)
    return "returning(" not in source or not ("select(" in source.partition("returning(")[2] or "(-u.c" in source)
