"""Certificates, lying, each with its number and the QR code that leads to its public proof."""

from collections.abc import Iterable

from lianxue.documents.models import Certificate, SelectionCertificate
from lianxue.documents.operations.templates import template
from lianxue.kernel.rendering import pdf, qr_svg, written_day

TITLE = "荣誉证书"
SUBJECT = "上海终身教育资源配送工作"


def certificates_pdf(certificates: Iterable[Certificate]) -> bytes:
    """Return the certificates as one PDF, each on a page of its own."""
    papers = list(certificates)
    title = papers[0].title if papers else TITLE
    return pdf(
        template("certificate.typ"), {"title": title, "certificates": [_values(paper) for paper in papers]}
    )


def selection_certificates(certificates: Iterable[SelectionCertificate]) -> bytes:
    """Return the certificates of yearly selections as one PDF."""
    return certificates_pdf(
        Certificate(
            holder=one.holder,
            words=f"在{one.year}年度{SUBJECT}中成绩突出，被评为",
            award=one.award,
            office=one.office,
            number=one.number,
            issued_on=one.issued_on,
            url=one.url,
        )
        for one in certificates
    )


def _values(certificate: Certificate) -> dict[str, object]:
    until = certificate.valid_until
    return {
        "title": certificate.title,
        "holder": certificate.holder,
        "words": certificate.words,
        "award": certificate.award,
        "closing": certificate.closing,
        "office": certificate.office,
        "number": certificate.number,
        "day": written_day(certificate.issued_on),
        "until": f"有效期至{written_day(until)}" if until else "",
        "url": certificate.url,
        "qr": qr_svg(certificate.url, border=1),
    }
