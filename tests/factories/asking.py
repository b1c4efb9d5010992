"""Counting how often a page asks the database."""

from collections.abc import Mapping

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, url: str, asked: Mapping[str, str] | None = None) -> int:
    """Return how often opening a page asks the database, when everything that is read once has been read."""
    client.get(url, asked)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, asked).status_code == 200
    return len(captured)
