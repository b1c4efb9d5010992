"""From a school's own booklet to the catalogue (S0-40)."""

from playwright.sync_api import Page, expect
from tests.journeys.acts import follow, follow_waiting, go, picture, press, told

DECLARATION = "本单位声明：对该资源拥有自主知识产权"
REASON = "内容扎实，形式规范，权属清楚，可供全市选订。"


def contribute(point: Page, title: str, copies: int) -> None:
    """The point writes a title down, with a photograph of the cover and the declaration, and sends it in."""
    go(point, "资源集聚")
    point.get_by_role("link", name="提交新资源").first.click()
    point.get_by_label("资源名称").fill(title)
    point.get_by_label("图书").check()
    point.get_by_label("主题类别").select_option(label="智能技术")
    point.get_by_label("内容简介").fill("外滩老建筑与弄堂里的口述故事，配有照片六十幅，可作人文课程读本。")
    point.get_by_label("封面").set_input_files(picture("封面.jpg", "peru"))
    point.get_by_label("提供份数").fill(str(copies))
    point.get_by_label(DECLARATION).check()
    press(point, "提交社区学院")
    told(point, f"《{title}》已提交。")


def collate(college: Page, title: str) -> None:
    """The college passes on what waits for it."""
    follow_waiting(college, "汇总上交各单位提交的资源")
    college.get_by_label(title).check()
    press(college, "汇总上交市学指办")
    told(college, "已将1项资源汇总上交市学指办。")


def review(reviewer: Page, title: str) -> None:
    """The reviewer reads it, sees the cover, and accepts it with a reason."""
    follow_waiting(reviewer, "审核共享资源")
    expect(reviewer.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(reviewer.get_by_role("img", name=title)).to_be_visible()
    reviewer.get_by_label("常用理由").select_option(label=REASON)
    press(reviewer, "审核通过并发布")
    told(reviewer, f"《{title}》：审核通过。")
    expect(reviewer.get_by_text("全部审核完毕")).to_be_visible()


def find_in_catalogue(reader: Page, words: str, title: str) -> None:
    """Whoever types words of the title or of what it is about finds it, and nothing for other words."""
    go(reader, "资源目录")
    reader.get_by_label("关键词").fill("京剧")
    press(reader, "查找")
    expect(reader.get_by_text("没有符合条件的资源")).to_be_visible()
    reader.get_by_label("关键词").fill(words)
    press(reader, "查找")
    follow(reader, title)
    expect(reader.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(reader.get_by_text("外滩街道社区学校")).to_be_visible()


def see_decision(point: Page, title: str) -> None:
    """The point reads what was decided and why."""
    go(point, "资源集聚")
    follow(point, title)
    expect(point.get_by_text("已纳入资源目录")).to_be_visible()
    expect(point.get_by_text(REASON)).to_be_visible()
