import importlib.util
import sys
from pathlib import Path

from sqlacodegen.generators import DataclassGenerator, DeclarativeGenerator, TablesGenerator
from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Session

engine = create_engine("sqlite:///models.db")
before = MetaData()
Table(
    "users",
    before,
    Column("id", Integer, primary_key=True),
    Column("name", String(30), nullable=False, index=True),
    Column("made", DateTime, server_default=text("CURRENT_TIMESTAMP")),
    Column("email", String, unique=True),
    Column("price", Numeric(10, 2)),
    Column("twice", Integer, Computed("id * 2")),
    CheckConstraint("price > 0", name="positive"),
)
Table(
    "posts",
    before,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("title", String(50)),
    UniqueConstraint("user_id", "title", name="once"),
    Index("by_title", "title"),
)
Table("tags", before, Column("id", Integer, primary_key=True), Column("name", String))
Table(
    "post_tags",
    before,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)
before.create_all(engine)
for generator in (TablesGenerator, DeclarativeGenerator, DataclassGenerator):
    metadata = MetaData()
    metadata.reflect(engine)
    source = generator(metadata, engine, []).generate()
    print("\n".join(line for line in source.splitlines() if line and "import" not in line))
    path = Path(f"made_{generator.__name__}.py")
    path.write_text(source)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    if generator is DeclarativeGenerator:
        with Session(engine) as session:
            user = module.Users(name="a", price=3, posts=[module.Posts(title="t", tag=[module.Tags(name="x")])])
            session.add(user)
            session.commit()
            print(user.twice, session.scalars(select(module.Posts)).one().user.name)
            print(inspect(module.Posts).relationships.keys())
