"""From a round that the office prepares to the decision who gets how many (S0-41)."""

from playwright.sync_api import Page, expect
from tests.journeys.acts import cell, confirm, follow, follow_waiting, go, press, row, told


def prepare(office: Page, name: str, title: str, copies: int) -> None:
    """The office names a round, adds the title with its copies and supplier, and opens it for all points."""
    go(office, "配送轮次")
    office.get_by_role("link", name="新建轮次").first.click()
    office.get_by_label("名称").fill(name)
    press(office, "新建并添加资源")
    chosen = row(office, title)
    chosen.get_by_role("checkbox").check()
    chosen.get_by_role("spinbutton", name=title).fill(str(copies))
    expect(office.get_by_label("供应单位")).to_contain_text("上海教育音像出版社")
    press(office, "加入本轮次")
    told(office, "已添加 1 种资源。")
    follow(office, "返回轮次")
    confirm(office, "开放选订")
    told(office, "已开放选订，学习点可以填报需求了。")


def open_public_page(point: Page) -> str:
    """The point opens its public page; return the address behind the QR code on its poster."""
    go(point, "师生需求")
    press(point, "开通公开登记页")
    told(point, "公开登记页已开通。")
    return point.get_by_role("figure").get_by_role("link").inner_text()


def leave_wish(learner: Page, title: str) -> None:
    """A learner, with no account, asks for two copies on a telephone."""
    expect(learner.get_by_role("heading", level=1, name="您想要哪些资源？")).to_be_visible()
    for _copy in range(2):
        press(learner, f"{title}：加一份")
    press(learner, "下一步")
    expect(learner.get_by_role("spinbutton", name=title)).to_have_value("2")
    learner.get_by_label("学员").check()
    learner.get_by_label("列表中没有的资源").fill("想学沪剧的光盘")
    press(learner, "提交我的需求")
    expect(learner.get_by_role("heading", level=1, name="谢谢您！")).to_be_visible()


def state_demand(point: Page, round_name: str, title: str, *, wished: int, copies: int) -> None:
    """The point sees what its learners wish for, says how many copies it needs, and submits."""
    go(point, "师生需求")
    expect(row(point, "想学沪剧的光盘")).to_be_visible()
    follow_waiting(point, f"请选订资源：{round_name}")
    line = row(point, title)
    expect(cell(line, "学员需求")).to_have_text(str(wished))
    line.get_by_role("spinbutton", name=title).fill(str(copies))
    press(point, "核对并上报")
    expect(point.get_by_text("将上报给黄浦区社区学院。")).to_be_visible()
    press(point, "上报上级单位")
    told(point, "已上报黄浦区社区学院。")


def pass_on(college: Page, round_name: str, title: str, *, point_name: str, copies: int, reason: str) -> None:
    """The college sees the line behind the total, changes it with a reason, and submits without the other points."""
    follow_waiting(college, f"汇总上报所属学习点的需求：{round_name}")
    follow(college, title)
    row(college, point_name).get_by_role("spinbutton", name=point_name).fill(str(copies))
    college.get_by_label("调整理由").fill(reason)
    press(college, "保存调整")
    told(college, "已保存。学习点可以看到调整和理由。")
    follow_waiting(college, f"汇总上报所属学习点的需求：{round_name}")
    follow(college, "核对并上报市学指办")
    confirm(college, "不再等候，直接上报")
    told(college, "已上报市学指办。")


def see_change(point: Page, round_name: str, title: str, *, change: str, reason: str) -> None:
    """The point reads what the college changed and why."""
    go(point, "资源选订")
    follow(point, round_name)
    expect(row(point, title)).to_contain_text(f"上级单位调整：{change}，{reason}")


def allocate(office: Page, round_name: str, title: str, *, point_name: str, why: str) -> None:
    """The office ends the demand, looks at a proposal and at the reason of a number, and decides."""
    go(office, "配送轮次")
    follow(office, round_name)
    follow(office, "结束选订…")
    confirm(office, "不再等候，结束选订")
    told(office, "选订已结束，可以分配资源了。")
    follow(office, "生成分配方案")
    press(office, "生成分配方案")
    told(office, "分配方案已生成，尚未决定。")
    follow(office, "按比例分配")
    follow(office, title)
    follow(row(office, point_name), "为什么是这个数？")
    expect(office.get_by_role("heading", level=1, name="为什么是这个数？")).to_be_visible()
    expect(office.get_by_text(why)).to_be_visible()
    follow_waiting(office, f"分配资源：{round_name}")
    follow(office, "按比例分配")
    confirm(office, "确定这个方案")
    told(office, "分配方案已确定，供应单位可以打包发货。")
