"""Counting on a phone: two people on one list, each number kept as it is typed; and turning photographs by key."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.display import scene
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import client_for, small_network

from lianxue.distribution.models import Stocktake, StocktakeLine
from lianxue.distribution.operations.display.corner import set_up_corner
from lianxue.distribution.operations.display.photographs import add_display_photos
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake
from lianxue.distribution.operations.stocktaking.count import LineCount, save_counts
from lianxue.kernel import clock
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.browser


@pytest.fixture
def stocked(site: LiveServer) -> StockedRound:
    return delivered_round(small_network(), {"智能手机入门": 4}, at=clock.now())


def _sign_in(page: Page, site: LiveServer, actor: Actor) -> None:
    cookie = client_for(actor).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])


def _line(row: Stocktake, kind: str) -> StocktakeLine:
    return row.lines.get(kind=kind)


def test_a_number_is_kept_as_typed_and_a_second_one_is_not_lost(
    site: LiveServer, visit: Visit, stocked: StockedRound
) -> None:
    row = begin_stocktake(actor=stocked.admin, at=clock.now(), point=stocked.point)
    shelf, display = _line(row, "shelf"), _line(row, "display")
    page = visit("/accessibility/", width=360, text_size="largest")
    _sign_in(page, site, stocked.desk)
    page.goto(f"/stocktaking/{row.pk}/")
    assert axe_faults(page) == []
    assert too_wide(page) == []
    page.locator(f"#id_counted_{display.pk}").fill("1")
    page.locator(f"#id_counted_{display.pk}").blur()
    expect(page.locator(f"#line-{display.pk}")).to_contain_text("与账面相符")
    save_counts(actor=stocked.admin, at=clock.now(), stocktake=row, counts=[LineCount(shelf.pk, 3)])
    page.locator(f"#id_counted_{shelf.pk}").fill("2")
    page.locator(f"#id_counted_{shelf.pk}").blur()
    expect(page.locator(f"#line-{shelf.pk}")).to_contain_text("刚才在这里写了 3")
    assert (_line(row, "shelf").counted, _line(row, "display").counted) == (3, 1)
    page.get_by_role("button", name="保存本页").click()
    expect(page.locator(f"#line-{shelf.pk}")).to_contain_text("账面 3")
    assert _line(row, "shelf").counted == 2


def test_one_after_another_without_scripts(site: LiveServer, visit: Visit, stocked: StockedRound) -> None:
    page = visit("/accessibility/", width=360, script=False)
    _sign_in(page, site, stocked.desk)
    page.goto("/stocktaking/")
    page.get_by_role("button", name="开始清点").click()
    page.get_by_role("link", name="逐项清点").click()
    for good in ("1", "3"):
        page.get_by_role("spinbutton", name="完好份数").fill(good)
        page.get_by_role("button", name="保存，下一项").click()
    page.get_by_role("link", name="查看差异并提交").click()
    page.get_by_role("button", name="提交复核").click()
    assert Stocktake.objects.get().state == "counted"


def test_the_arrow_keys_turn_photographs(site: LiveServer, visit: Visit, stocked: StockedRound) -> None:
    set_up_corner(actor=stocked.desk, at=clock.now(), point=stocked.point, location="二楼")
    add_display_photos(
        actor=stocked.desk, at=clock.now(), point=stocked.point, uploads=[scene(n) for n in (1, 2, 3)]
    )
    page = visit("/accessibility/")
    _sign_in(page, site, stocked.network.office_admin)
    page.goto("/photos/")
    page.locator(".photos a").first.click()
    first = page.url
    assert axe_faults(page) == []
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(first)
