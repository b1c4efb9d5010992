"""Codes on stamped scans: printed, sealed, scanned in every way that happens, and read again."""

import math
import random
from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from django.utils import translation
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter
from tests.documents.sample_forms import Annex, Filing, annex_1, filing_paper

from lianxue.kernel.errors import Invalid
from lianxue.kernel.files import ScanCode, read_codes
from lianxue.kernel.rendering import form_pdf

CODE = "https://lianxue.example.cn/f/S2-2013-0007-2-K7QXWZ4M"
RED = (200, 30, 40)


def pages_of(content: bytes, scale: float = 200 / 72) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(content)
    pictures = []
    for page in document:
        pictures.append(page.render(scale=scale).to_pil().convert("RGB"))
        page.close()
    document.close()
    return pictures


@pytest.fixture(scope="module")
def printed() -> bytes:
    return form_pdf(filing_paper(Filing(), qr_text=CODE))


@pytest.fixture(scope="module")
def paper(printed: bytes) -> Image.Image:
    return pages_of(printed)[0]


def as_pdf(*pictures: Image.Image) -> bytes:
    target = BytesIO()
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return target.getvalue()


def as_jpeg(picture: Image.Image, quality: int = 60) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()


def sealed(picture: Image.Image) -> Image.Image:
    """Put a round seal of 42 mm over a good part of the code at the upper right."""
    ink = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(ink)
    x, y, radius = round(picture.width * 0.835), round(picture.height * 0.085), round(picture.width * 0.1)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=9)
    points = [
        (
            x + radius / 3 * (1 if at % 2 == 0 else 0.4) * math.sin(math.pi * at / 5),
            y - radius / 3 * (1 if at % 2 == 0 else 0.4) * math.cos(math.pi * at / 5),
        )
        for at in range(10)
    ]
    pen.polygon(points, fill=RED)
    return ImageChops.multiply(picture, ink)  # print shows through the ink


def noisy(picture: Image.Image) -> Image.Image:
    chance = random.Random(5)  # noqa: S311  # a fixed picture, no secret
    speckled = picture.convert("L")
    dots = speckled.load()
    assert dots is not None
    for _dot in range(speckled.width * speckled.height // 60):
        dots[chance.randrange(speckled.width), chance.randrange(speckled.height)] = chance.choice((0, 255))
    return speckled.filter(ImageFilter.GaussianBlur(0.8))


WAYS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda page: page,
    "a quarter turned": lambda page: page.rotate(90, expand=True),
    "upside down": lambda page: page.rotate(180),
    "laid askew": lambda page: page.rotate(
        2.5, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255)
    ),
    "grey and pale": lambda page: ImageEnhance.Contrast(page.convert("L")).enhance(0.35),
    "noisy": noisy,
    "sealed": sealed,
    "sealed and askew": lambda page: sealed(page).rotate(
        -2.5, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255)
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_code_is_read_however_the_paper_was_scanned(way: str, paper: Image.Image) -> None:
    assert read_codes(as_pdf(WAYS[way](paper))).codes == (ScanCode(1, CODE),)


def test_a_photograph_will_do(paper: Image.Image) -> None:
    assert read_codes(as_jpeg(sealed(paper).rotate(12, expand=True))).texts == (CODE,)


def test_every_page_says_which_codes_it_has(printed: bytes) -> None:
    first, second = pages_of(printed)
    other = pages_of(form_pdf(annex_1(Annex(), qr_text="another")))[0]
    reading = read_codes(as_pdf(first, Image.new("RGB", (800, 1100), "white"), other, second))
    assert reading.pages == 4
    assert reading.codes == (ScanCode(1, CODE), ScanCode(3, "another"), ScanCode(4, CODE))
    assert reading.texts == (CODE, "another")
    assert reading.unread == ()


def test_a_page_without_a_code_has_none() -> None:
    assert read_codes(form_pdf(filing_paper(Filing()))).codes == ()


def locked(content: bytes) -> bytes:
    """Return a PDF that says of itself that it is encrypted, with a key that nobody has."""
    cut = content.rindex(b"trailer") if b"trailer" in content else -1
    if cut < 0:
        pytest.fail("this writer has no trailer")
    entry = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> /P -4 >> "
        b"/ID [<" + b"33" * 16 + b"><" + b"33" * 16 + b">] "
    )
    at = content.index(b"<<", cut) + 2
    return content[:at] + entry + content[at:]


def test_what_cannot_be_read_says_what_to_do(paper: Image.Image) -> None:
    small = as_pdf(paper.resize((200, 280)))
    for content, words in (
        (locked(small), "password"),
        (b"%PDF-1.7 nothing of the kind %%EOF", "scan the paper again"),
        (small[: len(small) // 3], "scan the paper again"),
        (as_jpeg(paper)[:900], "scan the paper again"),
        (b"MZ\x90\x00 a program", "PDF file or as a picture"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "HEIC"),
        (as_pdf(*[Image.new("L", (40, 40), "white")] * 61), "60 pages"),
        (as_pdf(Image.new("1", (9000, 9000), 1)), "300 dpi"),
        (b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    ):
        with translation.override("en"), pytest.raises(Invalid, match=words):
            read_codes(content)
