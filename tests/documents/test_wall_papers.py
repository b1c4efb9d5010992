"""The sign of the display corner, the invitation to say what one needs, the note of a shipment."""

from datetime import date

import pytest
from tests.documents.printed import pdf_pages, pdf_picture, pdf_sizes_mm

from lianxue.documents.public import (
    DeliveryLine,
    DeliveryNote,
    DisplaySign,
    NeedPoster,
    OnlinePoster,
    PrintedKind,
    delivery_note,
    delivery_notes,
    display_sign,
    need_poster,
    online_poster,
)

POINT = "上海市浦东新区川沙新镇社区学校"
LONG_POINT = "上海市浦东新区川沙新镇栟茶甪直沚垟垵氾第一社会福利院护理二部养教结合点（示例）"
SIGN = "上海终身教育资源配送展示区"  # S0-55
ISSUER = "上海市学习型社会建设服务指导中心办公室"  # S0-08
URL = "https://lianxue.example.org/n/9f3kq2vx7m/"


@pytest.mark.parametrize("point", [POINT, LONG_POINT, "校"])
@pytest.mark.parametrize(("paper", "size"), [("a4", (297, 210)), ("a3", (420, 297))])
def test_the_sign_fills_one_lying_page(point: str, paper: str, size: tuple[int, int]) -> None:
    content = display_sign(DisplaySign(point=point, paper=paper))  # type: ignore[arg-type]  # from the table above

    assert pdf_pages(content) == [f"{SIGN}{point}{ISSUER}"]
    assert pdf_sizes_mm(content) == [size]


def test_the_words_of_the_sign_can_be_read_from_afar() -> None:
    page = pdf_picture(display_sign(DisplaySign(point=POINT)), scale=1)
    per_mm = page.width / 297
    inner = page.crop((round(20 * per_mm), round(20 * per_mm), round(277 * per_mm), round(115 * per_mm)))
    words = inner.point(lambda value: 255 if value < 128 else 0).getbbox()

    assert words is not None
    assert (words[2] - words[0]) / per_mm > 225


@pytest.mark.parametrize("point", [POINT, LONG_POINT])
@pytest.mark.parametrize("until", [None, date(2026, 4, 30)])
def test_the_poster_is_one_page_with_plain_words(point: str, until: date | None) -> None:
    content = need_poster(NeedPoster(point=point, url=URL, until=until))

    last_day = "请在2026年4月30日以前告诉我们。" if until else ""
    assert pdf_pages(content) == [
        (
            f"{point}您想看什么书？想学什么？老师、学员都可以提，我们按需求申请配送。用手机扫一扫"
            "1.扫上面的二维码，不用注册。2.选您想要的书、光盘或其它资源。3.写下姓名和数量，点“提交”。4.看过、用过以后，再扫一扫，说说好不好。"
            f"{last_day}不会扫码？请到服务窗口，工作人员帮您填。{URL}"
        )
    ]
    assert pdf_sizes_mm(content) == [(210, 297)]


def note(count: int, code: str = "2026-1-0417", **changes: object) -> DeliveryNote:
    """Return the note of a shipment with so many titles."""
    lines = [
        DeliveryLine(lot=f"L{at}", title=f"太极拳入门{at}", kind=PrintedKind.DISC, quantity=at)
        for at in range(1, count + 1)
    ]
    values: dict[str, object] = {
        "code": code,
        "round_name": "2026年第一批",
        "supplier": "上海教育音像出版社",
        "point": POINT,
        "url": URL,
        "lines": lines,
        "dispatched_on": date(2026, 3, 5),
        "carrier": "顺丰 SF1",
    }
    return DeliveryNote(**(values | changes))  # type: ignore[arg-type]  # a test's short cut


HEAD = "上海终身教育资源配送签收单编号：{code}配送批次：2026年第一批发货单位：上海教育音像出版社"
COLUMNS = "序号批号资源名称资源类型应收数量完好破损缺少备注"
FOOT = (
    "请当面清点，在“完好、破损、缺少”栏填写数量，三项之和应等于应收数量；然后扫码登记。"
    "全部完好有破损有缺少签收人：（单位盖章）签收日期：年月日"
)


def test_a_delivery_note_names_what_is_due_and_leaves_room_for_what_arrived() -> None:
    (page,) = pdf_pages(delivery_note(note(2)))

    for part in (
        HEAD.format(code="2026-1-0417"),
        f"收货单位：{POINT}",
        "发货日期：2026年3月5日",
        "承运信息：顺丰SF1",
        "扫码登记签收",
        f"{COLUMNS}1L1太极拳入门1光盘12L2太极拳入门2光盘2合计（2种）3{FOOT}2026-1-0417—1—",
    ):
        assert part in page


def test_a_long_note_goes_on_with_its_titles_and_its_code_on_each_page() -> None:
    pages = pdf_pages(delivery_note(note(60)))

    assert len(pages) == 3
    assert all(page.startswith(COLUMNS) for page in pages[1:])
    assert [page[-14:] for page in pages] == [f"2026-1-0417—{at}—" for at in (1, 2, 3)]
    assert f"合计（60种）1830{FOOT}" in pages[2]


def test_many_notes_are_one_file_and_each_counts_its_own_pages() -> None:
    pages = pdf_pages(
        delivery_notes([note(1, "A-1"), note(40, "A-2"), note(1, "A-3", dispatched_on=None, carrier="")])
    )

    assert [page[-6:] for page in pages] == ["A-1—1—", "A-2—1—", "A-2—2—", "A-3—1—"]
    assert [
        HEAD.format(code=code) in page for code, page in zip(["A-1", "A-2", "", "A-3"], pages, strict=True)
    ] == [
        True,
        True,
        False,
        True,
    ]
    assert "发货日期：承运信息：" in pages[3]


@pytest.mark.parametrize("point", [POINT, LONG_POINT])
@pytest.mark.parametrize("handed_to", ["", "书画班"])
def test_the_sheet_of_an_online_title_is_one_page(point: str, handed_to: str) -> None:
    content = online_poster(
        OnlinePoster(point=point, title="水墨石库门", url=URL, until=date(2026, 4, 30), handed_to=handed_to)
    )
    whom = f"供{handed_to}使用。" if handed_to else ""
    assert pdf_pages(content) == [
        (
            f"{point}线上学习资源水墨石库门用手机扫一扫，就能打开"
            f"{whom}2026年4月30日以前有效，不用注册，也不记录姓名。{URL}"
        )
    ]
    assert pdf_sizes_mm(content) == [(210, 297)]
