"""Draw every published form beside what the platform prints: ``python tools/form_pictures.py DIRECTORY``.

Of each form: the published table as it was written off (tests/documents/published.py), the empty form and one filled in at
real length as PDF, page by page, as PNG; and both as the .docx and .xlsx files themselves, to be opened in an office
program. Letters, certificates and a dossier are drawn too. Nothing of this belongs into the repository.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SCALE = 1.6  # of 72 dots to the inch


def pages(content: bytes) -> "list[Image.Image]":
    """Return every page of a PDF as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    drawn = [page.render(scale=SCALE).to_pil() for page in document]
    document.close()
    return drawn


def beside(pictures: "list[Image.Image]") -> "Image.Image":
    """Return pictures side by side on one sheet."""
    from PIL import Image

    gap = 16
    sheet = Image.new(
        "RGB", (sum(one.width + gap for one in pictures), max(one.height for one in pictures)), "#667"
    )
    at = 0
    for one in pictures:
        sheet.paste(one, (at, 0))
        at += one.width + gap
    return sheet


def papers() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield a name and its files by ending; "published" comes first where there is a published form."""
    from tests.documents import filled_in, published

    from lianxue.documents.public import certificates_pdf, letter_docx, letter_pdf
    from lianxue.kernel.rendering import FormPaper, form_docx, form_pdf, form_xlsx

    for name, table in published.FORMS.items():
        yield f"{name}-published", {"pdf": form_pdf(table)}
        for kind, paper in (("empty", filled_in.empty(name)), ("filled", filled_in.filled(name))):
            if isinstance(paper, FormPaper):
                files = {"pdf": form_pdf(paper), "docx": form_docx(paper), "xlsx": form_xlsx(paper)}
            else:
                files = {"pdf": paper.to_pdf(), "docx": paper.to_docx(), "xlsx": paper.to_xlsx()}
            yield f"{name}-{kind}", files
    for name, letter in filled_in.letters().items():
        yield f"letter-{name}", {"pdf": letter_pdf(letter), "docx": letter_docx(letter)}
    yield "certificates", {"pdf": certificates_pdf(filled_in.certificates())}


def draw(target: Path) -> None:
    """Write all files, and all pages of each form side by side."""
    target.mkdir(parents=True, exist_ok=True)
    together: dict[str, list[Image.Image]] = {}
    for name, files in papers():
        for ending, content in files.items():
            (target / f"{name}.{ending}").write_bytes(content)
        drawn = pages(files["pdf"])
        beside(drawn).save(target / f"{name}.png")
        form, _dash, kind = name.rpartition("-")
        if kind in ("published", "empty", "filled"):
            together.setdefault(form, []).extend(drawn[:1] if kind != "filled" else drawn)
    for form, drawn in together.items():
        beside(drawn).save(target / f"{form}.png")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxue.platform.settings")
    os.environ.setdefault("LIANXUE_TESTING", "1")
    sys.path.insert(0, str(ROOT))
    import django
    from django.utils import translation

    django.setup()
    with translation.override("zh-hans"):
        draw(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
