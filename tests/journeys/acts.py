"""What people do on every page: open a place of the menu, read an answer, choose a picture, take a file with them."""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect
from tests.browser import PHONE


def go(page: Page, place: str) -> None:
    """Open a place of the main menu; on a phone the menu is opened first."""
    menu = page.get_by_role("navigation", name="主菜单")
    if page.viewport_size and page.viewport_size["width"] < PHONE:
        page.get_by_text("菜单", exact=True).click()
    menu.get_by_role("link", name=place).filter(visible=True).click()


def follow_waiting(page: Page, what: str) -> None:
    """Begin at home with what waits."""
    page.goto("/")
    page.get_by_role("link", name=what).click()


def press(page: Page | Locator, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page | Locator, name: str) -> None:
    """Follow a link."""
    page.get_by_role("link", name=name, exact=True).click()


def confirm(page: Page, name: str) -> None:
    """Press a button that asks first, and say yes."""
    press(page, name)
    press(page.get_by_role("dialog"), name)


def told(page: Page, text: str) -> None:
    """Expect that the page says so at its top."""
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


def row(page: Page | Locator, text: str) -> Locator:
    """Return the row of a table that holds the text."""
    return page.get_by_role("row").filter(has_text=text)


def cell(line: Locator, column: str) -> Locator:
    """Return the cell of a row that stands in a column; the row may still be on its way."""
    line.wait_for()
    table = line.page.get_by_role("table").filter(has=line)
    columns = [heading.strip() for heading in table.get_by_role("columnheader").all_inner_texts()]
    return line.locator("th, td").nth(columns.index(column))


def value_of(page: Page, label: str) -> Locator:
    """Return what stands beside a name."""
    term = page.get_by_role("term").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
    return term.locator("xpath=following-sibling::dd[1]")


def picture(name: str, colour: str = "seagreen") -> FilePayload:
    """Return a photograph as a telephone would take it."""
    drawn = BytesIO()
    Image.new("RGB", (1600, 1200), colour).save(drawn, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def taken(page: Page, link: str) -> tuple[str, bytes]:
    """Follow a link to a file; return the name under which it is kept, and what is in it."""
    with page.expect_download() as waiting:
        follow(page, link)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def printed(page: Page, link: str) -> bytes:
    """Return the paper that a link opens for printing, without leaving the page."""
    address = page.get_by_role("link", name=link, exact=True).get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()
