"""Where no script runs, an old computer or a cautious network, everything that matters can still be done."""

import pytest
from playwright.sync_api import expect
from tests.browser import Visit
from tests.factories.distribution_demand import opened_round
from tests.factories.distribution_stock import delivered_round, dispatched_round
from tests.factories.orgs import small_network
from tests.journeys import steps_delivery, steps_desk
from tests.journeys.acts import follow, go, press, row, told
from tests.journeys.cast import engage, entered, signed_in

from lianxue.distribution.enums import DemandState
from lianxue.distribution.models import DemandRequest, Loan, Shipment
from lianxue.kernel import clock
from lianxue.orgs.public import Role

pytestmark = pytest.mark.browser

TITLE = "智能手机入门"


def test_somebody_signs_in_and_submits_demand(visit: Visit) -> None:
    network = small_network()
    running = opened_round(network, {TITLE: 9}, at=clock.now())
    point = signed_in(
        visit, engage(network.points[0], Role.TIER_ADMIN, "wangfang", "王芳"), width=360, script=False
    )

    go(point, "资源选订")
    follow(point, running.round.name)
    point.get_by_role("spinbutton", name=TITLE).fill("4")
    press(point, "核对并上报")
    expect(row(point, TITLE)).to_contain_text("4")
    press(point, "上报上级单位")

    told(point, "已上报黄浦区社区学院。")
    request = DemandRequest.objects.get(point=network.points[0])
    assert request.state == DemandState.SUBMITTED
    assert request.lines.get().asked == 4


def test_copies_are_received_with_a_damaged_one(visit: Visit) -> None:
    sent = dispatched_round(small_network(), {TITLE: 6}, at=clock.now())
    slip = f"/r/{sent.shipments[0].token}/"
    phone = entered(visit, sent.desk, slip, width=360, text_size="largest", script=False)

    steps_delivery.receive(phone, due=6, damaged=1)

    receipt = Shipment.objects.get().receipt.lines.get()
    assert (receipt.good, receipt.damaged, receipt.missing) == (5, 1, 0)


def test_copies_are_lent_returned_and_issued(visit: Visit) -> None:
    stocked = delivered_round(small_network(), {TITLE: 5}, at=clock.now())
    desk = entered(visit, stocked.desk, script=False)

    go(desk, "借阅窗口")
    desk.get_by_label(steps_desk.SEARCH).fill("手机")
    press(desk, "查找")
    desk.get_by_label("借阅人", exact=True).fill("周建国")
    press(desk, "借阅")
    told(desk, f"已借给周建国：{TITLE}。")
    steps_desk.take_back(desk, TITLE, "周建国")
    steps_desk.issue(desk, TITLE, "手机", "李老师")

    assert Loan.objects.get().returned_on == clock.today()
