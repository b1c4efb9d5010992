"""A reader says what they think on a phone, from the poster to thank you; the point reads it and shows it."""

import pytest
from django.conf import settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.distribution_stock import StockedRound, delivered_round
from tests.factories.orgs import client_for, small_network

from lianxue.distribution.models import Feedback
from lianxue.distribution.operations.demand.open_point_door import open_point_door
from lianxue.kernel import clock

pytestmark = pytest.mark.browser


@pytest.fixture
def stocked(site: LiveServer) -> StockedRound:
    return delivered_round(small_network(), {"太极拳入门": 4, "手机摄影": 4}, at=clock.now())


@pytest.mark.parametrize("text_size", ["normal", "largest"])
def test_from_the_poster_to_what_everybody_reads(
    site: LiveServer, visit: Visit, stocked: StockedRound, text_size: str
) -> None:
    door = open_point_door(actor=stocked.admin, at=clock.now(), point=stocked.point)
    page = visit(f"/n/{door.token}/", width=360, text_size=text_size)
    page.get_by_role("link", name="用过的怎么样").click()
    assert (axe_faults(page), too_wide(page)) == ([], [])
    page.get_by_role("link", name="说说看法").first.click()
    assert (axe_faults(page), too_wide(page)) == ([], [])
    page.get_by_role("button", name="提交我的意见").click()
    assert not Feedback.objects.exists()  # no stars yet: the browser asks for them
    page.get_by_text("★★★★☆ 好", exact=True).click()
    page.get_by_label("说几句").fill("字大图清楚")
    page.get_by_role("button", name="提交我的意见").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢您！")
    row = Feedback.objects.get()
    assert (row.stars, row.words, row.state) == (4, "字大图清楚", "waiting")

    cookie = client_for(stocked.admin).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
    page.goto("/registers/feedback/")
    assert (axe_faults(page), too_wide(page)) == ([], [])
    page.locator('input[name="chosen"]').check()
    page.get_by_role("button", name="公开", exact=True).click()
    expect(page.locator(".message")).to_contain_text("已公开 1 条")
    page.goto(f"/n/{door.token}/titles/{row.entry_id}/")
    expect(page.locator("main")).to_contain_text("字大图清楚")
    assert (axe_faults(page), too_wide(page)) == ([], [])
