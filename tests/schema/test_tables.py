"""Tables and columns: identity in a MetaData, what flags declare, repr, foreign keys found late."""

from __future__ import annotations

import pickle

import pytest

from cormorant import exc
from cormorant.schema import (
    BLANK_SCHEMA,
    CheckConstraint,
    Column,
    ColumnCollectionConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    Table,
    UniqueConstraint,
)
from cormorant.sql.expression import func
from cormorant.types import Boolean, Enum, Integer, Numeric, String


@pytest.fixture
def metadata() -> MetaData:
    return MetaData()


def test_repr_of_a_table(metadata: MetaData) -> None:
    table = Table(
        "t",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("x", String(5), nullable=False),
        Column("y", ForeignKey("u.id"), default=5, server_default="7", comment="c", key="yy"),
        schema="s",
    )
    assert repr(table) == (
        "Table('t', MetaData(), Column('id', Integer(), table=<t>, primary_key=True, nullable=False), "
        "Column('x', String(length=5), table=<t>, nullable=False), "
        "Column('y', NullType(), ForeignKey('u.id'), table=<t>, key='yy', default=ScalarElementColumnDefault(5), "
        "server_default=DefaultClause('7', for_update=False), comment='c'), schema='s')"
    )
    assert str(table) == table.key == "s.t"


def test_one_object_per_key(metadata: MetaData) -> None:
    table = Table("t", metadata, Column("id", Integer))
    assert Table("t", metadata) is table
    assert Table("t", metadata, Column("id", String), keep_existing=True) is table
    assert isinstance(table.c.id.type, Integer)
    assert Table("t", metadata, Column("id", String), extend_existing=True) is table
    assert isinstance(table.c.id.type, String)
    with pytest.raises(exc.InvalidRequestError, match="Table 't' is already defined for this MetaData instance"):
        Table("t", metadata, Column("id", Integer))
    with pytest.raises(exc.InvalidRequestError, match="Table 'u' not defined"):
        Table("u", metadata, must_exist=True)


def test_a_table_that_fails_is_not_left_behind(metadata: MetaData) -> None:
    with pytest.raises(exc.DuplicateColumnError, match="A column with name 'a' is already present in table 't'"):
        Table("t", metadata, Column("a", Integer), Column("a", Integer))
    assert "t" not in metadata.tables


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((5,), exc.ArgumentError, "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got 5"),
        (("a", "b"), exc.ArgumentError, "expected, got 'b'"),
        (("a", Integer, Integer), exc.ArgumentError, "'SchemaItem' object"),
    ],
)
def test_wrong_arguments_of_a_column(arguments: tuple[object, ...], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Column(*arguments)


def test_wrong_options_of_a_column() -> None:
    with pytest.raises(TypeError, match="Additional arguments should be named <dialectname>_<argument>, got 'bogus'"):
        Column("a", bogus=1)
    with pytest.raises(exc.ArgumentError, match="May not pass name positionally and as a keyword"):
        Column("a", name="b")
    with pytest.raises(exc.ArgumentError, match="mutually exclusive"):
        Column("a", default=1, insert_default=2)


def test_a_column_belongs_to_one_table(metadata: MetaData) -> None:
    column = Column("a", Integer)
    Table("t", metadata, column)
    with pytest.raises(exc.ArgumentError, match="Column object 'a' already assigned to Table 't'"):
        Table("u", metadata, column)


def test_a_table_is_a_structure_of_its_own_that_changes_with_it(metadata: MetaData) -> None:
    table = Table("t", metadata, Column("a", Integer))
    before = table.shape
    assert table.shape is before
    table.append_column(Column("b", Integer))
    assert table.shape is not before
    assert Table("t", MetaData(), Column("a", Integer)).shape is not Table("t", MetaData(), Column("a", Integer)).shape


def test_flags_declare_indexes_and_constraints(metadata: MetaData) -> None:
    table = Table("t", metadata, Column("a", Integer, index=True), Column("b", Integer, unique=True), schema="s")
    assert [index.name for index in table.indexes] == ["ix_s_t_a"]
    unique = next(one for one in table.constraints if isinstance(one, UniqueConstraint))
    assert [column.name for column in unique] == ["b"]
    with pytest.raises(exc.ArgumentError, match="'index' keyword argument on Column is boolean only"):
        Table("u", metadata, Column("a", Integer, index="name"))


def test_types_declare_check_constraints(metadata: MetaData) -> None:
    table = Table("t", metadata, Column("a", Boolean(create_constraint=True, name="ck")), Column("b", Enum("x")))
    checks = [one for one in table.constraints if isinstance(one, CheckConstraint)]
    assert [check.name for check in checks] == ["ck"]


def test_primary_keys(metadata: MetaData) -> None:
    table = Table("t", metadata, Column("a", Integer), Column("b", Integer), PrimaryKeyConstraint("b", "a", name="pk"))
    assert [column.name for column in table.primary_key] == ["b", "a"]
    assert (table.c.a.primary_key, table.c.a.nullable) == (True, False)
    with pytest.warns(exc.SAWarning, match="setting the current primary key columns to 'a'"):
        Table("u", metadata, Column("b", Integer, primary_key=True), Column("a", Integer), PrimaryKeyConstraint("a"))
    with pytest.raises(exc.ConstraintColumnNotFoundError, match="Can't create UniqueConstraint on table 'v'"):
        Table("v", metadata, UniqueConstraint("zz"))


@pytest.mark.parametrize(
    ("columns", "counted"),
    [
        ([Column("a", Integer, primary_key=True)], "a"),
        ([Column("a", String, primary_key=True)], None),
        ([Column("a", Integer, primary_key=True, autoincrement=False)], None),
        ([Column("a", Integer, primary_key=True, default=5)], None),
        ([Column("a", Integer, primary_key=True, server_default="5")], None),
        ([Column("a", Integer, Sequence("s"), primary_key=True)], "a"),
        ([Column("a", Integer, Identity(), primary_key=True)], "a"),
        ([Column("a", Integer, ForeignKey("u.a"), primary_key=True)], None),
        ([Column("a", Integer, ForeignKey("u.a"), primary_key=True, autoincrement="ignore_fk")], "a"),
        ([Column("a", Integer, primary_key=True), Column("b", Integer, primary_key=True)], None),
        ([Column("a", Integer, primary_key=True, autoincrement=True), Column("b", Integer, primary_key=True)], "a"),
        ([Column("a", Numeric(10, 0), primary_key=True)], None),
        ([Column("a", Numeric(10, 0), primary_key=True, autoincrement=True)], "a"),
    ],
)
def test_which_column_is_counted(columns: list[Column[object]], counted: str | None) -> None:
    found = Table("t", MetaData(), *columns).autoincrement_column
    assert (found.name if found is not None else None) == counted


def test_contradictions_about_counting(metadata: MetaData) -> None:
    table = Table("t", metadata, Column("a", String, primary_key=True, autoincrement=True))
    with pytest.raises(exc.ArgumentError, match="is not compatible with autoincrement=True"):
        table.autoincrement_column  # noqa: B018 - the access is the test


def test_foreign_keys_find_their_target_late(metadata: MetaData) -> None:
    child = Table("child", metadata, Column("parent_id", ForeignKey("parent.id")))
    key = next(iter(child.c.parent_id.foreign_keys))
    with pytest.raises(exc.NoReferencedTableError, match="could not find table 'parent'") as caught:
        key.column  # noqa: B018 - the access is the test
    assert caught.value.table_name == "parent"
    parent = Table("parent", metadata, Column("id", String(7), primary_key=True))
    assert key.column is parent.c.id
    assert child.c.parent_id.type is parent.c.id.type
    assert child.c.parent_id.references(parent.c.id)
    assert key.references(parent)
    assert key.constraint in child.foreign_key_constraints


def test_foreign_keys_that_lead_nowhere(metadata: MetaData) -> None:
    Table("u", metadata, Column("a", Integer))
    table = Table("t", metadata, Column("x", Integer, ForeignKey("u.id")))
    with pytest.raises(exc.NoReferencedColumnError, match="table 'u' has no column named 'id'"):
        next(iter(table.foreign_keys)).column  # noqa: B018 - the access is the test
    with pytest.raises(exc.ArgumentError, match="number of constrained columns must match"):
        ForeignKeyConstraint(["a", "b"], ["u.a"])
    with pytest.raises(exc.ArgumentError, match="String column name or Column object"):
        ForeignKey(5)
    with pytest.raises(exc.InvalidRequestError, match="does not yet have a parent Column"):
        ForeignKey("u.a").column  # noqa: B018 - the access is the test


def test_schemas_of_foreign_keys() -> None:
    metadata = MetaData(schema="s")
    parent = Table("p", metadata, Column("id", Integer, primary_key=True))
    child = Table("c", metadata, Column("p_id", ForeignKey("p.id")))
    assert next(iter(child.foreign_keys)).column is parent.c.id
    assert Table("x", metadata, schema=BLANK_SCHEMA).key == "x"


def test_constraints_wait_for_their_columns(metadata: MetaData) -> None:
    first, second = Column("a", Integer), Column("b", Integer)
    unique = UniqueConstraint(first, second)
    index = Index("ix", first, second)
    with pytest.raises(exc.InvalidRequestError, match="not bound to a table"):
        unique.table  # noqa: B018 - the access is the test
    table = Table("t", metadata, first, second)
    assert unique in table.constraints
    assert index in table.indexes
    with pytest.raises(exc.ArgumentError, match="are not part of table"):
        Index("other", first, Table("u", metadata, Column("a", Integer)).c.a)


def test_defaults_of_all_kinds() -> None:
    assert Column("a", default=5).default.is_scalar
    assert Column("a", default=func.now()).default.is_clause_element
    assert Column("a", default=lambda: 7).default.arg("context") == 7
    assert Column("a", default=lambda context: context).default.arg("context") == "context"
    assert Column("a", default=dict).default.arg("context") == {}
    assert Column("a", onupdate=1).onupdate.for_update
    assert Column("a", server_default="x").server_default.arg == "x"
    with pytest.raises(exc.ArgumentError, match="takes zero or one positional arguments"):
        Column("a", default=lambda one, two: 1)
    with pytest.raises(exc.ArgumentError, match="Argument 'arg' is expected to be one of type"):
        Column("a", server_default=5)
    with pytest.raises(exc.ArgumentError, match="A generated column cannot specify a server_default"):
        Column("a", Computed("b + 1"), server_default="5")
    with pytest.raises(exc.ArgumentError, match="A column with an Identity object cannot specify a server_default"):
        Column("a", Identity(), server_default="5")


def test_names_by_convention() -> None:
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s_%(referred_column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    table = Table(
        "t",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("x", ForeignKey("u.uid")),
        CheckConstraint("x > 5", name="positive"),
        UniqueConstraint("id", "x"),
        UniqueConstraint("x", name="given"),
    )
    names = {str(one.name) for one in table.constraints}
    assert names == {"pk_t", "fk_t_x_u_uid", "ck_t_positive", "uq_t_id_x", "given"}
    with pytest.raises(exc.InvalidRequestError, match="requires that constraint is explicitly named"):
        Table("w", metadata, CheckConstraint("1 = 1"))


def test_copies_into_another_metadata(metadata: MetaData) -> None:
    Table("u", metadata, Column("id", Integer, primary_key=True), schema="s")
    table = Table(
        "t",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("x", ForeignKey("s.u.id", ondelete="CASCADE"), index=True),
        Column("b", Boolean(create_constraint=True)),
        UniqueConstraint("x", name="uq"),
        CheckConstraint("x > 1", name="ck"),
        schema="s",
        comment="remark",
    )
    copied = table.to_metadata(MetaData(), schema="q", name="t2")
    assert (copied.key, copied.comment, copied.c.keys()) == ("q.t2", "remark", ["id", "x", "b"])
    assert [index.name for index in copied.indexes] == ["ix_q_t2_x"]
    assert {type(one).__name__ for one in copied.constraints} == {type(one).__name__ for one in table.constraints}
    assert len(copied.constraints) == len(table.constraints)
    key = next(iter(copied.foreign_keys))
    assert (key.target_fullname, key.ondelete) == ("q.u.id", "CASCADE")
    with pytest.warns(exc.SAWarning, match="already exists within the given MetaData"):
        assert table.to_metadata(metadata) is table


def test_copies_of_columns_are_free() -> None:
    column = Column("a", Integer, ForeignKey("u.id"), primary_key=True, default=5, info={"n": 1}, comment="c")
    copied = column.copied(name="b")
    assert copied.table is None
    assert (copied.name, copied.primary_key, copied.default.arg, copied.info) == ("b", True, 5, {"n": 1})
    assert next(iter(copied.foreign_keys)).parent is copied


def test_tables_survive_pickling(metadata: MetaData) -> None:
    Table("u", metadata, Column("id", Integer, primary_key=True))
    Table("t", metadata, Column("x", ForeignKey("u.id"), unique=True))
    again = pickle.loads(pickle.dumps(metadata))
    table = again.tables["t"]
    assert repr(table) == repr(metadata.tables["t"])
    assert next(iter(table.foreign_keys)).column is again.tables["u"].c.id


def test_metadata_as_a_container(metadata: MetaData) -> None:
    table = Table("t", metadata, schema="s")
    assert "s.t" in metadata
    assert table in metadata
    assert metadata.schemas == ["s"]
    metadata.remove(table)
    assert "s.t" not in metadata
    with pytest.raises(exc.ArgumentError, match="expected schema argument to be a string"):
        MetaData(schema=5)


def test_constraints_over_columns_are_of_one_class() -> None:
    table = Table("t", MetaData(), Column("a"), Column("b"), ForeignKeyConstraint(["a"], ["t.b"]))
    key = next(iter(table.foreign_key_constraints))
    assert isinstance(key, ColumnCollectionConstraint)
    assert isinstance(CheckConstraint("a > 1"), ColumnCollectionConstraint)
    assert [column.name for column in key] == ["a"]
    assert len(key) == 1
