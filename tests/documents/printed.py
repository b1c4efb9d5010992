"""What a reader finds in a printed document: its words, its tables, its pages."""

from io import BytesIO

import docx
import pypdfium2
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image


def pdf_pages(content: bytes) -> list[str]:
    """Return the text of each page without any white space: lines are broken where the column ends."""
    document = pypdfium2.PdfDocument(content)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append("".join(text.get_text_range().split()))
        text.close()
        page.close()
    document.close()
    return texts


def pdf_sizes_mm(content: bytes) -> list[tuple[int, int]]:
    """Return width and height of each page in millimetres."""
    document = pypdfium2.PdfDocument(content)
    sizes = [document.get_page_size(at) for at in range(len(document))]
    document.close()
    return [(round(width * 25.4 / 72), round(height * 25.4 / 72)) for width, height in sizes]


def pdf_picture(content: bytes, page: int = 0, scale: float = 2) -> Image.Image:
    """Return a page as it looks."""
    document = pypdfium2.PdfDocument(content)
    image = document[page].render(scale=scale).to_pil().convert("L")
    document.close()
    return image


def word_lines(content: bytes) -> list[str]:
    """Return the paragraphs outside tables that have words in them."""
    return [p.text for p in docx.Document(BytesIO(content)).paragraphs if p.text.strip()]


def word_table(content: bytes, at: int = 0) -> list[list[str]]:
    """Return the cells of a table; a title may be broken before its bracket, so line breaks do not count."""
    rows = docx.Document(BytesIO(content)).tables[at].rows
    return [[cell.text.replace("\n", "") for cell in row.cells] for row in rows]


def first_sheet(content: bytes) -> Worksheet:
    """Return the first sheet of a workbook."""
    return load_workbook(BytesIO(content)).worksheets[0]


def sheet_rows(content: bytes) -> list[list[object]]:
    """Return the values of the first sheet."""
    return [list(row) for row in first_sheet(content).values]
