"""What the browser is told to protect."""

import re

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from lianxue.platform.client_address import ClientAddressMiddleware
from lianxue.platform.headers import HeadersMiddleware


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/no-such-page/"])
def test_every_answer_carries_the_strict_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
    assert headers["Permissions-Policy"].startswith("camera=(self), ")
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = " ".join(settings.CONTENT_SECURITY_POLICY.values())
    assert set(policy.split()) == {"'self'", "'none'", "data:"}
    assert "data:" not in settings.CONTENT_SECURITY_POLICY["script-src"]


@pytest.mark.django_db
def test_each_request_has_an_id_and_keeps_a_sensible_one_it_came_with(client: Client) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", client.get("/").headers["X-Request-ID"])
    kept = client.get("/", headers={"x-request-id": "proxy-0123456789"}).headers["X-Request-ID"]
    assert kept == "proxy-0123456789"
    made = client.get("/", headers={"x-request-id": "bad\tid {}"}).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", made)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (
            1,
            "6.6.6.6, 203.0.113.9",
            "203.0.113.9",
        ),  # what stands left of our proxy's entry, the visitor wrote
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "10.0.0.2", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_visitors_address_is_the_one_our_own_proxies_saw(
    settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.PROXY_COUNT = proxies
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    request = RequestFactory(headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="192.0.2.1").get("/")
    ClientAddressMiddleware(view)(request)
    assert seen == [expected]


def test_a_page_may_set_a_header_of_its_own() -> None:
    answer = HeadersMiddleware(lambda _: HttpResponse(headers={"Referrer-Policy": "no-referrer"}))(
        HttpRequest()
    )
    assert answer["Referrer-Policy"] == "no-referrer"
