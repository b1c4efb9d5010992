"""On a phone beside the parcel: a real camera picture of a receipt slip is read; what is wrong is counted by thumb."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.browser import Visit, axe_faults, too_wide
from tests.factories.distribution_stock import dispatched_round
from tests.factories.orgs import small_network
from tests.journeys.acts import press
from tests.journeys.cast import entered

from lianxue.distribution.models import ReceiptLine
from lianxue.kernel import clock
from lianxue.kernel.rendering import qr_png

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAME = (640, 480)
PAGE = "/shipments/find/"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Return where the film lies that Chromium shows as if a camera saw it."""
    return tmp_path / "camera.mjpeg"


@pytest.fixture
def browser_arguments(film: Path) -> list[str]:
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]


def shoot(film: Path, text: str | None) -> None:
    """Film a receipt slip with the QR code of ``text`` that lies a little askew on a table; None: the bare table."""
    frame = Image.new("RGB", FRAME, (186, 170, 150))
    if text is not None:
        code = Image.open(BytesIO(qr_png(text, scale=6))).convert("RGB")
        slip = code.rotate(7, expand=True, fillcolor=(186, 170, 150)).resize((330, 330))
        frame.paste(slip, (150, 70))
    content = BytesIO()
    frame.save(content, "JPEG", quality=85)
    film.write_bytes(content.getvalue() * 10)


def test_the_camera_reads_the_slip_and_the_count_is_written_down(visit: Visit, film: Path) -> None:
    sent = dispatched_round(small_network(), {"智能手机入门": 6, "书法入门": 2}, at=clock.now())
    shipment = sent.shipments[0]
    shoot(film, f"https://lianxue.example/r/{shipment.token}/")
    phone = entered(visit, sent.desk, PAGE, width=360, permissions=["camera"])
    assert (axe_faults(phone), too_wide(phone)) == ([], [])
    press(phone, "用摄像头扫码")
    expect(phone.get_by_role("heading", level=1, name="核对到货")).to_be_visible()
    assert phone.url.endswith(f"/shipments/{shipment.pk}/receive/")
    assert (axe_faults(phone), too_wide(phone)) == ([], [])
    line = phone.get_by_role("row").filter(has_text="智能手机入门")
    for _ in range(2):
        line.get_by_role("button", name="破损").last.click()
    press(phone, "登记签收")
    expect(phone.get_by_role("status").filter(has_text="签收已登记")).to_be_visible()
    counts = ReceiptLine.objects.order_by("lot__title_id").values_list("good", "damaged", "missing")
    assert list(counts) == [(4, 2, 0), (2, 0, 0)]


def test_closing_the_camera_leaves_the_box_to_type_in(visit: Visit, film: Path) -> None:
    sent = dispatched_round(small_network(), {"智能手机入门": 6}, at=clock.now())
    shoot(film, None)  # a code, whatever it says, would be read and open the next page
    phone = entered(visit, sent.desk, PAGE, width=360, permissions=["camera"])
    press(phone, "用摄像头扫码")
    expect(phone.get_by_text("请将摄像头对准二维码。")).to_be_visible()
    press(phone, "关闭摄像头")
    box = phone.get_by_label("包裹编号")
    expect(box).to_be_focused()
    box.fill(sent.shipments[0].code)
    press(phone, "查找包裹")
    expect(phone.get_by_role("heading", level=1, name="核对到货")).to_be_visible()
