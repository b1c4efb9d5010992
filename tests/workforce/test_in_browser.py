"""Training and appraisal in a real browser, on a screen and on a phone: nothing too wide, nothing that axe finds."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.orgs import client_for
from tests.factories.service_teams import Teams, make_appraisal, make_teams
from tests.factories.workforce import make_session, particulars

from lianxue.kernel import clock
from lianxue.orgs.public import Actor
from lianxue.workforce.enums import SessionState
from lianxue.workforce.models import Attendance
from lianxue.workforce.operations.appraisal.declare import Declaration, declare_part
from lianxue.workforce.operations.training.door import door_code
from lianxue.workforce.queries.indicators.sets import current_set

pytestmark = pytest.mark.browser

YEAR = clock.today().year
WIDTHS = (1280, 360)


@pytest.fixture
def teams(site: LiveServer) -> Teams:
    made = make_teams(at=clock.now(), year=YEAR)
    for organisation in (*made.province.cities, *made.province.counties):
        made.province.actor(organisation)
    return made


def _sign_in(page: Page, site: LiveServer, actor: Actor) -> None:
    cookie = client_for(actor).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])


def _look(page: Page, address: str, width: int) -> None:
    """Open an address and judge it; with ``LIANXUE_PICTURES`` naming a directory, a picture of it is kept there."""
    page.goto(address)
    if directory := os.environ.get("LIANXUE_PICTURES"):
        name = address.strip("/").partition("?")[0].replace("/", "-")[:60]
        page.screenshot(path=Path(directory) / f"{name}-{width}.png", full_page=True)
    assert too_wide(page) == [], address
    assert axe_faults(page) == [], address


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_training_fit_and_are_accessible(
    site: LiveServer, visit: Visit, teams: Teams, width: int
) -> None:
    now = clock.now()
    city = teams.city
    row = make_session(city, at=now)
    make_session(
        city, SessionState.DRAFT, at=now, what=particulars(at=now, title="资源审核员业务培训", in_days=20)
    )
    page = visit("/accessibility/", width=width)
    _sign_in(page, site, city)
    for name in ("sessions", "session-new", "mine", "door-typed"):
        _look(page, reverse(f"workforce:{name}"), width)
    for name in ("session", "session-change", "door", "session-import"):
        _look(page, reverse(f"workforce:{name}", args=[row.pk]), width)


def test_whoever_scans_the_code_is_on_the_list(site: LiveServer, visit: Visit, teams: Teams) -> None:
    row = make_session(teams.city, at=clock.now() - timedelta(minutes=1))
    county = teams.province.actor(teams.province.counties[0])
    page = visit("/accessibility/", width=360, text_size="largest")
    _sign_in(page, site, county)
    _look(page, reverse("workforce:door-here", args=[door_code(row, clock.now()).token]), 360)
    page.get_by_role("button", name="我已到场").click()
    expect(page.locator("main")).to_contain_text("已签到")
    page.goto(reverse("workforce:door-typed"))
    page.get_by_label("屏幕上的签到码").fill("ABCD EFGH")
    page.get_by_role("button", name="我已到场").click()
    expect(page.locator("main")).to_contain_text("签到码无效或已过期")
    there = Attendance.objects.get(session=row, person=county.person_id)
    assert (there.state, there.way) == ("attended", "qr")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_appraisal_fit_and_are_accessible(
    site: LiveServer, visit: Visit, teams: Teams, width: int
) -> None:
    now = clock.now()
    row = make_appraisal(teams, "吴体系", at=now, year=YEAR)
    make_appraisal(teams, "周体系", "recommended", at=now, year=YEAR)
    numbers = {"first": "1051", "second": "1000"}
    declaration = Declaration(numbers=numbers, words="与统计年报核对")
    declare_part(
        actor=teams.city, at=now, appraisal=row, part="base_data.teachers_error", declaration=declaration
    )
    page = visit("/accessibility/", width=width)
    _sign_in(page, site, teams.city)
    for address in (
        reverse("workforce:appraisals"),
        reverse("workforce:appraisal", args=[row.pk]),
        reverse("workforce:appraisal-declare", args=[row.pk, "experience.experienced_teachers"]),
        reverse("workforce:recommendations", args=[YEAR]),
        reverse("workforce:reviewers", args=[YEAR]),
        reverse("workforce:indicator-sets"),
        reverse("workforce:indicators", args=[getattr(current_set(row.office_id, YEAR), "pk", 0)]),
        reverse("web:home"),
    ):
        _look(page, address, width)
    _sign_in(page, site, teams.province.admin)
    for address in (reverse("workforce:indicators-publish"), reverse("workforce:commendations")):
        _look(page, address, width)
