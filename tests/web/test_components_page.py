"""The page of all parts in a real browser: nothing that axe calls serious, nothing too wide, nothing too small."""

import pytest
from playwright.sync_api import Page
from tests.browser import Visit, axe_faults, too_wide

pytestmark = pytest.mark.browser

LARGE_MODE = {"large": 20, "larger": 24, "largest": 30}  # px, S0/house: at least 18, up to 30


def ready(page: Page) -> Page:
    """Wait until charts and map have been drawn."""
    page.wait_for_function("document.querySelectorAll('[data-chart] svg').length === 5")
    page.wait_for_selector("[data-map].leaflet-container .leaflet-interactive")
    return page


@pytest.mark.parametrize(
    ("width", "text_size", "language"),
    [
        (1280, "normal", "zh-hans"),
        (1280, "largest", "en"),
        (360, "normal", "en"),
        (360, "largest", "zh-hans"),
    ],
)
def test_everybody_can_use_every_part(visit: Visit, width: int, text_size: str, language: str) -> None:
    page = ready(visit("/design/", width=width, text_size=text_size, language=language))

    assert axe_faults(page) == []
    assert too_wide(page) == []


@pytest.mark.parametrize(("text_size", "pixels"), LARGE_MODE.items())
def test_large_text_mode_keeps_its_measures(visit: Visit, text_size: str, pixels: int) -> None:
    page = visit("/design/", text_size=text_size, width=360)

    size, leading = page.evaluate(
        "(() => { const s = getComputedStyle(document.body);"
        " return [parseFloat(s.fontSize), parseFloat(s.lineHeight) / parseFloat(s.fontSize)]; })()"
    )
    low_buttons = page.evaluate(
        "[...document.querySelectorAll('.button:not(.is-small)')].filter(b => b.offsetHeight && b.offsetHeight < 60).length"
    )
    low_others = page.evaluate(
        "[...document.querySelectorAll('.button.is-small, .pager a, .tabs a, summary, select, .choices label')]"
        ".filter(b => b.offsetHeight && b.offsetHeight < 44).map(b => b.outerHTML.slice(0, 80))"
    )
    assert size == pixels
    assert leading >= 1.3
    assert low_buttons == 0
    assert low_others == []


def test_rows_become_cards_on_a_telephone(visit: Visit) -> None:
    page = visit("/design/", width=360, language="en")
    cell = page.locator("#table tbody tr").first.locator("td").first

    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Unit"'
    assert cell.evaluate("e => getComputedStyle(e).display") == "flex"


def test_a_figure_that_cannot_be_drawn_opens_its_numbers(visit: Visit) -> None:
    page = visit("/accessibility/")
    page.route("**/echarts.min.js", lambda route: route.abort())
    page.route("**/geo/*.json", lambda route: route.abort())
    page.goto("/design/")
    page.wait_for_selector("#map details[open]")

    assert page.locator("#chart_bar details.figure-numbers[open]").count() == 1
    page.unroute_all()
