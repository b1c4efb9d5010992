"""A session ends after a time without a request, and is not written with every one."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.orgs import client_for, small_network

from lianxue.platform.sessions import MOVED_AT, MOVED_EVERY_SECONDS

pytestmark = pytest.mark.django_db


def _writes(browser: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/profile/", follow=True).status_code == 200
    return sum(query["sql"].startswith('UPDATE "django_session"') for query in queries)


@pytest.fixture
def browser() -> Client:
    return client_for(small_network().office_admin)


def test_a_session_is_written_once_a_minute_not_with_every_request(browser: Client) -> None:
    assert [_writes(browser) for _ in range(3)] == [1, 0, 0]


def test_a_request_later_on_moves_the_end(browser: Client) -> None:
    _writes(browser)
    session = browser.session
    session[MOVED_AT] -= MOVED_EVERY_SECONDS
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=30))
    assert _writes(browser) == 1
    left = Session.objects.get().expire_date - timezone.now()
    assert left.total_seconds() == pytest.approx(30 * 60, abs=20)


def test_whoever_has_no_session_gets_none() -> None:
    visitor = Client()
    assert visitor.get("/healthz").status_code == 200
    visitor.get("/accounts/login/")
    assert Session.objects.count() == 0
