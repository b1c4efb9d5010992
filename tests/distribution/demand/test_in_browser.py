"""Stating demand and leaving wishes with a finger on a phone: large minus and plus, every number kept at once."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.distribution_demand import DemandRound, opened_round
from tests.factories.orgs import client_for, small_network

from lianxue.distribution.models import DemandLine, DemandRequest, Need
from lianxue.kernel import clock
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.browser


@pytest.fixture
def made(site: LiveServer) -> DemandRound:
    return opened_round(small_network(), {"太极拳入门": 20, "手机摄影": 9}, at=clock.now())


def _sign_in(page: Page, site: LiveServer, actor: Actor) -> None:
    cookie = client_for(actor).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])


def _asked() -> list[int]:
    return list(DemandLine.objects.order_by("title_id").values_list("asked", flat=True))


def test_a_point_states_its_demand_with_one_finger(site: LiveServer, visit: Visit, made: DemandRound) -> None:
    page = visit("/accessibility/", width=360)
    _sign_in(page, site, made.network.actor(made.network.points[0]))
    page.goto(f"/demand/{made.round.pk}/")
    first, second = (page.get_by_role("spinbutton", name=name) for name in ("太极拳入门", "手机摄影"))
    more = page.get_by_role("button", name="太极拳入门：加一份")
    for _tap in range(3):
        more.click()
    expect(page.locator("#demand-totals")).to_contain_text("1 种，共 3 份")
    assert _asked() == [3]
    second.fill("12")
    second.blur()
    expect(page.locator("#demand-totals")).to_contain_text("2 种，共 15 份")
    first.fill("")
    first.blur()
    expect(page.locator("#demand-totals")).to_contain_text("1 种，共 12 份")
    assert _asked() == [12]
    second.fill("-4")
    second.blur()
    expect(page.locator("#demand-totals")).to_contain_text("请填写0到99999之间的整数")
    assert _asked() == [12]
    second.fill("8")
    page.get_by_role("button", name="核对并上报").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对并上报")
    assert _asked() == [8]
    page.get_by_role("button", name="上报上级单位").click()
    expect(page.locator(".message")).to_contain_text("已上报黄浦区社区学院")
    assert DemandRequest.objects.get().state == "submitted"


def test_a_tap_while_the_one_before_is_still_under_way_counts_too(
    site: LiveServer, visit: Visit, made: DemandRound
) -> None:
    page = visit("/accessibility/", width=360)
    _sign_in(page, site, made.network.actor(made.network.points[0]))
    page.goto(f"/demand/{made.round.pk}/")
    box, more = (
        page.get_by_role("spinbutton", name="太极拳入门"),
        page.get_by_role("button", name="太极拳入门：加一份"),
    )
    sent: list[Route] = []

    def hold(route: Route) -> None:
        sent.append(route)
        if len(sent) > 1:
            route.continue_()

    page.route("**/demand/*/titles/*/", hold)
    with page.expect_request(lambda request: request.method == "POST"):
        more.click()
    more.click()
    more.click()
    page.wait_for_timeout(400)  # the box waits for 300 ms, in case there are more taps
    expect(box).to_have_value("3")
    sent[0].continue_()
    expect(page.locator("#demand-totals")).to_contain_text("1 种，共 3 份")
    assert _asked() == [3]


def test_the_same_without_scripts(site: LiveServer, visit: Visit, made: DemandRound) -> None:
    page = visit("/accessibility/", script=False)
    _sign_in(page, site, made.network.actor(made.network.points[0]))
    page.goto(f"/demand/{made.round.pk}/")
    assert page.locator("[data-step]:visible").count() == 0
    page.get_by_role("spinbutton", name="手机摄影").fill("4")
    page.get_by_role("button", name="保存").click()
    assert _asked() == [4]
    page.get_by_role("button", name="核对并上报").click()
    page.get_by_role("button", name="上报上级单位").click()
    assert DemandRequest.objects.get().state == "submitted"


def test_a_learner_leaves_a_wish(site: LiveServer, visit: Visit, made: DemandRound) -> None:
    door = made.door(made.network.points[0])
    page = visit(f"/n/{door.token}/", width=360, text_size="largest")
    assert axe_faults(page) == []
    assert too_wide(page) == []
    page.get_by_role("button", name="太极拳入门：加一份").click()
    page.get_by_role("searchbox").fill("手机")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("spinbutton")).to_have_count(1)
    page.get_by_role("button", name="手机摄影：加一份").click()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("spinbutton")).to_have_count(2)
    assert axe_faults(page) == []
    assert too_wide(page) == []
    page.get_by_label("教师").check()
    page.get_by_role("button", name="提交我的需求").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢您！")
    rows = Need.objects.order_by("title_id").values_list("title__entry__title", "quantity", "audience")
    assert list(rows) == [("太极拳入门", 1, "teacher"), ("手机摄影", 1, "teacher")]
