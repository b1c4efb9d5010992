"""A scanner and six keys in a real browser: nothing is clicked, the box that comes next has the focus."""

from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import client_for, small_network

from lianxue.distribution.enums import LoanState
from lianxue.distribution.models import Loan
from lianxue.distribution.operations.desk.lend import lend
from lianxue.kernel import clock

pytestmark = pytest.mark.browser

BOX = "资源名称、批号、ISBN 或借阅人姓名"
MOST_KEYS = 6


def test_scans_and_keys_alone_lend_and_take_back(site: LiveServer, visit: Visit) -> None:
    """A scanner types the code and presses Enter; known titles and readers go by their number on the page."""
    stocked = delivered_round(small_network(), {"书法入门": 5}, at=clock.now() - timedelta(days=2))
    lend(actor=stocked.desk, at=clock.now(), point=stocked.point, entry=stocked.entry, borrower_name="李桂英")
    page = visit("/accessibility/")
    cookie = client_for(stocked.desk).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
    page.goto("/desk/")

    def typed(keys: str) -> int:
        """Press these keys one by one; return how many."""
        for key in keys:
            page.keyboard.press("Enter" if key == "⏎" else key)
        page.wait_for_load_state()
        return len(keys)

    expect(page.get_by_label(BOX)).to_be_focused()
    pressed = typed("1⏎")  # the title that was lent last
    expect(page.get_by_label("借阅人", exact=True)).to_be_focused()
    pressed += typed("1⏎")  # the reader who came last
    expect(page.get_by_text("已借给李桂英：书法入门。")).to_be_visible()
    assert pressed <= MOST_KEYS
    assert Loan.objects.filter(borrower_name="李桂英", state=LoanState.ON_LOAN).count() == 2

    page.goto("/desk/?do=return")
    expect(page.get_by_label(BOX)).to_be_focused()
    assert typed("1⏎") <= MOST_KEYS
    expect(page.get_by_text("李桂英已归还：书法入门。")).to_be_visible()
    typed(f"{stocked.lot.code}⏎")  # one scan: only one copy of the lot is out now
    expect(page.get_by_text("没有借出的资源")).to_be_visible()
    assert Loan.objects.filter(state=LoanState.ON_LOAN).count() == 0

    page.goto("/desk/")
    typed(f"{stocked.lot.code}⏎")
    expect(page.get_by_label("借阅人", exact=True)).to_be_focused()
    page.keyboard.insert_text("王小明")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已借给王小明：书法入门。")).to_be_visible()
    for address in (
        "/desk/",
        f"/desk/?title={stocked.entry.pk}",
        "/desk/labels/",
        "/desk/class/",
        "/reservations/",
    ):
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(address)
        assert axe_faults(page) == [], address
        assert too_wide(page) == [], address
