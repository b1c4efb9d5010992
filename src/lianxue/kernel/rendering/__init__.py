"""Printed matter: PDF by Typst, Word and Excel documents in the manner of Chinese offices, QR codes."""

from lianxue.kernel.rendering.qr import qr_png, qr_svg
from lianxue.kernel.rendering.table_document import TableDocument
from lianxue.kernel.rendering.table_form import PrintColumn, PrintValue, printed, written_day
from lianxue.kernel.rendering.typesetting import pdf

__all__ = ["PrintColumn", "PrintValue", "TableDocument", "pdf", "printed", "qr_png", "qr_svg", "written_day"]
