import pandas as pd
import sqlalchemy as sa

e = sa.create_engine("sqlite://")
df = pd.DataFrame(
    {
        "a": [1, 2, 3],
        "b": ["x", "y", None],
        "c": pd.to_datetime(["2020-01-01", "2021-02-03", None]),
        "d": [1.5, None, 2.0],
    }
)
df.to_sql("t", e, index=False)
df.to_sql("t", e, index=False, if_exists="append", method="multi", chunksize=2)
try:
    df.to_sql("t", e, index=False)
except ValueError as x:
    print(x)
df.to_sql("t", e, if_exists="replace", dtype={"b": sa.String(10)})
print(pd.read_sql("select * from t", e))
print(pd.read_sql_table("t", e))
print(pd.read_sql(sa.select(sa.text("a")).select_from(sa.text("t")), e))
print(
    pd.read_sql_query(
        sa.text("select * from t where a>:x"), e, params={"x": 1}, parse_dates=["c"], chunksize=1
    ).__next__()
)
print(sa.inspect(e).get_columns("t"))
