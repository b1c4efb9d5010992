"""/healthz and /readyz."""

import urllib.request

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lianxue.platform import settings as platform_settings


def test_healthz_needs_no_database_and_no_known_host(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "anything.example"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.cookies == {}


@pytest.mark.django_db
def test_readyz_says_ok_when_the_database_is_migrated() -> None:
    answer = Client().get("/readyz", headers={"host": "anything.example"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz_tells_of_waiting_migrations(own_database: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'kernel'")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "migrations are waiting"})


@pytest.mark.django_db
def test_readyz_names_pages_that_do_not_load(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.ROOT_URLCONF = "lianxue.no_such_pages"
    client = Client(raise_request_exception=False)
    for _ in range(2):
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"status": "the pages do not load"})
    assert client.get("/healthz").status_code == 200
    assert len(caplog.records) == 1, "probes come often; the fault is told once"


def test_a_site_serves_over_a_real_socket(site: LiveServer) -> None:
    with urllib.request.urlopen(f"{site.url}/readyz") as answer:
        assert answer.read() == b'{"status": "ok"}'


def test_health_comes_first_so_that_nothing_can_stand_in_its_way() -> None:
    assert platform_settings.MIDDLEWARE[0] == "lianxue.platform.health.HealthMiddleware"
