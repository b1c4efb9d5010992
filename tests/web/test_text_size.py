"""The text size is chosen on the server, so that nothing jumps when a page comes up."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_visitor_chooses_and_goes_on_reading(client: Client) -> None:
    answer = client.post("/text-size/", {"text_size": "largest", "next": "/design/?a=1"})

    assert (answer.status_code, answer["Location"]) == (302, "/design/?a=1")
    assert 'data-text-size="largest"' in client.get("/accessibility/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_it_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    answer = client.post("/text-size/", {"text_size": "large", "next": elsewhere})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("size", ["huge", "", '"><script>'])
def test_a_size_that_does_not_exist_changes_nothing(client: Client, size: str) -> None:
    answer = client.post("/text-size/", {"text_size": size})

    assert answer.status_code == 302
    assert "text_size" not in answer.cookies
    client.cookies["text_size"] = size
    assert 'data-text-size="normal"' in client.get("/accessibility/").content.decode()


def test_looking_at_the_address_is_no_choice(client: Client) -> None:
    assert client.get("/text-size/").status_code == 405
