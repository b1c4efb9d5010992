"""What is done every night."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from lianxue.accounts.models import SignInLock
from lianxue.accounts.tasks import tidy_up as tidy_up_accounts
from lianxue.kernel import clock
from lianxue.kernel.models import DoneRequest
from lianxue.kernel.tasks import tidy_up


@pytest.mark.django_db
def test_old_requests_and_attempts_are_forgotten_and_young_ones_kept() -> None:
    now = clock.now()
    for days in (0, 29, 31, 400):
        DoneRequest.objects.create(key=f"{days}", verb="x", at=now - timedelta(days=days))
        SignInLock.objects.create(name_index=f"{days}", last_at=now - timedelta(days=days))
    tidy_up(timestamp=0)
    tidy_up_accounts(timestamp=0)
    assert set(DoneRequest.objects.values_list("key", flat=True)) == {"0", "29"}
    assert set(SignInLock.objects.values_list("name_index", flat=True)) == {"0"}


def test_workers_know_when() -> None:
    names = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {"lianxue.kernel.tasks.tidy_up", "lianxue.accounts.tasks.tidy_up"} <= names
