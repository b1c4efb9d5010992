"""From the indicators of a year to a certificate that anybody can check (S1-49, S1-51, S1-82)."""

import re

import pypdfium2
from playwright.sync_api import Locator, Page, expect
from tests.journeys import steps_filing
from tests.journeys.acts import cell, confirm, follow, follow_waiting, go, press, printed, row, told

OFFICE_NUMBERS = {
    "分配后几个工作日内审核完毕": "3",
    "按时审核的比例至少": "90",
    "读者评价从几星起算好评": "4",
    "过审资源好评率至少": "80",
}
TEAMS = ("体系管理员", "培训讲师", "资源审核员")
RECOMMENDATION_CALL = "教育资源公共服务体系服务队伍优秀工作者设区市推荐表"


def publish_indicators(province: Page, *, ratio: str) -> None:
    """The province gives every number that the documents leave to it, and publishes the indicators of this year."""
    go(province, "年度评价")
    follow(province, "评价指标")
    follow(province, "公布年度指标")
    for label, number in OFFICE_NUMBERS.items():
        province.get_by_label(label).fill(number)
    for team in TEAMS:
        province.get_by_label(f"推优比例：{team}").fill(ratio)
    province.get_by_label("舍去（向下取整）").check()
    confirm(province, "公布")
    told(province, "已公布，并已通知市、县（市、区）。")
    expect(province.get_by_text("不少于2000字").first).to_be_visible()


def open_call(province: Page, *, ratio: str) -> None:
    """The province calls for the recommendations of this year, for as long as it likes."""

    def days(page: Page) -> None:
        page.get_by_label("结束日期").fill("")
        page.get_by_label("推优比例").fill(ratio)

    steps_filing.open_call(province, RECOMMENDATION_CALL, days)


def begin(city: Page, *, people: int) -> None:
    """The city begins: everybody on its rosters gets a sheet."""
    go(city, "年度评价")
    press(city, "开始评价")
    told(city, f"{people} 人待评价。")


def open_sheet(page: Page, name: str) -> None:
    """Open the sheet of somebody from the list of the year."""
    go(page, "年度评价")
    follow(page, name)
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def declare_article(county: Page, name: str, text: str, *, characters: int) -> None:
    """A county pastes the article of its trainer; the platform counts."""
    follow_waiting(county, "填报年度评价材料")
    follow(county, name)
    follow(county.get_by_role("table", name="评价指标"), "案例或文章")
    county.get_by_label("文章全文").fill(text)
    press(county, "保存")
    told(county, "已保存。")
    line = row(county, "案例或文章")
    expect(cell(line, "情况")).to_have_text("达到")
    expect(cell(line, "算式")).to_contain_text(str(characters))


def part_of(page: Page, indicator: str, part: str) -> Locator:
    """Open an indicator on a sheet and, below one part of it, where the finding is noted; return that."""
    page.locator("summary").filter(has_text=re.compile(rf"^\s*{indicator}\s*$")).click()
    heading = page.get_by_role("heading", level=3, name=part, exact=True)
    inner = heading.locator("xpath=following-sibling::details[contains(., '记录认定')][1]")
    inner.locator("summary").click()
    return inner


def find(city: Page, indicator: str, part: str, verdict: str, reason: str = "") -> None:
    """The city notes what it finds of one part."""
    form = part_of(city, indicator, part)
    form.get_by_label(verdict, exact=True).check()
    form.get_by_label("理由").fill(reason)
    press(form, "保存")


def give_reason(city: Page, reason: str) -> None:
    """The city departs from what the platform worked out: the form asks why, and takes the finding with a reason."""
    expect(city.get_by_text("请说明原因。", exact=True)).to_be_visible()
    form = city.locator("details[open]").filter(has_text="记录认定").last
    form.get_by_label("理由").fill(reason)
    press(form, "保存")
    told(city, "已保存。")


def confirm_sheet(city: Page, *, met: int, asked: int) -> None:
    """The city confirms the sheet that is open."""
    confirm(city, "确认评价")
    told(city, "已保存。")
    expect(city.get_by_role("main")).to_contain_text(re.compile(rf"达到的指标\s*{met}\s*/\s*{asked}"))


def recommend(city: Page, words: str) -> None:
    """The city recommends the person whose sheet is open."""
    city.get_by_label("推荐理由").fill(words)
    press(city, "推荐")


def fill_in_form(city: Page) -> None:
    """The city has its list put on Annex 3."""
    go(city, "年度评价")
    city.get_by_role("link", name="推优").first.click()
    press(city, "填写推荐表")
    told(city, "人员已填入推荐表")
    follow(city, "继续填写")


def first_trainer(city: Page) -> Locator:
    """Return the first row of the trainers on Annex 3."""
    return city.get_by_role("table", name="二、优秀省级培训师").locator("tbody tr").first


def see_prefilled(city: Page, values: dict[str, str]) -> None:
    """What the roster holds of the person stands in the columns of Annex 3."""
    for column, value in values.items():
        expect(first_trainer(city).get_by_label(column, exact=True)).to_have_value(value)
    expect(first_trainer(city).get_by_label("学段")).to_have_value("primary")


def see_what_is_missing(city: Page, *, places: int) -> None:
    """Handing in is not offered yet: what Annex 1 and the appraisal do not hold is named place by place."""
    press(city, "核对并报送")
    missing = city.locator("section").filter(has=city.get_by_role("heading", name="请先修改"))
    expect(missing.get_by_role("listitem")).to_have_count(places)
    follow(city, "继续填写")


def complete_form(city: Page, *, address: str, head: dict[str, str]) -> None:
    """The city types whom to ask, and where the article of its trainer can be read."""
    unit = city.locator("section").filter(has=city.get_by_role("heading", name="报送单位"))
    for label, value in head.items():
        unit.get_by_label(label, exact=True).fill(value)
    first_trainer(city).get_by_label("案例或文章网址").fill(address)


def take_certificate(city: Page, holder: str) -> str:
    """The city finds the commendation and takes the certificate; return its number."""
    go(city, "年度评价")
    follow(city, "表彰")
    number = cell(row(city, holder), "证书编号").inner_text().strip()
    go(city, "表彰与称号")
    expect(row(city, holder)).to_contain_text(number)
    written = words_of(printed(city, "证书"))
    assert holder in written
    assert number in written
    return number


def words_of(paper: bytes) -> str:
    """Return what can be read on a paper, without spaces."""
    document = pypdfium2.PdfDocument(paper)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s", "", words)


def check_certificate(visitor: Page, number: str, holder: str, award: str) -> None:
    """Anybody types the number of a certificate and reads whose it is."""
    visitor.get_by_label("证书编号").fill(number)
    press(visitor, "查验")
    said = visitor.get_by_role("main")
    expect(said).to_contain_text("证书真实有效")
    expect(said).to_contain_text(holder)
    expect(said).to_contain_text(award)
