"""A whole round, walked in the browser by everybody who has a step in it."""

import re

import pytest
from tests.browser import Visit
from tests.factories.orgs import small_network
from tests.factories.resources import make_category
from tests.journeys import (
    steps_contribution,
    steps_delivery,
    steps_desk,
    steps_report,
    steps_round,
)
from tests.journeys.cast import engage, sign_in, signed_in

from lianxue.distribution.models import Shipment
from lianxue.kernel import clock
from lianxue.orgs.public import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]

TITLE = "外滩弄堂口述史"
ROUND = "2026年秋季资源配送"
REASON = "先按一个班级配足"


def test_a_whole_round(visit: Visit) -> None:
    network = small_network()
    school, its_college, office = network.points[0], network.colleges[0], network.office
    make_category()
    point = signed_in(visit, engage(school, Role.TIER_ADMIN, "wangfang", "王芳"))
    college = signed_in(visit, engage(its_college, Role.TIER_ADMIN, "zhangmin", "张敏"))
    reviewer = signed_in(visit, engage(office, Role.RESOURCE_REVIEWER, "chenjing", "陈静"))

    steps_contribution.contribute(point, TITLE, copies=20)
    steps_contribution.collate(college, TITLE)
    steps_contribution.review(reviewer, TITLE)
    steps_contribution.see_decision(point, TITLE)
    steps_contribution.find_in_catalogue(college, "弄堂故事", TITLE)

    head = signed_in(visit, engage(office, Role.TIER_ADMIN, "liwei", "李伟"))
    steps_round.prepare(head, ROUND, TITLE, copies=20)
    door = steps_round.open_public_page(point)
    steps_round.leave_wish(visit(door, width=360, text_size="larger"), TITLE)
    steps_round.state_demand(point, ROUND, TITLE, wished=2, copies=8)
    steps_round.pass_on(college, ROUND, TITLE, point_name=school.name, copies=6, reason=REASON)
    steps_round.see_change(point, ROUND, TITLE, change="8 → 6", reason=REASON)
    steps_round.allocate(head, ROUND, TITLE, point_name=school.name, why="本点申请的 6 份全部满足")

    supplier = signed_in(visit, engage(network.supplier, Role.SUPPLIER_CLERK, "liuqiang", "刘强"))
    code = steps_delivery.send(supplier, school.name)
    slip = f"/r/{Shipment.objects.get(code=code).token}/"
    phone = visit(slip, width=360, text_size="large")
    sign_in(phone, engage(school, Role.DESK_CLERK, "zhaoyulan", "赵玉兰"))
    steps_delivery.receive(phone, due=6, damaged=1)
    steps_delivery.photograph(phone)
    steps_delivery.see_photograph(college, school.name)
    steps_delivery.see_damage(supplier, code)

    desk = visit("/desk/", storage_state=phone.context.storage_state())
    steps_desk.lend(desk, TITLE, "口述史", "周建国")
    steps_desk.take_back(desk, TITLE, "周建国")
    steps_desk.issue(desk, TITLE, "口述史", "李老师")
    today = clock.today()
    steps_desk.read_loans(point, school.name, TITLE, "周建国", today)
    steps_desk.read_issues(point, school.name, TITLE, "李老师", today)

    figures = {"完好收到份数": 5, "到货破损份数": 1, "借阅份数": 1, "归还份数": 1, "发放教师份数": 1}
    steps_report.write_report(point, figures)
    steps_report.read_report(college, school.name)
    steps_report.follow_lot(point, TITLE, WAY)

    auditor = signed_in(visit, engage(office, Role.AUDITOR, "sunlei", "孙磊"))
    steps_report.find_in_trail(
        auditor, "审核共享资源", TITLE, field="状态", before="待审核", after="审核通过"
    )
    # Whose loan it was never enters the trail: the name must be able to go one day.
    steps_report.find_in_trail(
        auditor, "借阅资源", TITLE, field="借阅人", before="空", after=re.compile("^• [0-9a-f]{4}$")
    )


WAY = {
    "选订": "8份",
    "社区学院汇总上报": "6份",
    "分配": "6份",
    "已发出": "6份",
    "完好收到": "5份",
    "展示中": "1份",
    "在库": "3份",
    "已借出": "1份",
    "已发放": "1份",
}
