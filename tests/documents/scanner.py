"""A scanner and a telephone's camera as they are in offices: pages come back turned, grey, stamped, pressed hard."""

import math
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

DPI, QUALITY, TURNED = 150, 60, 2.0
RED = (200, 24, 30)
GREY = (206, 203, 198)  # of paper under a bad lamp


def stamped(page: Image.Image, at: tuple[float, float], *, wide_mm: float = 42) -> Image.Image:
    """Return the page with a round red stamp around ``at`` (in shares of width and height); print shows through its ink."""
    ink = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(ink)
    x, y = page.width * at[0], page.height * at[1]
    radius = wide_mm / 2 / (210 if page.height > page.width else 297) * page.width
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=max(int(radius / 14), 2))
    star = [
        (
            x + radius / 3 * (1 if at % 2 == 0 else 0.4) * math.sin(math.pi * at / 5),
            y - radius / 3 * (1 if at % 2 == 0 else 0.4) * math.cos(math.pi * at / 5),
        )
        for at in range(10)
    ]
    pen.polygon(star, fill=RED)
    for number in range(9):  # strokes where the words of a stamp stand
        left = x - radius * 0.7 + number * radius * 0.16
        pen.line((left, y + radius * 0.5, left + radius * 0.08, y + radius * 0.75), fill=RED, width=6)
        pen.line((left, y + radius * 0.6, left + radius * 0.12, y + radius * 0.55), fill=RED, width=6)
    return ImageChops.multiply(page, ink.filter(ImageFilter.GaussianBlur(1.2)))


def scanned(page: Image.Image, *, turned: float = TURNED, dpi: int = DPI) -> Image.Image:
    """Return the page as a cheap scanner at ``dpi`` gives it: turned, on grey paper, with little contrast."""
    grey = Image.new("RGB", page.size, GREY)
    mixed = Image.blend(
        Image.composite(page, grey, page.convert("L").point(lambda v: 255 if v < 190 else 90)), grey, 0.18
    )
    small = mixed.resize(
        (round(8.27 * dpi), round(11.69 * dpi))
        if page.height > page.width
        else (round(11.69 * dpi), round(8.27 * dpi))
    )
    return small.rotate(turned, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=GREY)


def photographed(page: Image.Image) -> Image.Image:
    """Return the page as a photograph from aslant: narrower at the top, a little out of focus, darker to one side."""
    flat = scanned(page, turned=-1.5, dpi=190)
    width, height = flat.size
    corners = (
        -0.03,
        -0.03,
        -0.02,
        1.02,
        1.03,
        1.02,
        1.02,
        -0.03,
    )  # upper left, lower left, lower right, upper right
    taken = flat.transform(
        (round(width * 0.9), round(height * 0.9)),
        Image.Transform.QUAD,
        tuple(share * (width, height)[at % 2] for at, share in enumerate(corners)),
        resample=Image.Resampling.BICUBIC,
        fillcolor=(90, 84, 80),
    )
    shade = Image.linear_gradient("L").rotate(90).resize(taken.size).point(lambda v: 150 + v * 105 // 255)
    dark = ImageEnhance.Brightness(taken).enhance(0.6)
    return Image.composite(taken, dark, shade).filter(ImageFilter.GaussianBlur(0.7))


def drawn(content: bytes) -> list[Image.Image]:
    """Return the pages of a PDF as they come out of a printer, at 220 dpi."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.render(scale=220 / 72).to_pil().convert("RGB") for page in document]
    document.close()
    return pages


def as_pdf(pages: list[Image.Image]) -> bytes:
    """Return pictures as the PDF that a scanner makes: one JPEG a page."""
    target = BytesIO()
    pressed = [Image.open(BytesIO(as_jpeg(page))) for page in pages]
    pressed[0].save(target, "PDF", save_all=True, append_images=pressed[1:], resolution=DPI, quality=QUALITY)
    return target.getvalue()


def as_jpeg(page: Image.Image) -> bytes:
    """Return a picture as a JPEG of little quality."""
    target = BytesIO()
    page.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()
