"""Binds papers into one PDF, in a process of its own: ``python -I bind_process.py``, parts in, one document out.

Standard input: one line of JSON (``parts``: ``kind`` own, pdf, picture, or look: a PDF that is opened and not bound; and
``size``; ``most_pages``; ``numbered``), then the parts, one after the other. Standard output: one line of JSON (what became of each part), then the document.
What people sent in is drawn onto new pages, without its links, forms, scripts and attachments; see ``scan_process`` for
why this is a process of its own. Nothing here knows Django or the rest of Lianxue.
"""

import ctypes
import json
import resource
import sys
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

MEMORY_BYTES = 3 * 1024**3
SECONDS = 60
MOST_PIXELS = 60_000_000
PICTURE_PIXELS = (2000, 2000)
PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")
A4 = (595.28, 841.89)
MARGIN = 30.0  # points, for the number of the page
NUMBER_SIZE = 8.0


class Refused(Exception):
    """A part cannot be bound; ``str()`` is the reason in one word."""


def bind(head: dict[str, Any], stream: Any) -> tuple[list[dict[str, Any]], bytes]:
    """Return what became of each part, and the document."""
    bound = pypdfium2.PdfDocument.new()
    outcomes: list[dict[str, Any]] = []
    for part in head["parts"]:
        content = stream.read(int(part["size"]))
        before = len(bound)
        try:
            _add(bound, part["kind"], content, int(head["most_pages"]) - before)
            outcomes.append({"first": before + 1, "pages": len(bound) - before})
        except Refused as refused:
            outcomes.append({"refused": str(refused)})
    if head["numbered"]:
        _number(bound)
    target = BytesIO()
    if len(bound):
        bound.save(target)
    return outcomes, target.getvalue()


def _add(bound: pypdfium2.PdfDocument, kind: str, content: bytes, room: int) -> None:
    if kind == "picture":
        content = _as_pdf(content)
    try:
        source = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise Refused("password" if "assword" in str(fault) else "broken") from fault
    if not len(source):
        raise Refused("broken")
    if kind == "look":
        return
    if len(source) > room:
        raise Refused("pages")
    if kind == "own":
        bound.import_pages(source)
        return
    before = len(bound)
    try:
        for at in range(len(source)):
            _draw(bound, source, at)
    except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError) as fault:
        for at in reversed(range(before, len(bound))):
            bound.del_page(at)
        raise Refused("broken") from fault


def _draw(bound: pypdfium2.PdfDocument, source: pypdfium2.PdfDocument, at: int) -> None:
    """Draw a page onto a sheet of A4, upright or lying as it was, with room above for the number."""
    page = source[at]
    shown = page.get_size()  # as it is turned; what is drawn from it is turned already
    matrix = pypdfium2.PdfMatrix()
    sheet = A4 if shown[0] <= shown[1] else (A4[1], A4[0])
    scale = min((sheet[0] - 2 * MARGIN) / shown[0], (sheet[1] - 2 * MARGIN) / shown[1])
    drawn = source.page_as_xobject(at, bound).as_pageobject()
    room = ((sheet[0] - shown[0] * scale) / 2, (sheet[1] - shown[1] * scale) / 2)
    drawn.set_matrix(matrix.scale(scale, scale).translate(*room))
    new = bound.new_page(*sheet)
    new.insert_obj(drawn)
    new.gen_content()
    new.close()
    page.close()


def _as_pdf(content: bytes) -> bytes:
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
    picture.thumbnail(PICTURE_PIXELS)
    target = BytesIO()
    picture.save(target, "PDF", resolution=150)
    return target.getvalue()


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Refused("pixels")


def _number(bound: pypdfium2.PdfDocument) -> None:
    whole = len(bound)
    for at in range(whole):
        page = bound[at]
        words = pdfium.FPDFPageObj_NewTextObj(bound, b"Helvetica", NUMBER_SIZE)
        text = f"{at + 1} / {whole}"
        encoded = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
        pdfium.FPDFText_SetText(words, ctypes.cast(encoded, pdfium.FPDF_WIDESTRING))
        width, height = page.get_size()
        pdfium.FPDFPageObj_Transform(
            words, 1, 0, 0, 1, width - MARGIN - len(text) * NUMBER_SIZE / 2, height - MARGIN + NUMBER_SIZE
        )
        pdfium.FPDFPage_InsertObject(page, words)
        page.gen_content()
        page.close()


def main() -> None:
    """Read standard input; answer on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    head = json.loads(sys.stdin.buffer.readline())
    outcomes, document = bind(head, sys.stdin.buffer)
    sys.stdout.buffer.write(json.dumps(outcomes).encode() + b"\n" + document)


if __name__ == "__main__":
    main()
