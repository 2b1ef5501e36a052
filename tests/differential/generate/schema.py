"""Random schemas, as source: tables with columns, keys, constraints and indexes; then their DDL and what is sent."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = ("alpha", "Beta", "user", "order", "with space", "x1", "ünï", 'quo"te', "per%cent")
TYPES = (
    "sa.Integer", "sa.BigInteger", "sa.String(20)", "sa.String", "sa.Text", "sa.Boolean", "sa.Float",
    "sa.Numeric(8, 2)",    "sa.Date", "sa.DateTime", "sa.LargeBinary", "sa.JSON", "sa.Numeric", "sa.Time",
)  # fmt: skip
DEFAULTS = (
    "",
    "",
    "",
    ", server_default='5'",
    ", server_default=sa.text('1 + 1')",
    ", default=3",
    ", server_default='it\\'s'",
)
FLAGS = ("", "", ", nullable=False", ", unique=True", ", index=True", ", unique=True, nullable=False")
ACTIONS = ("", ", ondelete='CASCADE'", ", onupdate='SET NULL', name='fk_named'")


@st.composite
def steps(draw: st.DrawFn) -> list[str]:
    """Steps of one program for the world ``schema``."""
    made: list[str] = []
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    for index, name in enumerate(names):
        made.append(draw(table(index, name, names[:index])))
    every = range(len(names))
    made += [f"log.text('default', sa.schema.CreateTable(t{index}))" for index in every]
    made += [f"log.text('sqlite', sa.schema.CreateTable(t{index}), 'sqlite')" for index in every]
    made += [f"log.text('select', sa.select(t{index}))" for index in every]
    made += ["metadata.create_all(e)", "metadata.drop_all(e)"]
    return made


@st.composite
def table(draw: st.DrawFn, index: int, name: str, earlier: list[str]) -> str:
    columns = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    key = draw(st.sampled_from(("single", "pair", "text", "none")))
    parts = {
        "single": ["sa.Column('id', sa.Integer, primary_key=True)"],
        "pair": [f"sa.Column({part!r}, sa.Integer, primary_key=True)" for part in ("id", "id2")],
        "text": ["sa.Column('id', sa.String(5), primary_key=True)"],
        "none": ["sa.Column('id', sa.Integer, unique=True)"],
    }[key]
    parts += [
        f"sa.Column({column!r}, {''.join(draw(st.sampled_from(choices)) for choices in (TYPES, FLAGS, DEFAULTS))})"
        for column in columns
    ]
    for number, target in enumerate(draw(st.lists(st.integers(0, index - 1), max_size=2))) if earlier else ():
        parts.append(f"sa.Column('ref{number}', sa.ForeignKey(t{target}.c.id{draw(st.sampled_from(ACTIONS))}))")
    if draw(st.booleans()):
        named = draw(st.sampled_from(("", ", name='uq_named'")))
        parts.append(f"sa.UniqueConstraint({columns[0]!r}, 'id'{named})")
    if draw(st.booleans()):
        parts.append(f"sa.Index('ix_{index}', {columns[-1]!r})")
    return f"t{index} = sa.Table({name!r}, metadata, {', '.join(parts)})"
