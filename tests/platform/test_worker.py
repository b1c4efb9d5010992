"""`lianxue worker` carries out what waits in the database, in a process of its own."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lianxue.platform.database_url import parse

FORGET_OLD_JOBS = "builtin:procrastinate.builtin_tasks.remove_old_jobs"
WORKER = [sys.executable, "-m", "lianxue.platform", "worker"]


@pytest.fixture
def environment(own_database: None) -> dict[str, str]:
    """Return the environment of a process that uses the database of this test."""
    address = parse(os.environ["DATABASE_URL"]).named(str(connection.settings_dict["NAME"]))
    return {**os.environ, "DATABASE_URL": address.url()}


def defer(name: str, **what: int) -> int:
    return int(app.configure_task(name).defer(**what))


def statuses(*jobs: int) -> list[str]:
    """Return how these jobs stand. What is due every minute may be put beside them by the worker at any time."""
    return sorted(ProcrastinateJob.objects.filter(pk__in=jobs).values_list("status", flat=True))


def test_it_carries_out_what_waits_and_forgets_what_is_done(environment: dict[str, str]) -> None:
    done = defer(FORGET_OLD_JOBS, max_hours=1)
    unknown = defer("lianxue.no_such_task")
    outcome = subprocess.run(
        [*WORKER, "--once"], env=environment, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
    assert statuses(done, unknown) == ["failed"], "what could not be done is kept for the operator to see"


def test_it_waits_for_work_and_ends_on_sigterm(environment: dict[str, str]) -> None:
    worker = subprocess.Popen(
        WORKER, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        deadline = time.monotonic() + 300  # a busy machine is no fault of the worker
        job = defer(FORGET_OLD_JOBS, max_hours=1)
        while statuses(job):
            assert time.monotonic() < deadline, "nobody carried it out"
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(300) == 0
    finally:
        worker.kill()
        worker.communicate()
