"""The certificate of a yearly selection, lying, with its number and the QR code that leads to its public proof."""

from collections.abc import Iterable

from lianxue.documents.models import SelectionCertificate
from lianxue.documents.operations.templates import template
from lianxue.kernel.rendering import pdf, qr_svg, written_day

TITLE = "荣誉证书"
SUBJECT = "上海终身教育资源配送工作"


def selection_certificates(certificates: Iterable[SelectionCertificate]) -> bytes:
    """Return the certificates as one PDF, each on a page of its own."""
    return pdf(
        template("certificate.typ"),
        {"title": TITLE, "certificates": [_values(certificate) for certificate in certificates]},
    )


def _values(certificate: SelectionCertificate) -> dict[str, object]:
    return {
        "holder": certificate.holder,
        "words": f"在{certificate.year}年度{SUBJECT}中成绩突出，被评为",
        "award": certificate.award,
        "office": certificate.office,
        "number": certificate.number,
        "day": written_day(certificate.issued_on),
        "url": certificate.url,
        "qr": qr_svg(certificate.url, border=1),
    }
