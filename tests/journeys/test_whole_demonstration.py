"""A demonstration street from the call to its name on the wall, walked in the browser by everybody who has a step in it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.browser import Visit
from tests.factories.orgs import make_actor
from tests.factories.programmes import education_network
from tests.journeys import steps_filing, steps_streets
from tests.journeys.acts import go, printed
from tests.journeys.cast import entered

from lianxue.kernel import clock
from lianxue.orgs.public import Role
from lianxue.programmes.models import Call, Filing
from lianxue.programmes.operations.archive.evidence import add_evidence

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]


SEAL = (0.7, 0.72)  # on 公章, in shares of the width and height of the page


def test_a_whole_demonstration_cycle(visit: Visit) -> None:
    network, today = education_network(), clock.today()
    unit, district, office = network.streets[0], network.districts[0], network.office
    city = entered(visit, network.actor(office))
    street = entered(visit, network.actor(unit))
    above = entered(visit, network.actor(district))

    steps_streets.open_call(city, year=today.year, opens=today, closes=today + timedelta(days=60))
    title = Call.objects.get().title
    steps_streets.fill_in(street, title=title)
    steps_filing.hand_in(street)
    steps_filing.decide(above, unit.name, "退回修改", "请补充工作网络。")
    steps_streets.mend(street, title=title, words="请补充工作网络。")
    steps_filing.hand_in(street)
    steps_filing.send_stamped(street, seal=SEAL, as_file="盖章的表.jpg")
    steps_filing.decide(above, unit.name, "同意", "同意备案，请抓好学习点建设。")
    steps_filing.decide(city, unit.name, "同意", "同意备案。")
    assert Filing.objects.get().state == "approved"

    call = Call.objects.get()
    steps_streets.add_evidence(
        street, title=title, item="经费投入与保障制度", words="2026年社区教育经费预算表"
    )
    for item in call.definition.evidence:
        if item.key != "funding":
            add_evidence(
                actor=network.actor(unit),
                at=clock.now(),
                call=call,
                unit=unit,
                item=item.key,
                title=item.title,
                words="见档案。",
            )
    steps_streets.summarise(street, title=title)
    steps_filing.decide(above, unit.name, "同意", "推荐参加评估。")

    experts = [make_actor(office, Role.EXPERT, name=name) for name in ("suzhiyuan", "heming")]
    steps_streets.draw_panel(city, title=title)
    for actor, points in zip(experts, ((90, 80, 70), (80, 90, 80)), strict=True):
        steps_streets.score(entered(visit, actor), unit.name, points)
    steps_streets.close_scoring(city, title=title)
    expect(city.get_by_role("main")).to_contain_text("81.67")
    steps_filing.decide(city, unit.name, "同意", "命名为上海市社区教育示范街镇。")

    go(street, "表彰与称号")
    expect(street.get_by_role("main")).to_contain_text("上海市社区教育示范街镇")
    assert printed(street, "证书").startswith(b"%PDF")
