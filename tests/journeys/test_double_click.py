"""A double click changes once, with scripts and without: old hands and slow screens press twice."""

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect
from tests.browser import Visit
from tests.factories.distribution_demand import opened_round
from tests.factories.distribution_stock import delivered_round, packed_round
from tests.factories.orgs import small_network
from tests.journeys.acts import told
from tests.journeys.cast import entered

from lianxue.distribution.models import Loan, StockEntry
from lianxue.kernel import clock
from lianxue.kernel.models import AuditEntry, Outcome

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"]),
]


def press_twice(page: Page, name: str, *, script: bool, answer: str) -> None:
    """Press a button twice and read the answer. The script lets one press through; without it the server gets both."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    if script:
        page.get_by_role("button", name=name, exact=True).dblclick()
    else:
        press_again_while_waiting(page, name)
    told(page, answer)
    assert len(sent) == (1 if script else 2)


def press_again_while_waiting(page: Page, name: str) -> None:
    """Press a button; the server has done its part, but its answer is slow to come, so press it again."""
    on_the_way: list[APIResponse] = []

    def hold_first(route: Route) -> None:
        if route.request.method == "POST" and not on_the_way:
            on_the_way.append(route.fetch(max_redirects=0))
        else:
            route.continue_()

    page.route("**/*", hold_first)
    place = page.get_by_role("button", name=name, exact=True).bounding_box()
    assert place is not None
    middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.click(*middle)
    while not on_the_way:
        page.wait_for_timeout(20)
    assert on_the_way[0].status == 302
    page.mouse.click(*middle)


def acts(verb: str) -> list[str]:
    """Return how everything that was tried under this name came out."""
    return list(AuditEntry.objects.filter(verb=f"distribution.{verb}").values_list("outcome", flat=True))


def test_demand_is_submitted_once(visit: Visit, script: bool) -> None:
    network = small_network()
    running = opened_round(network, at=clock.now())
    running.save(network.points[0], [3])
    page = entered(
        visit, network.actor(network.points[0]), f"/demand/{running.round.pk}/review/", script=script
    )

    press_twice(page, "上报上级单位", script=script, answer="已上报黄浦区社区学院。")

    assert acts("submit_demand") == [Outcome.DONE]


def test_a_copy_is_lent_once(visit: Visit, script: bool) -> None:
    stocked = delivered_round(small_network(), {"智能手机入门": 5}, at=clock.now())
    page = entered(visit, stocked.desk, f"/desk/?title={stocked.entry.pk}", script=script)
    page.get_by_label("借阅人", exact=True).fill("周建国")

    press_twice(page, "借阅", script=script, answer="已借给周建国：智能手机入门。")

    expect(page.get_by_role("row").filter(has_text="周建国")).to_have_count(1)
    assert Loan.objects.count() == 1
    assert acts("lend") == [Outcome.DONE]


def test_a_shipment_is_dispatched_once(visit: Visit, script: bool) -> None:
    packed = packed_round(small_network(), {"智能手机入门": 5}, at=clock.now())
    shipment = packed.shipments[0]
    page = entered(visit, packed.network.supplier_clerk, f"/shipments/{shipment.pk}/", script=script)
    before = StockEntry.objects.count()

    press_twice(page, "确认发出", script=script, answer=f"配送单 {shipment.code} 已发出。")

    assert StockEntry.objects.count() == before + 1
    assert acts("dispatch") == [Outcome.DONE]
