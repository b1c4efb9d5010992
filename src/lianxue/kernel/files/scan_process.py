"""Reads the codes of one scan, in a process of its own: ``python -I scan_process.py < scan``, an answer in JSON.

Decoders of pages and pictures are native code that meets files from anywhere. Here they have a bounded memory and a
bounded time, and when one of them breaks, only this process ends. Nothing here knows Django or the rest of Lianxue.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

MEMORY_BYTES = 3 * 1024**3
SECONDS = 40
MOST_PAGES = 60
MOST_PIXELS = 60_000_000  # of one picture, also of one in a page
PAGE_PIXELS = 14_000_000  # of a page as it is drawn here: A4 at 400 dpi is 15 million
MOST_OBJECTS = 5_000  # of a page; a scan has one
PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")
ENLARGEMENTS = (2.5, 4.2)  # 180 and 300 dpi
FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class Refused(Exception):
    """The scan cannot be read; ``str()`` is the reason in one word."""


def read(content: bytes) -> dict[str, Any]:
    """Return pages and codes; pages that time did not suffice for are ``unread``."""
    until = time.monotonic() + SECONDS * 0.8
    codes: list[dict[str, Any]] = []
    unread: list[int] = []
    if not content.startswith(b"%PDF-"):
        picture = _picture(content)
        codes = [{"page": 1, "text": text} for text in _codes(_views(picture), until)]
        return {"pages": 1, "codes": codes, "unread": []}
    document = _document(content)
    pages = len(document)
    if pages > MOST_PAGES:
        raise Refused("pages")
    for at in range(pages):
        if time.monotonic() > until:
            unread.append(at + 1)
            continue
        page = document[at]
        _check_objects(page)
        codes += [{"page": at + 1, "text": text} for text in _codes(_drawn(page), until)]
        page.close()
    document.close()
    return {"pages": pages, "codes": codes, "unread": unread}


def _document(content: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise Refused("password" if "assword" in str(fault) else "broken") from fault
    if not len(document):
        raise Refused("broken")
    return document


def _check_objects(page: pypdfium2.PdfPage) -> None:
    """Look at the pictures of a page before any is unfolded."""
    for number, one in enumerate(page.get_objects(max_depth=4)):
        if number >= MOST_OBJECTS:
            return
        if isinstance(one, pypdfium2.PdfImage):
            _check_size(*one.get_px_size())


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Refused("pixels")


def _drawn(page: pypdfium2.PdfPage) -> Iterator[Image.Image]:
    """Yield the page as it looks, larger each time; red ink (the seal) is left out first."""
    width, height = page.get_size()
    most = (PAGE_PIXELS / max(width * height, 1)) ** 0.5
    for enlargement in ENLARGEMENTS:
        picture = page.render(scale=min(enlargement, most), may_draw_forms=False).to_pil().convert("RGB")
        yield from _views(picture)


def _picture(content: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(content), formats=PICTURES) as opened:
            _check_size(*opened.size)
            opened.load()
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("pixels") from bomb
    except Exception as broken:  # decoders have no common error
        raise Refused("broken") from broken
    picture.thumbnail((5000, 5000))
    return picture


def _views(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield a picture in the ways in which a code may be read: a red seal over it is pale in the red of the picture."""
    red, grey = picture.getchannel("R"), picture.convert("L")
    yield red
    yield red.filter(ImageFilter.MedianFilter(3))
    yield grey


def _codes(views: Iterator[Image.Image], until: float) -> list[str]:
    """Return what the codes say, each once, from the first view in which there are any."""
    for view in views:
        found = zxingcpp.read_barcodes(view, formats=FORMATS)
        texts = [one.text for one in found if one.valid and one.text]
        if texts:
            return list(dict.fromkeys(texts))
        if time.monotonic() > until:
            break
    return []


def main() -> None:
    """Read standard input; answer on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        answer = read(sys.stdin.buffer.read())
    except Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": "pixels"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
