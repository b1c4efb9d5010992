"""The people of a journey: each has a password, signs in once, and keeps a browser profile of their own open."""

from datetime import date

from django.conf import settings
from playwright.sync_api import Page, expect
from tests.browser import Visit
from tests.factories.orgs import AT, PASSWORD, PLATFORM, client_for, make_person

from lianxue.orgs.public import Actor, Organisation, Role, appoint


def engage(organisation: Organisation, role: Role, username: str, full_name: str) -> str:
    """Register somebody with a password, appoint them, and return their account name."""
    person = make_person(username, full_name, password=PASSWORD)
    appoint(
        actor=PLATFORM, at=AT, person=person, organisation=organisation, role=role, starts_on=date(2025, 1, 1)
    )
    return username


def signed_in(visit: Visit, username: str, **look: object) -> Page:
    """Sign in on the sign-in page as a person does, and return the page that comes next."""
    page = visit("/", **look)
    page.get_by_role("main").get_by_role("link", name="登录").click()
    sign_in(page, username)
    expect(page.get_by_role("heading", name="您的待办")).to_be_visible()
    return page


def entered(visit: Visit, actor: Actor | None, address: str = "/", **look: object) -> Page:
    """Open an address as somebody who has signed in already, where signing in is not what is walked."""
    if actor is None:
        return visit(address, **look)
    session = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client_for(actor).cookies[settings.SESSION_COOKIE_NAME].value,
        "domain": "127.0.0.1",
        "path": "/",
    }
    return visit(address, **look, storage_state={"cookies": [session], "origins": []})


def sign_in(page: Page, username: str) -> None:
    """Fill in the sign-in page that is open."""
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
