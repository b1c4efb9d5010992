"""Guards of pages: who gets in, how a refusal looks, where a part of a page sends its reader."""

from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from lianxue.accounts.models import Person
from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, Unmet, WrongState
from lianxue.kernel.pages import (
    PUBLIC,
    SIGNED_IN,
    Access,
    access_of,
    add_refusal,
    page,
    remote_address,
    request_key,
)
from lianxue.orgs.models import Actor

NOBODY = Access("nobody", lambda _request: False)


def request_of(person: Person | None = None, path: str = "/some/page/?q=1", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    request.user = person or AnonymousUser()
    request.actor = Actor.visitor()  # type: ignore[attr-defined]
    request.posts = []  # type: ignore[attr-defined]
    request._messages = []  # type: ignore[attr-defined]
    return request


def person() -> Person:
    return Person(pk=7, username="wang", full_name="王芳")


def view(access: Access, raised: Exception | None = None) -> Any:
    @page(access)
    def shown(_request: HttpRequest) -> HttpResponse:
        if raised is not None:
            raise raised
        return HttpResponse("shown")

    return shown


def test_stranger_is_sent_to_sign_in_and_back() -> None:
    response = view(SIGNED_IN)(request_of())
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/some/page/%3Fq%3D1")


def test_part_of_a_page_sends_the_whole_page_to_sign_in() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/list/?page=2"}
    response = view(SIGNED_IN)(request_of(**headers))
    assert (response.status_code, response.content) == (200, b"")
    assert response["HX-Redirect"] == "/accounts/login/?next=/list/%3Fpage%3D2"
    assert view(SIGNED_IN)(request_of(**{"HX-Request": "true"}))["HX-Redirect"] == "/accounts/login/?next=/"


def test_without_access_it_is_as_if_there_were_nothing() -> None:
    with pytest.raises(Http404):
        view(NOBODY)(request_of(person()))
    with pytest.raises(Http404):
        view(Access("nobody at all", lambda _request: False, needs_sign_in=False))(request_of())


def test_with_access_it_is_shown_and_not_kept_by_browsers() -> None:
    for access in (SIGNED_IN, SIGNED_IN | NOBODY, PUBLIC):
        response = view(access)(request_of(person()))
        assert response.content == b"shown"
        assert "no-store" in response["Cache-Control"]


def test_composed_access() -> None:
    either = NOBODY | PUBLIC
    assert (either.name, either.needs_sign_in) == ("nobody or public", False)
    assert (NOBODY | SIGNED_IN).needs_sign_in
    assert view(either)(request_of()).content == b"shown"


def test_access_can_be_read_back_and_the_view_keeps_its_name() -> None:
    assert access_of(view(SIGNED_IN)) is SIGNED_IN
    assert view(SIGNED_IN).__name__ == "shown"
    assert access_of(lambda: None) is None


def test_not_found_is_the_same_404() -> None:
    with pytest.raises(Http404):
        view(PUBLIC, NotFound())(request_of())


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotAllowed(), 403),
        (WrongState(), 409),
        (Conflict(), 409),
        (Unmet("还不能这样做。"), 422),
        (Invalid("填错了。", fields={"title": "<b>太长</b>"}), 422),
        (Refused(), 422),
    ],
)
@pytest.mark.django_db
def test_refusal_that_nobody_caught_becomes_a_page_in_words(refusal: Refused, status: int) -> None:
    response = view(PUBLIC, refusal)(request_of())
    assert response.status_code == status
    body = response.content.decode()
    assert str(refusal) in body
    for text in refusal.fields.values():
        assert str(text) not in body
        assert "&lt;b&gt;太长&lt;/b&gt;" in body


def test_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        view(PUBLIC, ZeroDivisionError())(request_of())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("", None),
        ("unix:", None),
        ("x; DROP TABLE", None),
    ],
)
def test_remote_address(written: str, read: str | None) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=written)
    assert remote_address(request) == read


def test_request_key_comes_back_with_the_form_or_is_new() -> None:
    sent = RequestFactory().post("/", {"request_key": " abc "})
    assert request_key(sent) == "abc"
    assert len(request_key(RequestFactory().post("/", {"request_key": "x" * 1000}))) == 64
    opened = {request_key(RequestFactory().get("/?request_key=abc")) for _ in range(20)}
    assert len(opened) == 20
    assert "abc" not in opened


class TitleForm(forms.Form):
    title = forms.CharField()


def test_refusal_stands_beside_the_fields_it_names_or_above_the_form() -> None:
    form = TitleForm({"title": "x"})
    assert form.is_valid()
    add_refusal(form, Invalid("全部", fields={"title": "太短", "elsewhere": "不在这里"}))
    assert form.errors == {"title": ["太短"]}
    other = TitleForm({"title": "x"})
    assert other.is_valid()
    add_refusal(other, Conflict("有人先改了", fields={"elsewhere": "不在这里"}))
    assert other.errors == {"__all__": ["有人先改了"]}
