"""What every call has in common: an office opens it; a unit hands in, stamps and scans; desks give opinions."""

import re
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect
from tests.documents import scanner
from tests.journeys.acts import confirm, follow, follow_waiting, go, press, taken, told

Fill = Callable[[Page], None]


def open_call(office: Page, programme: str, days: Fill, particulars: Fill | None = None) -> None:
    """The office chooses a programme, gives what is asked on the two pages, and opens the call to all units."""
    go(office, "申报与备案")
    office.get_by_role("link", name="发起申报工作").first.click()
    office.get_by_role("radio", name=re.compile(f"^{re.escape(programme)}")).check()
    if particulars:
        particulars(office)
    press(office, "下一步：设置时间")
    days(office)
    press(office, "保存")
    told(office, "已保存。")
    confirm(office, "启动申报")
    told(office, "申报工作已启动，各单位均已收到通知。")


def hand_in(unit: Page) -> None:
    """The unit checks that everything is there, and hands in."""
    press(unit, "核对并报送")
    expect(unit.get_by_role("heading", name="全部填写完毕")).to_be_visible()
    confirm(unit, "报送")
    told(unit, "已报送。")


def send_stamped(unit: Page, *, seal: tuple[float, float], as_file: str) -> None:
    """The unit downloads what it handed in, prints, stamps and scans it, and sends the scan; its code tells what it is."""
    follow(unit, "打印、盖章、扫描、上传")
    kept_as, paper = taken(unit, "PDF（打印）")
    assert kept_as.endswith(".pdf")
    unit.get_by_label("盖章的表（PDF 或照片）").set_input_files(_scanned(paper, seal, as_file))
    press(unit, "上传盖章扫描件")
    told(unit, "扫描件与这份表相符，已经收到。")


def _scanned(paper: bytes, seal: tuple[float, float], name: str) -> FilePayload:
    """Stamp the first page and scan all: as a PDF file of all pages, or as a photograph of the first."""
    first, *others = scanner.drawn(paper)
    first = scanner.stamped(first, seal)
    if name.endswith(".pdf"):
        pages = [scanner.scanned(page) for page in (first, *others)]
        return {"name": name, "mimeType": "application/pdf", "buffer": scanner.as_pdf(pages)}
    return {"name": name, "mimeType": "image/jpeg", "buffer": scanner.as_jpeg(scanner.photographed(first))}


def open_waiting(desk: Page, unit: str) -> None:
    """Whoever sits at the desk opens what waits there."""
    follow_waiting(desk, "对报送材料出具意见")
    follow(desk, unit)


def give(desk: Page, unit: str, decision: str, comment: str) -> None:
    """Choose what is decided, and say why; nothing is chosen beforehand, so that nobody agrees by a careless press."""
    expect(desk.get_by_role("radio", checked=True)).to_have_count(0)
    desk.get_by_role("radio", name=re.compile(f"^{re.escape(decision)}")).check()
    desk.get_by_role("textbox", name="意见").fill(comment)
    press(desk, "出具意见")
    told(desk, f"已记录对{unit}的意见。")


def decide(desk: Page, unit: str, decision: str, comment: str) -> None:
    """Open what waits at the desk and give an opinion on it."""
    open_waiting(desk, unit)
    give(desk, unit, decision, comment)
