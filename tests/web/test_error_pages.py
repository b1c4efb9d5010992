"""Pages for when something is wrong: they say what to do, and the last of them needs nothing to come up."""

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override
from django.views.defaults import server_error


@pytest.mark.django_db
def test_an_unknown_address_is_a_page_with_the_way_home(client: Client) -> None:
    with override("zh-hans"):
        answer = client.get("/no-such-page/")

    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


@pytest.mark.django_db
def test_an_expired_form_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/text-size/", {"text_size": "large"})

    assert answer.status_code == 403
    assert "请再按一次" in answer.content.decode()
    assert "data-keep-drafts" in answer.content.decode()


def test_the_page_for_our_own_fault_needs_no_database() -> None:
    """No `django_db` mark: any query would fail the test."""
    answer = server_error(HttpRequest())

    assert answer.status_code == 500
    assert "web/css/tokens.css" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_bare_pages_come_up_without_any_context(name: str, language: str) -> None:
    with override(language):
        page = render_to_string(name)

    assert f'<html lang="{language}"' in page
    assert page.count("<h1>") == 1
