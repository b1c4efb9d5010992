"""What is left when the copies are in use: the effect report, the way of a lot, the audit trail (S0-53, S0-30)."""

import re

from playwright.sync_api import Page, expect
from tests.journeys.acts import confirm, follow, go, press, row, told, value_of

CONTENTS = {
    "资源发放和使用对象": "人文课程班学员二十六人，教师一人。",
    "使用形式": "课堂教学、读书会和窗口借阅。",
    "效果": "学员据此完成口述史作业十二份。",
    "建议": "希望增加本区老建筑的光盘。",
}


def write_report(point: Page, figures: dict[str, int]) -> None:
    """The point finds its figures filled in, writes the four parts and submits."""
    go(point, "使用效果报告")
    follow(point, "开始填写")
    for label, value in figures.items():
        expect(value_of(point, label)).to_have_text(str(value))
    for label, text in CONTENTS.items():
        point.get_by_label(label).fill(text)
    confirm(point, "提交给社区学院")
    told(point, "报告已提交。")


def read_report(college: Page, point_name: str) -> None:
    """The college reads what its point wrote."""
    go(college, "使用效果报告")
    follow(college, point_name)
    for text in CONTENTS.values():
        expect(college.get_by_text(text)).to_be_visible()


def follow_lot(point: Page, title: str, steps: dict[str, str]) -> None:
    """From the stock to the way of the lot: every step with its number of copies."""
    go(point, "库存")
    follow(point, title)
    point.get_by_role("table", name="按批次").get_by_role("link", name=re.compile(r"^L\d+$")).click()
    expect(point.get_by_role("heading", name="从需求到读者")).to_be_visible()
    for label, copies in steps.items():
        way = point.get_by_role("listitem").filter(has_text=re.compile(rf"^\s*{label}\s*{copies}"))
        expect(way).to_be_visible()


def find_in_trail(
    auditor: Page, act: str, thing: str, *, field: str, before: str, after: str | re.Pattern[str]
) -> None:
    """The auditor finds who did it, and what stood there before and after."""
    go(auditor, "审计日志")
    auditor.get_by_role("combobox", name="操作").select_option(label=act)
    press(auditor, "查找")
    found = row(auditor.get_by_role("table", name="审计日志"), thing)
    expect(found).to_have_count(1)
    found.get_by_role("link").click()
    expect(auditor.get_by_role("heading", level=1, name=act)).to_be_visible()
    changed = row(auditor.get_by_role("table", name="变化内容"), field)
    expect(changed.get_by_role("cell")).to_have_text([before, after])
