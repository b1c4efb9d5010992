"""Every page, as somebody sees it who may: nothing serious for axe, nothing beyond the window, nothing broken.

Homes and menus are looked at as each role, at a desk with the usual text and on a small telephone with the largest;
every other page as the first role that may open it, on the telephone, where it is narrowest.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from tests.browser import Visit, axe_faults, too_wide
from tests.journeys.cast import entered
from tests.project.test_url_walk import tables
from tests.walk.world import (
    AUDITOR,
    COLLEGE,
    DESK,
    OFFICE,
    POINT,
    REVIEWER,
    SUPPLIER,
    VISITOR,
    World,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]

ROLES = (VISITOR, POINT, COLLEGE, OFFICE, REVIEWER, DESK, SUPPLIER, AUDITOR)
LOOKS: dict[str, dict[str, Any]] = {
    "desk": {"width": 1280, "text_size": "normal"},
    "telephone": {"width": 360, "text_size": "largest"},
}
# Addresses that nobody's menu leads to and that belong to no feature of ours.
FURTHER = {
    VISITOR: ["/accounts/login/", "/there/is/nothing/"],
    POINT: ["/accounts/password/change/", "/accounts/2fa/"],
}


@pytest.mark.parametrize("look", LOOKS)
def test_home_and_menu_of_each_role(visit: Visit, look: str) -> None:
    world = World()
    fill(world)
    faults: list[str] = []
    for role in ROLES:
        page = enter(visit, world, role, look)
        faults += faults_on(page, role, "/")
        for address in menu_of(page):
            page.goto(address)
            faults += faults_on(page, role, address)
        page.context.close()
    assert not faults, "\n" + "\n".join(faults)


def test_every_other_page(visit: Visit) -> None:
    world = World()
    faults: list[str] = []
    for role, addresses in others(world).items():
        page = enter(visit, world, role, "telephone")
        for address in addresses:
            page.goto(address)
            faults += faults_on(page, role, address)
        page.context.close()
    assert not faults, "\n" + "\n".join(faults)


def fill(world: World) -> list[tuple[str, str]]:
    """Make one of everything, and return who may open what."""
    found = []
    for table in tables().values():
        for name, address in table.items():
            if address.answer != 200:
                continue
            role = next((one for one in ROLES if one in address.opens_to), None)
            kwargs = address.example(world, role, True) if role else None
            if role is not None and kwargs is not None:
                found.append((role, reverse(name, kwargs=kwargs)))
    return found


def others(world: World) -> dict[str, list[str]]:
    """Return the pages that stand in nobody's menu, by the role that looks at them."""
    by_role: dict[str, list[str]] = {role: list(FURTHER.get(role, [])) for role in ROLES}
    for role, address in fill(world):
        answer = world.client(role).get(address)
        content = answer.getvalue()
        # What a script asks for and puts into a page is no page by itself.
        is_page = answer["Content-Type"].startswith("text/html") and b"<html" in content
        if is_page and f'href="{address}"' not in navigation(content.decode()):
            by_role[role].append(address)
    return by_role


def navigation(markup: str) -> str:
    """Return the main menu of a page."""
    return markup.partition('<nav class="site-nav"')[2].partition("</nav>")[0]


def enter(visit: Visit, world: World, role: str, look: str) -> Page:
    """Open the home page as this role."""
    return entered(visit, None if role == VISITOR else world.actor(role), **LOOKS[look])


def menu_of(page: Page) -> list[str]:
    """Return where the main menu of the page leads."""
    links = page.get_by_role("navigation", name="主菜单", include_hidden=True).first.locator("a")
    return [str(link.get_attribute("href")) for link in links.all()]


def faults_on(page: Page, role: str, address: str) -> Iterator[str]:
    """Tell what is wrong with the page that is open."""
    found = [
        *axe_faults(page),
        *(f"beyond the window: {one}" for one in too_wide(page)),
        *(f"leads nowhere: {one}" for one in page.evaluate(DEAD_LINKS)),
        *(f"picture is missing: {one}" for one in page.evaluate(BROKEN_PICTURES)),
    ]
    if page.get_by_role("heading", level=1).count() != 1:
        found.append("has not one main heading")
    return (f"{role} {address}: {fault}" for fault in found)


DEAD_LINKS = """() => [...document.querySelectorAll("main a")].filter((one) => !one.getAttribute("href"))
    .map((one) => one.outerHTML.slice(0, 120))"""
BROKEN_PICTURES = """() => [...document.images].filter((one) => one.complete && !one.naturalWidth)
    .map((one) => one.outerHTML.slice(0, 120))"""
