"""The page of the open interface: made from the document, complete in both languages, without scripts."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from lianxue.web.interfaces.api import api
from lianxue.web.interfaces.web.api_words import SENTENCES

pytestmark = pytest.mark.django_db


def sentences(part: Any, schemas: dict[str, Any]) -> Iterator[str]:
    """Return every description that the page shows of one address."""
    for each in part.get("parameters", []):
        yield each.get("description") or each["schema"].get("description", "")
    yield part["description"]
    yield from part["tags"]


def test_every_sentence_that_is_shown_is_known_for_translation() -> None:
    document = api.get_openapi_schema()
    shown = {document["info"]["description"]}
    for path in document["paths"].values():
        for one in path.values():
            shown |= set(sentences(one, document))
    for shape in document["components"]["schemas"].values():
        shown |= {value.get("description", "") for value in shape.get("properties", {}).values()}
    shown.discard("")
    assert sorted(shown - set(SENTENCES)) == []
    assert sorted(set(SENTENCES) - shown) == []


def test_the_page_shows_every_address_in_the_language_of_the_reader() -> None:
    document = api.get_openapi_schema()
    for language, word in (("zh-hans", "借出"), ("en", "Lend copies at the own point.")):
        page = Client().get("/api/v1/docs", headers={"Accept-Language": language}).content.decode()
        assert word in page
        for path, methods in document["paths"].items():
            for method in methods:
                assert f"{method.upper()} {path}" in page
        assert "<script>" not in page


def test_the_document_can_be_fetched() -> None:
    found = json.loads(Client().get("/api/v1/openapi.json").content)
    assert found["openapi"] == "3.1.0"
    assert set(found["components"]["securitySchemes"]) == {"TokenBearer"}
