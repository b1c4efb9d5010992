"""Writing the effect report: what is typed is kept without a press, and a second writer is told."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.orgs import Network, client_for, small_network

from lianxue.distribution.models import EffectReport
from lianxue.distribution.operations.reports.save_effect_report import save_effect_report
from lianxue.kernel import clock

pytestmark = pytest.mark.browser


@pytest.fixture
def network(site: LiveServer) -> Network:
    return small_network()


def _open(visit: Visit, site: LiveServer, network: Network, **options: object) -> Page:
    page = visit("/accessibility/", **options)
    cookie = client_for(network.actor(network.points[0])).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
    page.goto(f"/reports/write/{clock.today().year}/")
    return page


def test_what_is_typed_is_kept_without_a_press(site: LiveServer, visit: Visit, network: Network) -> None:
    page = _open(visit, site, network, width=360, text_size="largest")
    page.get_by_label("资源发放和使用对象").fill("书法班学员86人")
    expect(page.locator("#saved")).to_contain_text("保存")
    expect(page.locator("#saved input")).to_have_value("1")
    page.get_by_label("使用形式").fill("借阅、读书会")
    expect(page.locator("#saved input")).to_have_value("2")
    report = EffectReport.objects.get()
    assert (report.recipients, report.forms, report.version) == ("书法班学员86人", "借阅、读书会", 2)
    assert axe_faults(page) == []
    assert too_wide(page) == []


def test_a_second_writer_is_told_and_sees_both_texts(
    site: LiveServer, visit: Visit, network: Network
) -> None:
    page = _open(visit, site, network)
    point = network.points[0]
    save_effect_report(
        actor=network.actor(point),
        at=clock.now(),
        point=point,
        year=clock.today().year,
        version=0,
        texts={"effects": "同事先写的"},
    )
    page.get_by_label("效果", exact=True).fill("我写的")
    expect(page.locator("#saved")).to_contain_text("其他人改过这份报告")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#others")).to_contain_text("同事先写的")
    expect(page.get_by_label("效果", exact=True)).to_have_value("我写的")
    assert EffectReport.objects.get().effects == "同事先写的"
    page.get_by_label("效果", exact=True).fill("同事先写的，我写的")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".message")).to_contain_text("已保存")
    assert EffectReport.objects.get().effects == "同事先写的，我写的"
