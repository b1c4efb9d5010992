"""From the supplier's packing table to the display corner (S0-42, S0-43)."""

from playwright.sync_api import Page, expect
from tests.journeys.acts import follow, follow_waiting, go, picture, press, printed, told

CARRIER = "申通 776012"
CORNER = "二楼阅览室东侧书架"


def send(supplier: Page, point_name: str) -> str:
    """The supplier prints the receipt slip and marks the parcel as dispatched; return the shipment's number."""
    follow_waiting(supplier, "待配货发出的配送单")
    shipment = supplier.get_by_role("row").filter(has_text=point_name)
    code = shipment.get_by_role("rowheader").inner_text().strip()
    follow(shipment, code)
    assert printed(supplier, "打印签收单").startswith(b"%PDF-")
    supplier.get_by_label("承运方与运单号").fill(CARRIER)
    press(supplier, "确认发出")
    told(supplier, f"配送单 {code} 已发出。")
    return code


def receive(desk: Page, *, due: int, damaged: int) -> None:
    """The volunteer, who has just scanned the slip, counts and writes down what came."""
    expect(desk.get_by_role("heading", level=1, name="核对到货")).to_be_visible()
    expect(desk.get_by_text(f"应收：1种，共{due}份。")).to_be_visible()
    desk.get_by_role("spinbutton", name="：破损").fill(str(damaged))
    desk.get_by_label("备注").fill("外箱受潮")
    press(desk, "登记签收")
    told(desk, "签收已登记，已请供应单位答复；区社区学院和市学指办也能看到。")


def photograph(desk: Page) -> None:
    """The volunteer says where the corner is, since nobody has yet, and sends the photograph in."""
    follow(desk, "给展示区拍照")
    desk.get_by_label("所在位置").fill(CORNER)
    press(desk, "保存")
    desk.get_by_label("照片").set_input_files(picture("展示区.jpg"))
    desk.get_by_label("备注").fill("新书上架")
    press(desk, "上传照片")
    told(desk, "照片已上传，区社区学院可以看到。")
    expect(desk.get_by_role("img", name="新书上架")).to_be_visible()
    expect(desk.get_by_text("还缺照片")).to_have_count(0)


def see_photograph(college: Page, point_name: str) -> None:
    """The college looks at the photograph, and sees which copies came damaged."""
    go(college, "照片")
    expect(college.get_by_text("还缺照片")).to_have_count(0)
    photograph = college.get_by_role("img", name=f"{point_name} · 新书上架")
    expect(photograph).to_be_visible()
    assert photograph.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0


def see_damage(supplier: Page, code: str) -> None:
    """The supplier learns that a copy came damaged."""
    go(supplier, "配送单")
    follow(supplier, code)
    expect(
        supplier.get_by_text("破损1份，缺少0份，多出0份。区社区学院、市学指办和供应单位都能看到。")
    ).to_be_visible()
    expect(supplier.get_by_text("外箱受潮").first).to_be_visible()
