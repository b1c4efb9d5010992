"""What stands on the certificate of an award: the words of its definition, or those that are usual for its kind."""

from lianxue.documents.public import Certificate
from lianxue.kernel import clock
from lianxue.programmes.enums import AwardKind
from lianxue.programmes.models import Award
from lianxue.programmes.models.definition import CertificateText, Words, filled
from lianxue.programmes.queries.wording import words_of

USUAL = {
    AwardKind.STATUS: CertificateText(
        title="证书", words="经评估审定，确认为{year}年度", closing="特此证明。"
    ),
    AwardKind.AWARD: CertificateText(
        title="荣誉证书", words="在{year}年度工作中成绩突出，被评为", closing="特颁此证，以资鼓励。"
    ),
}


def certificate_of(award: Award, *, url: str) -> Certificate:
    """Return the certificate of an award; ``url`` is the public page that proves it."""
    own, usual = _own_text(award), USUAL[AwardKind(award.kind)]
    words = _words(award)
    return Certificate(
        holder=award.holder,
        words=filled(own.words or usual.words, words),
        award=award.title,
        office=award.office.name,
        number=award.number,
        issued_on=clock.local_date(award.issued_at),
        url=url,
        title=filled(own.title or usual.title, words),
        closing=filled(own.closing or usual.closing, words),
        valid_until=award.valid_until,
    )


def _own_text(award: Award) -> CertificateText:
    """Return the words that the definition of its call has for an award, as far as it has any."""
    if award.call is None:
        return CertificateText()
    made = {one.key: one for stage in award.call.definition.stages for one in stage.products}
    product = made.get(award.key)
    return product.certificate if product and product.certificate else CertificateText()


def _words(award: Award) -> Words:
    words = {"year": str(award.year), "years": str(award.year), "unit": award.organisation.name, "call": ""}
    if award.call is not None and award.filing is not None:
        words |= words_of(award.call, award.filing.stage)
        words["call"] = award.call.title
    return words
