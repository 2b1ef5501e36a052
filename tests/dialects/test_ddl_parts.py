"""The text of DDL in the default language and in each dialect: indexes, constraints, sequences, comments."""

from __future__ import annotations

import pytest

from cormorant.schema import (
    DDL,
    AddConstraint,
    CheckConstraint,
    Column,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateView,
    DropColumnComment,
    DropConstraint,
    DropIndex,
    DropSchema,
    DropSequence,
    DropTable,
    DropTableComment,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    SetColumnComment,
    SetConstraintComment,
    SetTableComment,
    Table,
    UniqueConstraint,
)
from cormorant.sql import and_, desc, func, select, text
from cormorant.types import (
    BigInteger,
    Integer,
)
from tests.compile.tables import fresh
from tests.dialects.texts import Make, text_of

CASES: list[tuple[Make, dict[str, str]]] = [
    (lambda t: DropTable(t.u), {"default": "\nDROP TABLE u"}),
    (lambda t: DropTable(t.s, if_exists=True), {"default": "\nDROP TABLE IF EXISTS sch.st"}),
    (lambda t: CreateIndex(Index("ix_u_name", t.u.c.name)), {"default": "CREATE INDEX ix_u_name ON u (name)"}),
    (
        lambda t: CreateIndex(Index("ix_u_2", t.u.c.name, t.u.c.id.desc(), unique=True)),
        {"default": "CREATE UNIQUE INDEX ix_u_2 ON u (name, id DESC)"},
    ),
    (
        lambda t: CreateIndex(Index("ix_u_f", func.lower(t.u.c.name)), if_not_exists=True),
        {
            "default": "CREATE INDEX IF NOT EXISTS ix_u_f ON u (lower(name))",
            "mysql": "CREATE INDEX IF NOT EXISTS ix_u_f ON u ((lower(name)))",
        },
    ),
    (
        lambda t: DropIndex(Index("ix_u_z", t.u.c.name)),
        {"default": "\nDROP INDEX ix_u_z", "mysql": "\nDROP INDEX ix_u_z ON u"},
    ),
    (
        lambda t: DropIndex(Index("ix_s_z", t.s.c.name)),
        {"default": "\nDROP INDEX sch.ix_s_z", "mysql": "\nDROP INDEX ix_s_z ON sch.st"},
    ),
    (
        lambda t: CreateIndex(Index("ix_s_y", t.s.c.name)),
        {"default": "CREATE INDEX ix_s_y ON sch.st (name)", "sqlite": "CREATE INDEX sch.ix_s_y ON st (name)"},
    ),
    (
        lambda t: CreateIndex(Index("ix_q", t.q.c.group, t.q.c["Mixed Case"])),
        {
            "default": 'CREATE INDEX ix_q ON "Order" ("group", "Mixed Case")',
            "mysql": "CREATE INDEX ix_q ON `Order` (`group`, `Mixed Case`)",
        },
    ),
    (lambda t: CreateSchema("foo"), {"default": "CREATE SCHEMA foo"}),
    (
        lambda t: CreateSchema("Foo Bar", if_not_exists=True),
        {"default": 'CREATE SCHEMA IF NOT EXISTS "Foo Bar"', "mysql": "CREATE SCHEMA IF NOT EXISTS `Foo Bar`"},
    ),
    (lambda t: DropSchema("foo", cascade=True, if_exists=True), {"default": "DROP SCHEMA IF EXISTS foo CASCADE"}),
    (
        lambda t: CreateSequence(Sequence("sq", start=5, increment=2)),
        {"default": "CREATE SEQUENCE sq INCREMENT BY 2 START WITH 5"},
    ),
    (
        lambda t: CreateSequence(Sequence("sq2", minvalue=1, maxvalue=10, cycle=True, cache=3)),
        {"default": "CREATE SEQUENCE sq2 MINVALUE 1 MAXVALUE 10 CACHE 3 CYCLE"},
    ),
    (lambda t: DropSequence(Sequence("sq")), {"default": "DROP SEQUENCE sq"}),
    (
        lambda t: AddConstraint(
            ForeignKeyConstraint([t.c.c.b_id], [t.u.c.id], name="fk1", ondelete="CASCADE", onupdate="SET NULL")
        ),
        {
            "default": (
                "ALTER TABLE c ADD CONSTRAINT fk1 FOREIGN KEY(b_id) REFERENCES u (id) ON DELETE "
                "CASCADE ON UPDATE SET NULL"
            )
        },
    ),
    (
        lambda t: AddConstraint(next(iter(t.b.foreign_key_constraints))),
        {"default": "ALTER TABLE b ADD CONSTRAINT fk_x FOREIGN KEY(a_id) REFERENCES a (id)"},
    ),
    (
        lambda t: DropConstraint(next(iter(t.b.foreign_key_constraints))),
        {"default": "ALTER TABLE b DROP CONSTRAINT fk_x", "mysql": "ALTER TABLE b DROP FOREIGN KEY fk_x"},
    ),
    (
        lambda t: AddConstraint(UniqueConstraint(t.u.c.name, name="uq1")),
        {"default": "ALTER TABLE u ADD CONSTRAINT uq1 UNIQUE (name)"},
    ),
    (
        lambda t: AddConstraint(CheckConstraint(t.u.c.id > 5, name="ck")),
        {"default": "ALTER TABLE u ADD CONSTRAINT ck CHECK (id > 5)"},
    ),
    (
        lambda t: DropConstraint(UniqueConstraint(t.u.c.name, name="uq2")),
        {"default": "ALTER TABLE u DROP CONSTRAINT uq2", "mysql": "ALTER TABLE u DROP INDEX uq2"},
    ),
    (
        lambda t: SetTableComment(Table("t17", MetaData(), comment="it's")),
        {"default": "COMMENT ON TABLE t17 IS 'it''s'", "mysql": "ALTER TABLE t17 COMMENT 'it''s'"},
    ),
    (
        lambda t: DropTableComment(Table("t17", MetaData(), comment="it's")),
        {"default": "COMMENT ON TABLE t17 IS NULL", "mysql": "ALTER TABLE t17 COMMENT ''"},
    ),
    (
        lambda t: SetColumnComment(Table("t18", MetaData(), Column("a", Integer, comment="foo")).c.a),
        {"default": "COMMENT ON COLUMN t18.a IS 'foo'", "mysql": "ALTER TABLE t18 CHANGE a a INTEGER COMMENT 'foo'"},
    ),
    (
        lambda t: DropColumnComment(Table("t18", MetaData(), Column("a", Integer, comment="foo")).c.a),
        {"default": "COMMENT ON COLUMN t18.a IS NULL"},
    ),
    (lambda t: DDL("ALTER TABLE x ADD y"), {"default": "ALTER TABLE x ADD y"}),
    (
        lambda t: AddConstraint(CheckConstraint(and_(t.u.c.id > 5, t.u.c.name.in_(["a", "b"])), name="zz")),
        {"default": "ALTER TABLE u ADD CONSTRAINT zz CHECK (id > 5 AND name IN ('a', 'b'))"},
    ),
    (
        lambda t: CreateIndex(
            Index("i", t.u.c.id, text("b desc"), t.u.c.id + 5, t.u.c.id.desc().nulls_last(), desc(func.foo(t.u.c.id)))
        ),
        {
            "default": "CREATE INDEX i ON u (id, b desc, id + 5, id DESC NULLS LAST, foo(id) DESC)",
            "mysql": "CREATE INDEX i ON u (id, b desc, (id + 5), (id DESC NULLS LAST), foo(id) DESC)",
            "postgresql": "CREATE INDEX i ON u (id, b desc, (id + 5), id DESC NULLS LAST, foo(id) DESC)",
        },
    ),
    (lambda t: CreateIndex(Index(None, t.u.c.id)), {"default": "CREATE INDEX ix_u_id ON u (id)"}),
    (
        lambda t: DropIndex(Index(None, t.u.c.id), if_exists=True),
        {"default": "\nDROP INDEX IF EXISTS ix_u_id", "mysql": "\nDROP INDEX IF EXISTS ix_u_id ON u"},
    ),
    (
        lambda t: DropConstraint(PrimaryKeyConstraint(t.u.c.id, name="pk")),
        {"default": "ALTER TABLE u DROP CONSTRAINT pk", "mysql": "ALTER TABLE u DROP PRIMARY KEY "},
    ),
    (
        lambda t: DropConstraint(CheckConstraint(t.u.c.id > 5, name="ck")),
        {"default": "ALTER TABLE u DROP CONSTRAINT ck", "mysql": "ALTER TABLE u DROP CHECK ck"},
    ),
    (
        lambda t: DropConstraint(UniqueConstraint(t.u.c.id, name="ck"), cascade=True, if_exists=True),
        {"default": "ALTER TABLE u DROP CONSTRAINT IF EXISTS ck CASCADE", "mysql": "ALTER TABLE u DROP INDEX ck"},
    ),
    (lambda t: AddConstraint(UniqueConstraint(t.u.c.id)), {"default": "ALTER TABLE u ADD UNIQUE (id)"}),
    (
        lambda t: CreateIndex(
            Index(
                "i",
                t.u.c.id,
                postgresql_using="gin",
                postgresql_where=t.u.c.id > 5,
                postgresql_include=["name"],
                postgresql_concurrently=True,
                postgresql_with={"fillfactor": 50},
                postgresql_ops={"id": "int4_ops"},
                postgresql_nulls_not_distinct=True,
                postgresql_tablespace="ts",
                unique=True,
            )
        ),
        {
            "default": "CREATE UNIQUE INDEX i ON u (id)",
            "postgresql": (
                "CREATE UNIQUE INDEX CONCURRENTLY i ON u USING gin (id int4_ops) INCLUDE (name) NULLS "
                "NOT DISTINCT WITH (fillfactor = 50) TABLESPACE ts WHERE id > 5"
            ),
        },
    ),
    (
        lambda t: CreateIndex(
            Index(
                "i",
                t.u.c.id,
                t.u.c.name,
                mysql_length={"name": 5},
                mysql_prefix="FULLTEXT",
                mysql_using="btree",
                mysql_with_parser="ng",
            )
        ),
        {
            "default": "CREATE INDEX i ON u (id, name)",
            "mysql": "CREATE FULLTEXT INDEX i ON u (id, name(5)) WITH PARSER ng USING btree",
        },
    ),
    (
        lambda t: CreateIndex(Index("i", t.u.c.id, sqlite_where=t.u.c.id > 5)),
        {"default": "CREATE INDEX i ON u (id)", "sqlite": "CREATE INDEX i ON u (id) WHERE id > 5"},
    ),
    (
        lambda t: CreateSequence(
            Sequence(
                "s",
                start=1,
                increment=2,
                minvalue=3,
                maxvalue=4,
                nominvalue=True,
                nomaxvalue=True,
                cycle=False,
                cache=5,
                data_type=BigInteger,
                schema="q",
            ),
            if_not_exists=True,
        ),
        {
            "default": (
                "CREATE SEQUENCE IF NOT EXISTS q.s INCREMENT BY 2 START WITH 1 MINVALUE 3 MAXVALUE 4 "
                "NO MINVALUE NO MAXVALUE CACHE 5 NO CYCLE"
            ),
            "mysql": (
                "CREATE SEQUENCE IF NOT EXISTS q.s INCREMENT BY 2 START WITH 1 MINVALUE 3 MAXVALUE 4 "
                "NO MINVALUE NO MAXVALUE CACHE 5 NOCYCLE"
            ),
            "postgresql": (
                "CREATE SEQUENCE IF NOT EXISTS q.s AS BIGINT INCREMENT BY 2 START WITH 1 MINVALUE 3 "
                "MAXVALUE 4 NO MINVALUE NO MAXVALUE CACHE 5 NO CYCLE"
            ),
        },
    ),
    (lambda t: DropSequence(Sequence("s", schema="q"), if_exists=True), {"default": "DROP SEQUENCE IF EXISTS q.s"}),
    (
        lambda t: SetTableComment(Table("k15", MetaData(), comment="it's 100%\\", schema="q")),
        {
            "default": "COMMENT ON TABLE q.k15 IS 'it''s 100%\\'",
            "mysql": "ALTER TABLE q.k15 COMMENT 'it''s 100%%\\\\'",
            "postgresql": "COMMENT ON TABLE q.k15 IS 'it''s 100%%\\'",
        },
    ),
    (
        lambda t: SetColumnComment(
            Table("k16", MetaData(), Column("a", Integer, primary_key=True, comment="x"), schema="q").c.a
        ),
        {
            "default": "COMMENT ON COLUMN q.k16.a IS 'x'",
            "mysql": "ALTER TABLE q.k16 CHANGE a a INTEGER NOT NULL COMMENT 'x' AUTO_INCREMENT",
        },
    ),
    (
        lambda t: CreateView(select(t.u.c.id).where(t.u.c.id == 5), "nt", or_replace=True, temporary=True),
        {"default": "CREATE OR REPLACE TEMPORARY VIEW nt AS SELECT u.id \nFROM u \nWHERE u.id = 5"},
    ),
    (
        lambda t: DDL("x %(table)s %(fullname)s %(schema)s %(foo)s 100%%", context={"foo": "bar"}).against(
            Table("T t", MetaData(), schema="q")
        ),
        {
            "default": 'x "T t" q."T t" q bar 100%',
            "mysql": "x `T t` q.`T t` q bar 100%%",
            "postgresql": 'x "T t" q."T t" q bar 100%%',
        },
    ),
    (
        lambda t: SetConstraintComment(CheckConstraint(t.u.c.id > 5, name="ck", comment="it's")),
        {"postgresql": "COMMENT ON CONSTRAINT ck ON u IS 'it''s'"},
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Make, expected: dict[str, str]) -> None:
    assert {name: text_of(make(fresh()), name) for name in expected} == expected
