"""From a call that the province prepares to the roster in force, and to a change of it (S1-20, S1-48)."""

from collections.abc import Mapping, Sequence
from datetime import date

from playwright.sync_api import Locator, Page, expect
from tests.journeys import steps_filing
from tests.journeys.acts import confirm, follow, follow_waiting, go, press, row, told

PROGRAMME = "教育资源公共服务体系服务队伍设区市汇总表"
ADMINISTRATORS = "一、县级(含)以上体系管理员"
TRAINERS = "二、省级培训讲师"
REVIEWERS = "三、省级资源审核员"

Rows = Sequence[Mapping[str, str]]


def prepare(office: Page, title: str, *, opens: date, closes: date, number: str) -> None:
    """The province gives the call its title, year and days, and opens it."""

    def particulars(page: Page) -> None:
        page.get_by_label("年份").fill(str(opens.year))
        page.get_by_label("申报名称").fill(title)
        page.get_by_label("发文字号").fill(number)

    def days(page: Page) -> None:
        page.get_by_label("开始日期").fill(opens.isoformat())
        page.get_by_label("结束日期").fill(closes.isoformat())

    steps_filing.open_call(office, PROGRAMME, days, particulars)


def begin(city: Page, title: str) -> None:
    """The city finds the call among what waits, reads until when, and begins."""
    follow_waiting(city, f"待填写：{title}")
    expect(city.get_by_role("heading", name="下一步")).to_be_visible()
    press(city, "开始填写")
    expect(city.get_by_text("随填随存，可以以后接着填。")).to_be_visible()


def fill_head(city: Page, *, name: str, phone: str, mobile: str) -> None:
    """The city says whom one can ask; a number that is too short is marked while it is typed, and mended."""
    city.get_by_label("联系人姓名").fill(name)
    city.get_by_label("联系人电话").fill(phone[:4])
    city.get_by_label("手机").first.fill(mobile)
    place = city.locator("[data-question=contact_phone]")
    expect(place.get_by_text("这不是有效的电话号码")).to_be_visible()
    city.get_by_label("联系人电话").fill(phone)
    city.get_by_label("手机").first.focus()
    expect(place.get_by_text("这不是有效的电话号码")).to_have_count(0)


def grid(page: Page, title: str) -> Locator:
    """Return the part of the form that asks for the rows of one team."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))


def type_rows(city: Page, title: str, rows: Rows) -> None:
    """The city types a grid, row for row, and watches how many of each area are there."""
    place = grid(city, title)
    lines = place.get_by_role("row").filter(has=city.get_by_label("姓名", exact=True))
    for at, values in enumerate(rows):
        if at == lines.count():
            press(place, "增加一行")
        write(lines.nth(at), values)


def write(line: Locator, values: Mapping[str, str]) -> None:
    """Write into the cells of a row, or choose what they offer."""
    for title, value in values.items():
        box = line.get_by_label(title, exact=True)
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(label=value)
        else:
            box.fill(value)


def paste_rows(city: Page, title: str, rows: Rows) -> None:
    """The city takes rows over from its spreadsheet, the line of titles with them."""
    place = grid(city, title)
    place.get_by_text("从电子表格粘贴").click()
    lines = ["\t".join(rows[0]), *("\t".join(values.values()) for values in rows)]
    place.get_by_role("textbox", name="在电子表格里复制各行").fill("\n".join(lines))
    press(place, "填入这些行")


def counts(city: Page, title: str, by_area: Mapping[str, str]) -> None:
    """Expect so many rows of each area in a grid, of so many that are asked for."""
    for area, words in by_area.items():
        expect(grid(city, title).get_by_role("listitem").filter(has_text=area)).to_contain_text(words)


def mend(city: Page, title: str, at: int, values: Mapping[str, str]) -> None:
    """Change a row that stands in a grid."""
    place = grid(city, title)
    lines = place.get_by_role("row").filter(has=city.get_by_label("姓名", exact=True))
    write(lines.nth(at), values)


def find_fault(city: Page, words: str) -> None:
    """The city checks, is told what is missing, and goes there."""
    press(city, "核对并报送")
    expect(city.get_by_role("heading", name="请先修改")).to_be_visible()
    city.get_by_role("link", name=words).click()
    expect(city.get_by_text("随填随存，可以以后接着填。")).to_be_visible()


def read_scan(office: Page, unit: str) -> None:
    """The province looks at the stamped scan beside what was filled in."""
    steps_filing.open_waiting(office, unit)
    follow(office, "盖章扫描件")
    expect(office.get_by_text("属于本版次")).to_be_visible()
    picture = office.get_by_role("img", name="盖章扫描件")
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0


def read_return(city: Page, title: str, comment: str) -> None:
    """The city learns at home that it came back, and why."""
    follow_waiting(city, f"退回待修改：{title}")
    expect(city.get_by_text(comment)).to_be_visible()


def read_difference(office: Page, unit: str, grid_title: str, *, before: list[str], after: list[str]) -> None:
    """The province reads what has changed since it sent it back."""
    steps_filing.open_waiting(office, unit)
    follow(office, "变更内容")
    differs(office, grid_title, before=before, after=after)
    office.go_back()


def differs(page: Page, grid_title: str, *, before: list[str], after: list[str]) -> None:
    """Expect one row of one grid to differ, what went struck out and what came underlined."""
    changed = page.get_by_role("table", name=grid_title).locator("tbody").get_by_role("row")
    expect(changed).to_have_count(1)
    expect(changed.get_by_role("deletion")).to_have_text(before)
    expect(changed.get_by_role("insertion")).to_have_text(after)


def set_letter_code(office: Page, words: str) -> None:
    """The province says once how the numbers of its letters begin."""
    go(office, "公文")
    follow(office, "机关代字")
    office.get_by_label("机关代字").fill(words)
    press(office, "保存")
    told(office, "代字已设置。")


def issue_letter(office: Page, title: str, unit: str) -> str:
    """The province answers by a letter under its next number; return the number."""
    go(office, "申报与备案")
    follow(office, title)
    follow(office, "各单位进展")
    follow(row(office, unit), "打开")
    confirm(office, "印发公文")
    told(office, "公文已印发，申报单位可在其公文列表中查看。")
    place = office.locator("section").filter(has=office.get_by_role("heading", name="关于决定的公文"))
    return place.get_by_role("link").inner_text()


def read_letter(city: Page, number: str, *, unit: str) -> None:
    """The city finds the letter among its letters and reads it."""
    go(city, "公文")
    row(city, number).get_by_role("link").first.click()
    expect(city.get_by_text(f"关于{unit}名单上报的批复").first).to_be_visible()
    expect(city.get_by_text(number).first).to_be_visible()


def read_roster(page: Page, day: date, *, team: str, names: list[str]) -> None:
    """Read who of a team is in force on a day; the list follows what is chosen."""
    go(page, "名单")
    page.get_by_role("combobox", name="名单").select_option(label=team)
    page.get_by_label("在册日期").fill(day.isoformat())
    press(page, "查找")
    expect(page.get_by_text(f"{day.year}年{day.month}月{day.day}日 的在册人员。")).to_be_visible()
    expect(page.get_by_role("table", name="名单").get_by_role("rowheader")).to_have_text(names)


def give_notice(
    city: Page, title: str, at: int, values: Mapping[str, str], *, why: str, from_on: date
) -> None:
    """The city replaces one person, in writing."""
    go(city, "申报与备案")
    follow(city, title)
    follow(city, "查看申报")
    press(city, "书面告知调整")
    city.get_by_label("调整原因").fill(why)
    city.get_by_label("生效日期").fill(from_on.isoformat())
    mend(city, TRAINERS, at, values)
    press(city, "核对并报送")


def hand_in_notice(city: Page) -> None:
    """The city reads what the notice changes, and hands it in."""
    expect(city.get_by_role("heading", name="调整内容")).to_be_visible()
    press(city, "报送调整告知")
    told(city, "调整告知已报送。")


def open_notice(office: Page, unit: str) -> None:
    """The province opens the notice that waits for it."""
    follow_waiting(office, "审定调整告知")
    follow(office, unit)


def accept(office: Page, comment: str) -> None:
    """The province accepts the change."""
    office.get_by_role("radio", name="采纳：自生效日期起生效").check()
    office.get_by_role("textbox", name="意见").fill(comment)
    press(office, "出具意见")
    expect(office.get_by_text(comment)).to_be_visible()
