"""Migrations: comparison, rendering, operations in place and in batches, offline SQL, the commands."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(30), nullable=False, index=True),
    sa.Column("email", sa.String(50), unique=True),
    sa.Column("flag", sa.Boolean(), server_default=sa.text("0")),
)
posts = sa.Table(
    "posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id")),
    sa.Column("price", sa.Numeric(10, 2)),
    sa.Column("created", sa.DateTime, server_default=sa.func.now()),
)


def invoke(operations: Operations, steps: Any) -> None:
    for step in steps.ops:
        if hasattr(step, "ops"):
            invoke(operations, step)
        else:
            operations.invoke(step)


def names(differences: Any) -> list[str]:
    return [one[0] if isinstance(one, tuple) else one[0][0] for one in differences]


def online() -> None:
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        operations = Operations(context)
        print(names(compare_metadata(context, metadata)))
        script = produce_migrations(context, metadata)
        print(render_python_code(script.upgrade_ops))
        print(render_python_code(script.downgrade_ops))
        invoke(operations, script.upgrade_ops)
        print(compare_metadata(context, metadata))
        users.append_column(sa.Column("extra", sa.Integer, server_default="5"))
        sa.Index("ix_created", posts.c.created)
        print(names(compare_metadata(context, metadata)))
        with operations.batch_alter_table("users") as batch:
            batch.add_column(sa.Column("more", sa.String(5)))
            batch.alter_column("name", type_=sa.String(99), nullable=True, new_column_name="full_name")
            batch.drop_column("flag")
            batch.create_unique_constraint("uq_more", ["more"])
        inspector = sa.inspect(connection)
        print([(one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns("users")])
        print(inspector.get_unique_constraints("users"))
        made = operations.create_table("kinds", sa.Column("kind", sa.Enum("a", "b", name="kind")))
        operations.bulk_insert(made, [{"kind": "a"}])
        operations.execute("UPDATE kinds SET kind = 'b'")
        operations.rename_table("kinds", "sorts")
        print(connection.execute(sa.text("SELECT * FROM sorts")).all())
        operations.drop_table("sorts")


def offline() -> None:
    written = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written})
    op = Operations(context)
    op.create_table("z", sa.Column("id", sa.Integer, primary_key=True), sa.Column("e", sa.Enum("a", "b", name="en")))
    op.add_column("z", sa.Column("q", sa.String(5), server_default="x"))
    op.alter_column("z", "q", type_=sa.Text(), nullable=False, server_default=None)
    op.create_index("ix", "z", ["q"], postgresql_where=sa.column("q") > "a")
    op.create_foreign_key("fk", "z", "y", ["q"], ["id"])
    op.drop_constraint("fk", "z")
    op.create_check_constraint("ck", "z", sa.column("id") > 5)
    op.execute(sa.table("z", sa.column("id")).update().values(id=5))
    op.alter_column("z", "id", new_column_name="id2")
    op.drop_index("ix")
    op.drop_column("z", "q")
    op.drop_table("z")
    print(written.getvalue())


def commands() -> None:
    Path("models.py").write_text(
        "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n"
        "class Base(DeclarativeBase): pass\n"
        "class User(Base):\n"
        "    __tablename__ = 'users'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n"
    )
    output = io.StringIO()
    config = Config("alembic.ini", stdout=output)
    command.init(config, "migrations")
    ini, env = Path("alembic.ini"), Path("migrations/env.py")
    ini.write_text(ini.read_text().replace("driver://user:pass@localhost/dbname", "sqlite:///x.db"))
    load = "import sys; sys.path.insert(0, '.'); from models import Base; target_metadata = Base.metadata"
    env.write_text(env.read_text().replace("target_metadata = None", load))
    config = Config("alembic.ini", stdout=output, output_buffer=output)
    made: Any = command.revision(config, "first", autogenerate=True, rev_id="0001")
    source = Path(made.path).read_text()
    print(source[source.index("def upgrade") :])
    command.upgrade(config, "head")
    command.check(config)
    engine = sa.create_engine("sqlite:///x.db")
    print(sa.inspect(engine).get_table_names())
    command.downgrade(config, "base")
    print(sa.inspect(engine).get_table_names())
    command.stamp(config, "head")
    command.upgrade(config, "head", sql=True)
    command.current(config)
    print("\n".join(line for line in output.getvalue().splitlines() if "Create Date" not in line))


online()
offline()
commands()
