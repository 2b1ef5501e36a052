from datetime import datetime, timezone

from apscheduler.jobstores.base import ConflictingIdError, JobLookupError
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import create_engine, inspect, text


def work(number):
    return number


engine = create_engine("sqlite:///jobs.db")
store = SQLAlchemyJobStore(engine=engine, tablename="jobs")
scheduler = BackgroundScheduler(jobstores={"default": store}, timezone=timezone.utc)
scheduler.start(paused=True)
scheduler.add_job(print, "interval", hours=1, id="a", args=["x"], start_date=datetime(2090, 1, 1, tzinfo=timezone.utc))
scheduler.add_job(print, "date", run_date=datetime(2080, 5, 6, tzinfo=timezone.utc), id="b", kwargs={"end": ""})
scheduler.add_job(print, "cron", hour=3, id="c", next_run_time=None)
print([(job.id, str(job.next_run_time), job.args, job.kwargs) for job in scheduler.get_jobs()])
print([(column["name"], str(column["type"]), column["nullable"]) for column in inspect(engine).get_columns("jobs")])
print(store.get_next_run_time(), [job.id for job in store.get_due_jobs(datetime(2085, 1, 1, tzinfo=timezone.utc))])
scheduler.modify_job("a", args=["changed"])
scheduler.pause_job("b")
print(store.lookup_job("a").args, scheduler.get_job("b").next_run_time, store.lookup_job("nothing"))
try:
    store.add_job(scheduler.get_job("a"))
except ConflictingIdError as error:
    print(type(error).__name__, error)
scheduler.remove_job("b")
try:
    store.remove_job("b")
except JobLookupError as error:
    print(type(error).__name__, error)
with engine.connect() as connection:
    print(connection.execute(text("SELECT id, next_run_time FROM jobs ORDER BY id")).all())
scheduler.remove_all_jobs()
print(scheduler.get_jobs())
scheduler.shutdown()
