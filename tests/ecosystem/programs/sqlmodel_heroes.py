from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, select


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    heroes: list["Hero"] = Relationship(back_populates="team")


class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    age: int | None = None
    team_id: int | None = Field(default=None, foreign_key="team.id")
    team: Team | None = Relationship(back_populates="heroes")


e = create_engine("sqlite://")
SQLModel.metadata.create_all(e)
with Session(e) as s:
    t = Team(name="A", heroes=[Hero(name="x", age=3), Hero(name="y")])
    s.add(t)
    s.commit()
    s.refresh(t)
    print(sorted(t.model_dump().items()), [h.name for h in t.heroes])
    print([h.name for h in s.exec(select(Hero).where(Hero.age > 2)).all()])
    hero, team = s.exec(select(Hero, Team).join(Team)).first()
    print(hero.name, team.name)
    print(sorted(s.get(Hero, 1).model_dump().items()))
print(type(e).__module__.startswith("sqlalchemy."))
