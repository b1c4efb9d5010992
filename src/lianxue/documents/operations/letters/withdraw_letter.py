"""Withdrawing a letter: an entry beside it with the reason. The letter stays as it is, and its number stays used."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.documents.errors import BadLetter, LetterWithdrawn
from lianxue.documents.models.letter import Letter, LetterWithdrawal
from lianxue.documents.rules import ISSUED_LETTER
from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

LONGEST_REASON = 500


@operation("documents.withdraw_letter", label=_("Withdraw a letter"))
def withdraw_letter(
    *, actor: Actor, at: datetime, letter: Letter, reason: str, request_key: str | None = None
) -> LetterWithdrawal:
    """Withdraw a letter of one's own organisation. Raise ``LetterWithdrawn``, ``NotAllowed``, ``BadLetter``."""
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    if LetterWithdrawal.objects.filter(letter=row).exists():
        raise LetterWithdrawn
    if not ISSUED_LETTER.holds(actor, row):
        raise NotAllowed
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise BadLetter(fields={"reason": _("Please say why the letter is withdrawn.")})
    entry = LetterWithdrawal.objects.create(
        letter=row, reason=reason, withdrawn_by_id=actor.person_id, withdrawn_at=at
    )
    after = audit.snapshot(entry, "reason", "withdrawn_at")
    audit.record(actor=actor, at=at, verb="documents.withdraw_letter", subject=row, after=after)
    return entry
