"""Issuing a letter: its number is taken in the same transaction, under a lock, so that none is left out or used twice."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.documents.enums import LetterKind
from lianxue.documents.errors import BadLetter, NoLetterCode
from lianxue.documents.models.letter import Letter, LetterCode, LetterSeries
from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.errors import NotAllowed, Text
from lianxue.kernel.operation import operation
from lianxue.kernel.rendering.plain_text import printable
from lianxue.orgs.public import Actor, Organisation

LONGEST = {"title": 200, "addressee": 300, "body": 50_000, "attachments": 5_000, "copies_to": 500}
NEEDED = ("title", "body")


@operation("documents.issue_letter", label=_("Issue a letter"))
def issue_letter(
    *,
    actor: Actor,
    at: datetime,
    kind: LetterKind,
    title: str,
    body: str,
    addressee: str = "",
    addressee_organisation: Organisation | None = None,
    attachments: str = "",
    copies_to: str = "",
    dated_on: date | None = None,
    request_key: str | None = None,
) -> Letter:
    """Issue a letter of the actor's organisation under its next number, dated today unless another day is given.

    ``attachments`` are titles, one a line. Raise ``NotAllowed``, ``NoLetterCode``, or ``BadLetter`` with what is wrong
    beside its field.
    """
    if not actor.is_administrator or actor.organisation_id is None:
        raise NotAllowed
    words = {
        name: printable(text).strip()
        for name, text in (
            ("title", title), ("addressee", addressee), ("body", body.replace("\r\n", "\n")),
            ("attachments", attachments.replace("\r\n", "\n")), ("copies_to", copies_to),
        )
    }  # fmt: skip
    today = local_date(at)
    day = dated_on or today
    if faults := _faults(words, day, today):
        raise BadLetter(fields=faults)
    code = LetterCode.objects.filter(organisation_id=actor.organisation_id).first()
    if code is None:
        raise NoLetterCode
    letter = Letter.objects.create(
        issuer_id=actor.organisation_id,
        kind=kind,
        code=code.words,
        year=day.year,
        number=_next_number(code, day.year),
        addressee_organisation=addressee_organisation,
        dated_on=day,
        issued_by_id=actor.person_id,
        issued_at=at,
        **words,
    )
    after = audit.snapshot(letter, "kind", "code", "year", "number", "title", "addressee", "dated_on")
    audit.record(actor=actor, at=at, verb="documents.issue_letter", subject=letter, after=after)
    return letter


def _next_number(code: LetterCode, year: int) -> int:
    """Take the next number. The lock lasts until the letter is there: whoever comes next waits, and a rolled back
    number is free again."""
    LetterSeries.objects.bulk_create(
        [LetterSeries(issuer_id=code.organisation_id, code=code.words, year=year)], ignore_conflicts=True
    )
    series = LetterSeries.objects.select_for_update().get(code=code.words, year=year)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    return series.last_number


def _faults(words: dict[str, str], day: date, today: date) -> dict[str, Text]:
    faults: dict[str, Text] = {name: _("This must be filled in.") for name in NEEDED if not words[name]}
    for name, longest in LONGEST.items():
        if len(words[name]) > longest:
            faults[name] = _("At most %(limit)d characters fit here.") % {"limit": longest}
    if day.year not in (today.year, today.year - 1) or day > today:
        faults["dated_on"] = _("A letter is dated today or earlier, in this year or the last.")
    return faults
