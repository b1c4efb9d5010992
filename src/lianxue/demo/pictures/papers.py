"""A stamped paper as it comes back from the scanner: heading, unit, the code of its revision, a red seal. It is drawn."""

from io import BytesIO

from PIL import Image, ImageDraw

from lianxue.demo.pictures.typefaces import Typefaces
from lianxue.kernel.rendering import qr_png

SIZE = (1240, 877)  # A4 lying, 106 dots an inch
INK, RED, PAPER = (40, 40, 40), (200, 30, 30), (252, 251, 247)
MARGIN, SEAL = 70, 105
LINES = 14


def draw_stamped_paper(*, title: str, unit: str, code: str, faces: Typefaces) -> bytes:
    """Return a PNG picture of a stamped form; it says of itself that it is drawn."""
    page = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(page)
    width, height = SIZE
    pen.text((width / 2, MARGIN + 60), title, font=faces.title(34), fill=INK, anchor="mm")
    pen.text((MARGIN, MARGIN + 120), f"报送单位：{unit}（公章）", font=faces.line(22), fill=INK)
    top, bottom = MARGIN + 170, height - MARGIN - 40
    for number in range(LINES + 1):
        y = top + (bottom - top) * number // LINES
        pen.line((MARGIN, y, width - MARGIN, y), fill=INK)
    pen.text((MARGIN, height - MARGIN), "示范数据，由程序绘制", font=faces.line(18), fill=INK)
    seal = (width - 330, height - 330)
    pen.ellipse((seal[0] - SEAL, seal[1] - SEAL, seal[0] + SEAL, seal[1] + SEAL), outline=RED, width=6)
    pen.text(seal, "示例印章", font=faces.title(30), fill=RED, anchor="mm")
    with Image.open(BytesIO(qr_png(code, scale=4))) as picture:
        page.paste(picture.convert("RGB"), (width - MARGIN - picture.width, 20))
    target = BytesIO()
    page.save(target, "PNG", optimize=False, compress_level=1)
    return target.getvalue()
