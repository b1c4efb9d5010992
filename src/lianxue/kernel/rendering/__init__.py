"""Printed matter: PDF by Typst, Word and Excel documents in the manner of Chinese offices, QR codes."""

from lianxue.kernel.rendering.form_docx import form_docx
from lianxue.kernel.rendering.form_paper import FormCell, FormPaper, FormRow, Placed
from lianxue.kernel.rendering.form_pdf import form_pdf
from lianxue.kernel.rendering.form_xlsx import form_xlsx
from lianxue.kernel.rendering.qr import qr_png, qr_svg
from lianxue.kernel.rendering.table_document import TableDocument
from lianxue.kernel.rendering.table_form import PrintColumn, PrintValue, printed, written_day
from lianxue.kernel.rendering.titles import title_lines
from lianxue.kernel.rendering.typesetting import pdf

__all__ = [
    "FormCell",
    "FormPaper",
    "FormRow",
    "Placed",
    "PrintColumn",
    "PrintValue",
    "TableDocument",
    "form_docx",
    "form_pdf",
    "form_xlsx",
    "pdf",
    "printed",
    "qr_png",
    "qr_svg",
    "title_lines",
    "written_day",
]
