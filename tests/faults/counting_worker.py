"""`python -m tests.faults.counting_worker [SECONDS]`: a job worker that knows one more task, which counts.

SECONDS shortens the time after which a worker without a sign of life counts as gone.
"""

import os
import sys
import time
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxue.platform.settings")
django.setup()

from procrastinate import JobContext  # noqa: E402

from lianxue.kernel import audit, clock, jobs  # noqa: E402
from lianxue.kernel.operation import operation  # noqa: E402
from lianxue.orgs.public import Actor  # noqa: E402

COUNTED = "faults.count"


@operation(COUNTED)
def count(*, actor: Actor, at: datetime, number: int, request_key: str | None = None) -> None:
    """Write a number into the trail."""
    audit.record(actor=actor, at=at, verb=COUNTED, subject=None, note=str(number))


@jobs.app.task(name="faults.count", pass_context=True)
def count_one(context: JobContext, *, number: int) -> None:
    """Count once, however often the job is begun; slowly, so that a kill meets it before, within and after."""
    time.sleep(0.03)
    count(actor=Actor.platform(), at=clock.now(), number=number, request_key=jobs.job_key(context))
    time.sleep(0.03)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        jobs.GONE_AFTER, jobs.SIGN_OF_LIFE, jobs.LOOK_EVERY = (
            float(sys.argv[1]) * part for part in (1, 0.25, 0.5)
        )
    jobs.run_worker(wait=True, concurrency=4, delete_jobs="successful", fetch_job_polling_interval=1.0)
