"""While the database is away a page says so, with the status that asks to come again; other faults stay faults."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import path
from django.utils.translation import override

from lianxue.web.urls import handler500

__all__ = ["handler500"]


def _away(request: HttpRequest) -> HttpResponseBase:
    raise OperationalError("the database system is shutting down")


def _broken(request: HttpRequest) -> HttpResponseBase:
    raise RuntimeError("a fault of the program")


urlpatterns = [path("away/", _away), path("broken/", _broken)]


@pytest.fixture
def visitor() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__), override("zh-hans"):
        yield Client(raise_request_exception=False)


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_as_such(visitor: Client) -> None:
    answer = visitor.get("/away/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "请稍候" in answer.content.decode()


@pytest.mark.django_db
def test_a_fault_stays_a_fault(visitor: Client) -> None:
    assert visitor.get("/broken/").status_code == 500
