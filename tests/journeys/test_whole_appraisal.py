"""A whole appraisal, walked in the browser by everybody who has a step in it."""

import pytest
from playwright.sync_api import expect
from tests.browser import Visit
from tests.factories.service_teams import make_teams
from tests.journeys import steps_appraisal as steps
from tests.journeys import steps_filing
from tests.journeys.acts import told
from tests.journeys.cast import entered

from lianxue.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]

BEST, OTHER = "王讲师", "郑讲师"
ARTICLE = "课堂上用同步课程备课，课后把作业放进空间。" * 100
GIVEN = "开展线下培训相关讲座、会议交流"
AWARD = "优秀省级培训师"
PREFILLED = {
    "姓名": BEST,
    "学科": "语文",
    "学校名称": "上城区第一小学",
    "职称/职务": "高级教师",
    "手机": "13800000001",
    "案例或文章网址": "",
}
SEAL = (0.2, 0.2)  # on 报送单位, in shares of the width and height of the page
HEAD = {"联系人姓名": "叶联系", "联系人电话": "0571-88000000", "手机": "13900000000"}


def test_a_whole_appraisal(visit: Visit) -> None:
    teams = make_teams(at=clock.now(), year=clock.today().year)
    for name in (BEST, OTHER):
        entry = teams.entry(name)
        entry.values |= {"school_stage": "primary"}
        entry.save(update_fields=["values"])
    county_actor = teams.province.actor(teams.province.counties[0])
    province, city, county = (
        entered(visit, actor) for actor in (teams.province.admin, teams.city, county_actor)
    )

    steps.publish_indicators(province, ratio="50")
    steps.open_call(province, ratio="50")
    steps.begin(city, people=6)
    steps.declare_article(county, BEST, ARTICLE, characters=2100)

    steps.open_sheet(city, BEST)
    steps.find(city, "线下培训", GIVEN, "达到")
    steps.give_reason(city, "市里组织的讲座有签到表")  # the platform counted no lecture
    steps.find(city, "课程设计与推广", "参与在线培训课程设计与开发", "达到")
    steps.find(city, "课程设计与推广", "开展平台应用的培训与推广", "达到")
    steps.confirm_sheet(city, met=3, asked=4)
    steps.recommend(city, "")
    expect(city.get_by_text("请说明原因。", exact=True)).to_be_visible()  # one indicator was not met
    steps.recommend(city, "讲座和文章突出")
    told(city, "已保存。")
    expect(city.get_by_text("讲座和文章突出")).to_be_visible()

    steps.open_sheet(city, OTHER)
    steps.find(city, "课程设计与推广", "参与在线培训课程设计与开发", "未达到")
    steps.find(city, "课程设计与推广", "开展平台应用的培训与推广", "达到")
    steps.find(city, "案例或文章", "案例或文章", "未达到")
    steps.confirm_sheet(city, met=0, asked=4)
    steps.recommend(city, "也很努力")
    expect(city.get_by_text("名额 2 × 50% = 1 → 1，已用 1 个，这支队伍不能再推荐。")).to_be_visible()
    expect(city.get_by_label("推荐理由")).to_have_value("也很努力")

    steps.fill_in_form(city)
    steps.see_prefilled(city, PREFILLED)
    steps.see_what_is_missing(city, places=4)
    steps.complete_form(city, address="https://example.org/anli", head=HEAD)
    steps_filing.hand_in(city)
    steps_filing.send_stamped(city, seal=SEAL, as_file="推荐表.jpg")
    steps_filing.decide(province, "杭州市教育技术中心", "同意", "同意")
    number = steps.take_certificate(city, BEST)
    steps.check_certificate(visit("/awards/check/", width=360), number, BEST, AWARD)
