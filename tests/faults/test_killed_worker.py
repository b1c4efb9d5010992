"""kill -9 of job workers in the middle of their jobs: every job ends, and its effect comes once."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lianxue.kernel.models import AuditEntry
from lianxue.platform.database_url import parse
from tests.faults.counting_worker import COUNTED
from tests.faults.trials import report, trials

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("own_database")]
GONE_AFTER = 2.0
JOBS_A_KILL = 40
PATIENCE = 300  # seconds: a busy machine is no fault of the worker


def _worker() -> subprocess.Popen[bytes]:
    address = parse(os.environ["DATABASE_URL"]).named(str(connection.settings_dict["NAME"]))
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.counting_worker", str(GONE_AFTER)],
        env={**os.environ, "DATABASE_URL": address.url()},
        stderr=subprocess.DEVNULL,
    )


def _standing(how: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=COUNTED, status=how).count()


def _wait_for_the_end(seconds: float) -> None:
    """Wait until no job waits or runs: one whose worker was killed runs, then waits again, then runs."""
    deadline = time.monotonic() + seconds
    while ProcrastinateJob.objects.filter(task_name=COUNTED, status__in=("todo", "doing")).exists():
        assert time.monotonic() < deadline, "jobs have not ended"
        time.sleep(0.1)


def test_every_job_ends_once_though_its_workers_are_killed() -> None:
    kills, chance = trials(2), random.Random(1)  # noqa: S311  # when to strike
    jobs = kills * JOBS_A_KILL
    for number in range(jobs):
        app.configure_task(COUNTED).defer(number=number)
    left = 0
    for _ in range(kills):
        worker = _worker()
        before = AuditEntry.objects.filter(verb=COUNTED).count()
        while AuditEntry.objects.filter(verb=COUNTED).count() < before + 8:
            time.sleep(0.05)
            assert worker.poll() is None, "the worker ended by itself"
        time.sleep(chance.random() / 5)
        while not _standing("doing"):
            assert _standing("todo"), "everything is done before the kill"
            assert worker.poll() is None, "the worker ended by itself"
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        left += _standing("doing")
    assert left, "no kill met a job in the middle"
    last = _worker()
    try:
        _wait_for_the_end(PATIENCE + jobs / 10)
    finally:
        last.terminate()
        last.wait(PATIENCE)
    counted = [int(note) for note in AuditEntry.objects.filter(verb=COUNTED).values_list("note", flat=True)]
    lost, doubled = jobs - len(set(counted)), len(counted) - len(set(counted))
    ended = list(ProcrastinateJob.objects.filter(task_name=COUNTED).values("args", "status", "attempts"))
    report("worker killed", kills=kills, jobs=jobs, met_in_the_middle=left, lost=lost, doubled=doubled)
    assert (lost, doubled, ended) == (0, 0, [])
