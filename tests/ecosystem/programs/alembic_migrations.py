import os
import shutil
import sys
import textwrap

d = os.getcwd() + "/migrations"
os.makedirs(d)
url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{d}/a.db"
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

cfg = Config()
cfg.config_file_name = f"{d}/alembic.ini"
cfg.set_main_option("script_location", f"{d}/mig")
cfg.set_main_option("sqlalchemy.url", url)
command.init(cfg, f"{d}/mig")
open(f"{d}/model.py", "w").write(
    textwrap.dedent("""
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base
Base=declarative_base()
class A(Base):
    __tablename__="a"; id=sa.Column(sa.Integer,primary_key=True); name=sa.Column(sa.String(20),nullable=False,index=True)
class B(Base):
    __tablename__="b"; id=sa.Column(sa.Integer,primary_key=True); a_id=sa.Column(sa.ForeignKey("a.id",name="fk_b_a")); x=sa.Column(sa.Numeric(10,2),server_default="0"); __table_args__=(sa.UniqueConstraint("a_id","x",name="uq"),)
""")
)
env = (
    open(f"{d}/mig/env.py")
    .read()
    .replace(
        "target_metadata = None",
        f"import sys; sys.path.insert(0,'{d}'); import model; target_metadata = model.Base.metadata",
    )
    .replace("fileConfig(config.config_file_name)", "pass")
    .replace(
        "target_metadata=target_metadata",
        'target_metadata=target_metadata, render_as_batch=config.get_main_option("sqlalchemy.url").startswith("sqlite"), compare_type=True, compare_server_default=True',
    )
)
open(f"{d}/mig/env.py", "w").write(env)


def rev(msg):
    s = command.revision(cfg, msg, autogenerate=True, rev_id=msg)
    print(msg)
    print(open(s.path).read().split("branch_labels")[1])


rev("one")
command.upgrade(cfg, "head")
rev("nothing")
command.upgrade(cfg, "head")
m = (
    open(f"{d}/model.py")
    .read()
    .replace("String(20),nullable=False,index=True", "String(40)")
    .replace("class B", "class C(Base):\n    __tablename__='c'; id=sa.Column(sa.Integer,primary_key=True)\nclass B")
    .replace("x=sa.Column", "y=sa.Column(sa.DateTime); x=sa.Column")
)
open(f"{d}/model.py", "w").write(m)
sys.modules.pop("model", None)
import importlib

importlib.invalidate_caches()
shutil.rmtree(f"{d}/__pycache__", ignore_errors=True)
rev("two")
command.upgrade(cfg, "head")
rev("none2")
command.upgrade(cfg, "head")
command.downgrade(cfg, "base")
print(sa.inspect(sa.create_engine(url)).get_table_names())
command.current(cfg)
command.history(cfg)
command.stamp(cfg, "head")
e = sa.create_engine(url)
sa.MetaData().reflect(e)
md = sa.MetaData()
md.reflect(e)
md.drop_all(e)
