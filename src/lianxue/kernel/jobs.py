"""Jobs: work that outlives the request, kept in the same database as the change that asked for it.

A job is carried out at least once and its effect comes once. A worker that is killed leaves the job it was doing; the
next one that looks finds that worker's sign of life gone, and does the job again. A database that goes away in the
middle makes the job wait and try again. So a task calls one operation, and where doing it twice would show, gives it
``request_key=job_key(context)`` (with ``pass_context=True``): the operation then knows that it was done.
"""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

task = app.task

SIGN_OF_LIFE = 5.0  # seconds between a worker's signs of life
GONE_AFTER = 20.0  # seconds without one, after which its jobs are somebody else's
LOOK_EVERY = 10.0
# The database is started again within seconds; on another machine it may take an hour.
AFTER_TROUBLE = RetryStrategy(
    max_attempts=10, wait=1, exponential_wait=2, retry_exceptions=(OperationalError, InterfaceError)
)

log = logging.getLogger(__name__)


def job_key(context: JobContext) -> str:
    """Return the request key of a job: the same each time that it is carried out."""
    return f"job-{context.job.id}"


def run_worker(*, wait: bool, **options: Any) -> None:
    """Carry out jobs, those too that a killed worker has left behind, until told to stop (``wait``) or none is due."""
    # A second app takes the tasks that come with the library for its own and names them anew: they stay what they were,
    # so that what is deferred goes with the transaction around it.
    kept = [(one, one.name, one.blueprint) for one in app.tasks.values()]
    worker_app: App = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    for one, name, blueprint in kept:
        one.name, one.blueprint = name, blueprint
    worker_app.perform_import_paths()  # type: ignore[no-untyped-call]  # untyped there
    for one in worker_app.tasks.values():
        one.retry_strategy = one.retry_strategy or AFTER_TROUBLE
        one.blueprint = (
            app  # what is deferred goes with the transaction around it; a second app takes its own tasks away
        )
    asyncio.run(_work(worker_app, wait=wait, options=options))


def run_waiting_jobs() -> None:
    """Run every job that is due now with a real worker, then return. For tests and one-off commands."""
    run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


async def _work(worker_app: App, *, wait: bool, options: dict[str, Any]) -> None:
    async with worker_app.open_async():
        await take_over_left_jobs(worker_app)
        looking = asyncio.create_task(_keep_looking(worker_app)) if wait else None
        try:
            await worker_app.run_worker_async(
                wait=wait,
                update_heartbeat_interval=SIGN_OF_LIFE,
                stalled_worker_timeout=GONE_AFTER,
                **options,
            )
        finally:
            if looking:
                looking.cancel()


async def _keep_looking(worker_app: App) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        with suppress(ConnectorException):  # the database is away; the worker itself says so
            await take_over_left_jobs(worker_app)


async def take_over_left_jobs(worker_app: App) -> int:
    """Make the jobs of workers that give no sign of life due again; return how many."""
    taken = 0
    for job in await worker_app.job_manager.get_stalled_jobs(seconds_since_heartbeat=GONE_AFTER):
        with suppress(ConnectorException):  # another worker was quicker
            await worker_app.job_manager.retry_job(job)
            taken += 1
            log.warning("a job was left behind and is done again: %s (%s)", job.id, job.task_name)
    return taken
