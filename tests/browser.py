"""A real browser for the few journeys that matter: `visit` opens pages, `axe_faults` judges them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.chromium import chromium_path, launch_arguments

AXE = Path(__file__).resolve().parents[1] / "node_modules/axe-core/axe.min.js"
TALL = {True: 740, False: 900}
PHONE = 600  # px: narrower than this counts as a telephone
PATIENCE = 60_000  # ms: wait for a page as long as a person on a busy machine would

Visit = Callable[..., Page]


@pytest.fixture
def browser_arguments() -> list[str]:
    """Return what Chromium is started with besides; a module may put a camera here."""
    return []


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch, browser_arguments: list[str]) -> Iterator[Browser]:
    """Start Chromium. While it runs, Playwright's own loop is up, which Django must be told is harmless."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    path = chromium_path()
    if path is None:
        pytest.fail("no Chromium: `make test` installs one; CHROMIUM names another")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=[*launch_arguments(), *browser_arguments]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visit(site: LiveServer, browser: Browser) -> Iterator[Visit]:
    """Return a function that opens an address of the site in a fresh browser profile.

    The site comes first: once Playwright's loop runs, Django counts this thread's connections anew.
    At the end the test fails if any page broke its script or was refused something by the Content-Security-Policy.
    """
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # What an address answers is the test's own business.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def open_page(
        address: str = "/",
        *,
        width: int = 1280,
        text_size: str = "normal",
        language: str = "zh-hans",
        script: bool = True,
        **options: Any,
    ) -> Page:
        phone = width < PHONE
        profile = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": TALL[phone]},
            has_touch=phone,
            java_script_enabled=script,
            locale=language,
            **options,
        )
        profile.add_cookies(
            [
                {"name": "text_size", "value": text_size, "url": site.url},
                {"name": "django_language", "value": language, "url": site.url},
            ]
        )
        profile.set_default_timeout(PATIENCE)
        page = profile.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    # While Playwright's loop is still up: it is these connections that the test has used.
    connections.close_all()
    assert complaints == []


def axe_faults(page: Page) -> list[str]:
    """Return what axe finds serious or critical on the page as it stands, one line an element."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """Return the elements that reach beyond the right edge of the window, except inside their own scroll frames."""
    found = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll("body *")]
                .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
                .filter((one) => !one.closest(".table-frame, pre, .map-picture"))
                .map((one) => `${one.tagName.toLowerCase()}.${one.className}`)"""
    )
    return [str(one) for one in found]
