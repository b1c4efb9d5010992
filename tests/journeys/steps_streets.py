"""What everybody does on the way to a demonstration street: the call, the filing, the archive, the evaluation."""

from datetime import date

from playwright.sync_api import Page, expect
from tests.journeys import steps_filing
from tests.journeys.acts import follow, follow_waiting, go, press, row, told

STAGES = ("filing", "division", "implementation", "summary")
CONTACT = {
    "contact_name": "刘明轩",
    "contact_position": "社区教育专干",
    "contact_phone": "021-62125910",
    "contact_mobile": "13900000012",
    "contact_email": "waitan@example.org",
    "contact_postcode": "200002",
    "contact_address": "外滩街道示例路1号",
}


def open_call(city: Page, *, year: int, opens: date, closes: date) -> None:
    """The city sets the days of all four stages and its own numbers, and opens the call to all streets."""

    def particulars(page: Page) -> None:
        page.get_by_label("年份").fill(str(year))

    def days(page: Page) -> None:
        for stage in STAGES:
            page.locator(f'[name="opens_on.{stage}"]').fill(opens.isoformat())
            page.locator(f'[name="closes_on.{stage}"]').fill(closes.isoformat())
        page.get_by_label("有效年限").fill("3")
        page.get_by_label("每组评审专家人数").fill("2")

    steps_filing.open_call(city, "上海市社区教育示范街镇创建工作备案制度", days, particulars)


def fill_in(street: Page, *, title: str) -> None:
    """A street fills in the form; what excludes another answer does so at once; what is missing is named."""
    follow_waiting(street, f"待填写：{title}")
    press(street, "开始填写")
    _write(street, "street_name", "外滩街道")
    _write(street, "head_name", "王栟")
    _write(street, "head_position", "办事处副主任")
    _write(street, "head_phone", "13900000011")
    for key, text in CONTACT.items():
        _write(street, key, text)
    street.get_by_label("参加第一轮").check()
    street.get_by_label("从未参与").check()
    expect(street.get_by_label("参加第一轮")).not_to_be_checked()
    press(street, "核对并报送")
    expect(street.get_by_role("heading", name="请先修改")).to_be_visible()
    follow(street, "继续填写")
    _write(street, "plan", "总体目标：两年内建成十五分钟社区学习圈。")
    street.get_by_label("重视品牌建设，丰富创建内涵").check()
    _write(street, "outcomes", "形成两门特色课程。")
    expect(street.locator("#note-outcomes .answer-saved")).to_be_visible()


def mend(street: Page, *, title: str, words: str) -> None:
    """The street reads why it was returned, and mends it."""
    follow_waiting(street, f"退回待修改：{title}")
    expect(street.get_by_role("main")).to_contain_text(words)
    _write(street, "plan", "总体目标：两年内建成十五分钟社区学习圈。工作网络由社区学校和各学习点组成。")
    expect(street.locator("#note-plan .answer-saved")).to_be_visible()


def _write(page: Page, key: str, text: str) -> None:
    box = page.locator(f'[name="a.{key}"]')
    box.fill(text)
    box.blur()


def add_evidence(street: Page, *, title: str, item: str, words: str) -> None:
    """A street puts a piece of evidence into its archive, and finds it again by a word."""
    go(street, "申报与备案")
    follow(street, title)
    follow(street, "打开档案")
    street.get_by_label("对应项目").select_option(label=item)
    street.get_by_label("材料名称").fill(words)
    street.get_by_label("佐证内容").fill("列入街道年度预算，专款专用。")
    press(street, "添加")
    expect(street.locator("#found")).to_contain_text(words)
    street.locator("[name=find]").fill(words[:4])
    press(street, "查找")
    expect(street.locator("#found")).to_contain_text(words)


def draw_panel(city: Page, *, title: str) -> None:
    """The city draws its experts and lets them begin."""
    go(city, "申报与备案")
    follow(city, title)
    follow(city, "抽取评审专家")
    press(city, "抽取")
    press(city, "请专家开始评分")


def score(expert: Page, unit: str, points: tuple[int, int, int]) -> None:
    """An expert reads the material and gives points on every item of the sheet."""
    go(expert, "待评分材料")
    follow(expert, unit)
    for name, number in zip(("基础性建设工作", "重点创建工作", "示范效应和可推广性"), points, strict=True):
        expert.get_by_role("spinbutton", name=name).fill(str(number))
    press(expert, "保存并继续")


def close_scoring(city: Page, *, title: str) -> None:
    """The city closes the scoring and looks at the ranking with its arithmetic."""
    go(city, "申报与备案")
    follow(city, title)
    follow(
        row(city, "专家评审").or_(city.get_by_role("row").filter(has_text="社区教育示范街镇创建评估")).first,
        "打开",
    )
    press(city, "结束评分")
    told(city, "评分已结束")


def summarise(street: Page, *, title: str) -> None:
    """A street writes its summary early, though its stage comes last, and hands it in."""
    go(street, "申报与备案")
    follow(street, title)
    stage = (
        street.get_by_role("region").or_(street.locator("section")).filter(has_text="第四阶段——备查总结").last
    )
    press(stage, "开始填写")
    _write(street, "summary", "两年来，建成十二个标准化学习点，形成两门特色课程。")
    expect(street.locator("#note-summary .answer-saved")).to_be_visible()
    steps_filing.hand_in(street)
