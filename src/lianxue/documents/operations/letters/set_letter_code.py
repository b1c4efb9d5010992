"""The words under which an organisation numbers its letters, and where the numbers of this year begin."""

import re
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.documents.errors import BadLetterCode, LetterCodeTaken
from lianxue.documents.models.letter import Letter, LetterCode, LetterSeries
from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

WORDS = re.compile(r"[\u3400-\u9fff]{1,12}")
MOST = 99_999


@operation("documents.set_letter_code", label=_("Set the letter code"))
def set_letter_code(
    *, actor: Actor, at: datetime, words: str, used_until: int = 0, request_key: str | None = None
) -> LetterCode:
    """Set the own code (机关代字). ``used_until`` is the last number that was used this year outside of the platform.

    Raise ``NotAllowed``, ``LetterCodeTaken``, ``BadLetterCode``.
    """
    if not actor.is_administrator or actor.organisation_id is None:
        raise NotAllowed
    words = words.strip()
    if not WORDS.fullmatch(words):
        raise BadLetterCode(fields={"words": _("The code has 1 to 12 Chinese characters, without brackets.")})
    Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    others = LetterSeries.objects.exclude(issuer_id=actor.organisation_id).filter(code=words).exists()
    if (
        others
        or LetterCode.objects.exclude(organisation_id=actor.organisation_id).filter(words=words).exists()
    ):
        raise LetterCodeTaken
    row = LetterCode.objects.filter(organisation_id=actor.organisation_id).first()
    before = audit.snapshot(row, "words") if row else None
    row = row or LetterCode(organisation_id=actor.organisation_id)
    row.words, row.set_at = words, at
    row.save()
    if used_until:
        _begin_after(row, local_date(at).year, used_until)
    audit.record(
        actor=actor, at=at, verb="documents.set_letter_code", subject=row,
        before=before, after={**audit.snapshot(row, "words"), "used_until": used_until},
    )  # fmt: skip
    return row


def _begin_after(code: LetterCode, year: int, used_until: int) -> None:
    """Let the numbers of the year go on after ``used_until``; once a letter is issued they go on by themselves."""
    if not 0 < used_until <= MOST:
        raise BadLetterCode(fields={"used_until": _("This is not the number of a letter.")})
    LetterSeries.objects.bulk_create(
        [LetterSeries(issuer_id=code.organisation_id, code=code.words, year=year)], ignore_conflicts=True
    )
    series = LetterSeries.objects.select_for_update().get(code=code.words, year=year)
    if Letter.objects.filter(code=code.words, year=year).exists():
        raise BadLetterCode(
            fields={
                "used_until": _(
                    "Letters of this year are numbered here already; the numbers go on by themselves."
                )
            }
        )
    series.last_number = used_until
    series.save(update_fields=["last_number"])
