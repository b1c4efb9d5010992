"""Journeys wait for a page as long as a person on a busy machine would."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

PATIENCE = 30_000  # ms
USUAL = 5_000  # what Playwright waits by itself


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=USUAL)
