"""Documents that people send in: PDF, Word and Excel, recognised by content and never by their name."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.files.binding import why_closed
from lianxue.kernel.office_package import ZIP_MAGIC, OfficeKind, check_not_ole, check_office_package

PDF = "application/pdf"
REFUSALS: dict[str, Text] = {
    "password": gettext_lazy(
        "The PDF file is protected by a password. Please save it without a password and send it again."
    ),
    "broken": gettext_lazy(
        "The PDF file is damaged and cannot be opened. Please save it again and send the new copy."
    ),
}
OFFICE_TYPES: dict[OfficeKind, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PDF_END_WITHIN = 2048


def recognise_document(content: bytes) -> tuple[str, str]:
    """Return media type and file ending of a document. Raises Invalid with what to send instead."""
    check_not_ole(content)
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-PDF_END_WITHIN:]:
            raise Invalid(_("The PDF file is not complete. Please save it again and send the new copy."))
        _check_opens(content)
        return PDF, "pdf"
    if content.startswith(ZIP_MAGIC):
        kind = check_office_package(content)
        if media_type := OFFICE_TYPES.get(kind):
            return media_type, kind
    raise Invalid(_("Please send a PDF, Word (.docx) or Excel (.xlsx) file."))


def _check_opens(content: bytes) -> None:
    """Refuse a PDF that nobody else could open: whoever sent it would hear of that long after."""
    if reason := why_closed(content):
        raise Invalid(REFUSALS.get(reason, REFUSALS["broken"]))
