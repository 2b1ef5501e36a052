from geoalchemy2 import Geography, Geometry, Raster, WKBElement, WKTElement, functions
from sqlalchemy import Column, Integer, String, create_mock_engine, func, insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column
from sqlalchemy.schema import CreateTable


class Base(DeclarativeBase):
    pass


class Lake(Base):
    __tablename__ = "lake"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String)
    geom: Mapped[WKBElement] = mapped_column(Geometry("POLYGON", srid=4326))
    place: Mapped[WKBElement | None] = mapped_column(Geography("POINT", srid=4326))


class Picture(Base):
    __tablename__ = "picture"
    id = Column(Integer, primary_key=True)
    rast = Column(Raster)


def show(statement):
    compiled = statement.compile(dialect=postgresql.dialect())
    print(str(compiled), {key: str(value) for key, value in compiled.params.items()})


for table in (Lake.__table__, Picture.__table__):
    print(CreateTable(table).compile(dialect=postgresql.dialect()))
statements = []
engine = create_mock_engine(
    "postgresql://", lambda one, *_, **__: statements.append(str(one.compile(dialect=engine.dialect)))
)
Lake.__table__.create(engine, checkfirst=False)
print(*sorted(statements), sep="\n")
point = WKTElement("POINT(4 1)", srid=4326)
show(select(Lake))
show(insert(Lake).values(name="x", geom="POLYGON((0 0,1 0,1 1,0 1,0 0))"))
show(select(Lake.name).where(Lake.geom.ST_Contains(point)))
show(select(Lake.name, Lake.geom.ST_Area().label("area")).where(func.ST_Contains(Lake.geom, "POINT(4 1)")))
show(select(func.ST_Buffer(Lake.geom, 2)).order_by(Lake.geom.ST_Distance(point)))
other = aliased(Lake)
show(select(Lake.id, other.id).where(Lake.geom.intersects(other.geom), Lake.geom != other.geom))
show(select(functions.ST_AsGeoJSON(Lake, "geom")))
show(select(Picture.rast.ST_Height()).where(Lake.geom.distance_centroid(point) < 3))
print(Lake.__table__.c.geom.type.geometry_type, sorted(index.name for index in Lake.__table__.indexes))
