"""Opening pages as somebody."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def read_all(response: Any) -> bytes:
    """Return the whole answer, streamed or not, and close what it was read from."""
    content: bytes = response.getvalue()
    for close in response._resource_closers:  # response.close() would end the test's own transaction
        close()
    return content


def queries_of(client: Client, url: str, asked: Mapping[str, str] | None = None) -> int:
    """Return how often opening a page asks the database, when everything that is read once has been read."""
    read_all(client.get(url, asked))
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url, asked)
        assert response.status_code == 200
        read_all(response)
    return len(captured)
