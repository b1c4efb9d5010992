"""A table form together with the three ways to print it."""

from dataclasses import dataclass

from lianxue.kernel.rendering.table_docx import table_docx
from lianxue.kernel.rendering.table_form import TableForm
from lianxue.kernel.rendering.table_pdf import table_pdf
from lianxue.kernel.rendering.table_xlsx import table_xlsx


@dataclass(frozen=True, kw_only=True)
class TableDocument(TableForm):
    """A form that is one table; see TableForm for its parts."""

    def to_pdf(self) -> bytes:
        """Return the form as PDF."""
        return table_pdf(self)

    def to_docx(self) -> bytes:
        """Return the form as a Word document, in the typefaces of Chinese offices."""
        return table_docx(self)

    def to_xlsx(self) -> bytes:
        """Return the form as a workbook, ready to print."""
        return table_xlsx(self)
