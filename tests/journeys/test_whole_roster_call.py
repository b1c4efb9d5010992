"""The roster of the service teams, walked in the browser from the call to a change of one person (S1-20, S1-48)."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.browser import Visit
from tests.factories.service_teams import put_into_divisions
from tests.factories.workforce import small_province
from tests.journeys import steps_call, steps_filing
from tests.journeys.cast import entered

from lianxue.kernel import clock
from lianxue.orgs.models import Division

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]

CITY, COUNTY = "宁波市", "鄞州区"
TITLE = "教育资源公共服务体系服务队伍名单上报"
NUMBER = "浙教技中心〔2026〕33号"
SEAL = (0.22, 0.23)  # on 报送单位, in shares of the width and height of the page
RETURNED = "鄞州区培训讲师的学科请写全称。"


def administrator(area: str, name: str, mobile: str) -> dict[str, str]:
    """Return a row of the first grid, by the titles of its columns."""
    return {
        "县(市、区)": area,
        "姓名": name,
        "单位名称": f"{area}教育技术中心",
        "职称": "高级教师",
        "职务": "主任",
        "手机": mobile,
        "人员类型": "区域数字资源建设负责人",
    }


def trainer(area: str, name: str, subject: str, mobile: str) -> dict[str, str]:
    """Return a row of the second grid."""
    return {
        "县(市、区)": area,
        "姓名": name,
        "学段": "小学",
        "学科": subject,
        "职称/职务": "一级教师",
        "手机": mobile,
        "是否为往届讲师团成员": "是",
    }


def reviewer(area: str, name: str, account: str, mobile: str) -> dict[str, str]:
    """Return a row of the third grid."""
    return {
        "县(市、区)": area,
        "姓名": name,
        "学段": "初中",
        "学科": "科学",
        "学校名称": f"{area}第一中学",
        "平台账号": account,
        "手机": mobile,
        "职称/职务": "教研组长",
        "教师类型": "各级平台资源审核员",
    }


ADMINISTRATORS = [administrator(CITY, "王芳", "13805740011"), administrator(COUNTY, "李伟", "13805740012")]
TRAINERS = [trainer(CITY, "张敏", "语文", "13805740021"), trainer(COUNTY, "刘强", "信息", "13805740022")]
REVIEWERS = [
    reviewer(CITY, "周建国", "ZJyun_zhou", "13805740031"),
    reviewer(CITY, "赵玉兰", "ZJyun_zhao", "13805740032"),
    reviewer(CITY, "孙磊", "ZJyun_sun", "13805740033"),
    reviewer(COUNTY, "吴垟", "ZJyun_wu", "13805740034"),
    # S1-86: capital and small letters are told apart; these are two accounts.
    reviewer(COUNTY, "郑洁", "ZJyun_ZHENG", "13805740035"),
    reviewer(COUNTY, "郑浩", "ZJyun_zheng", "13805740036"),
]


def test_a_whole_roster_call(visit: Visit) -> None:
    province = small_province()
    put_into_divisions(province)
    for code, name in {"330200000000": CITY, "330212000000": COUNTY}.items():
        Division.objects.filter(pk=code).update(name=name)
    unit, today = province.cities[1], clock.today()
    tomorrow = today + timedelta(days=1)
    office = entered(visit, province.admin)
    city = entered(visit, province.actor(unit))

    steps_call.prepare(office, TITLE, opens=today, closes=today + timedelta(days=30), number=NUMBER)
    steps_call.begin(city, TITLE)
    steps_call.fill_head(city, name="陈栟", phone="0574-87182345", mobile="13805740001")
    steps_call.type_rows(city, steps_call.ADMINISTRATORS, ADMINISTRATORS[:1])
    steps_call.type_rows(city, steps_call.TRAINERS, TRAINERS)
    steps_call.paste_rows(city, steps_call.REVIEWERS, REVIEWERS)
    steps_call.counts(city, steps_call.REVIEWERS, {CITY: "3/3–5", COUNTY: "3/3–5"})
    steps_call.counts(city, steps_call.ADMINISTRATORS, {CITY: "1/1", COUNTY: "0/1"})
    steps_call.find_fault(city, f"{COUNTY}：现有 0 名，应恰好 1 名。")
    steps_call.type_rows(city, steps_call.ADMINISTRATORS, ADMINISTRATORS)
    steps_call.counts(city, steps_call.ADMINISTRATORS, {CITY: "1/1", COUNTY: "1/1"})
    steps_filing.hand_in(city)
    steps_filing.send_stamped(city, seal=SEAL, as_file="盖章扫描件.jpg")

    steps_call.read_scan(office, unit.name)
    steps_filing.decide(office, unit.name, "退回修改", RETURNED)
    steps_call.read_return(city, TITLE, RETURNED)
    steps_call.mend(city, steps_call.TRAINERS, 1, {"学科": "信息技术"})
    steps_filing.hand_in(city)
    steps_filing.send_stamped(city, seal=SEAL, as_file="盖章扫描件.pdf")
    steps_call.read_difference(office, unit.name, steps_call.TRAINERS, before=["信息"], after=["信息技术"])
    steps_filing.give(office, unit.name, "同意", "名单齐全，人选符合要求。")
    expect(office.get_by_text("已通过").first).to_be_visible()
    steps_call.set_letter_code(office, "浙教技中心")
    number = steps_call.issue_letter(office, TITLE, unit.name)
    assert number == f"浙教技中心〔{today.year}〕1号"
    steps_call.read_letter(city, number, unit=unit.name)
    for page in (office, city):
        steps_call.read_roster(page, today, team="省级培训讲师", names=["张敏", "刘强"])

    steps_call.give_notice(
        city,
        TITLE,
        1,
        trainer(COUNTY, "陆甪", "数学", "13805740041"),
        why="刘强老师调离本区。",
        from_on=tomorrow,
    )
    steps_call.differs(
        city,
        steps_call.TRAINERS,
        before=["刘强", "信息技术", "13805740022"],
        after=["陆甪", "数学", "13805740041"],
    )
    steps_call.hand_in_notice(city)
    steps_call.open_notice(office, unit.name)
    steps_call.differs(
        office,
        steps_call.TRAINERS,
        before=["刘强", "信息技术", "138****0022"],
        after=["陆甪", "数学", "138****0041"],
    )
    steps_call.accept(office, "同意调整。")
    for page in (office, city):
        steps_call.read_roster(page, today, team="省级培训讲师", names=["张敏", "刘强"])
        steps_call.read_roster(page, tomorrow, team="省级培训讲师", names=["张敏", "陆甪"])
