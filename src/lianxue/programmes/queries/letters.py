"""Letters about decisions: which there are, which decisions still have none."""

from django.db.models import Exists, OuterRef, QuerySet

from lianxue.documents.public import Letter
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import FilingState
from lianxue.programmes.models import Call, Filing, FilingLetter
from lianxue.programmes.rules.filing import SPOKE_LAST

DECIDED = (FilingState.APPROVED, FilingState.DECLINED)


def letters_about(filing: Filing) -> list[Letter]:
    """Return the letters about decisions on a filing, the newest first."""
    rows = FilingLetter.objects.filter(opinion__revision__filing=filing)
    return [one.letter for one in rows.select_related("letter__withdrawal", "letter__issuer")]


def letter_to_read(actor: Actor, filing: Filing) -> Letter | None:
    """Return the letter about the decision, if the actor may open it: who issued it and whom it is addressed to may."""
    if not actor.is_administrator:
        return None
    mine = (one for one in letters_about(filing) if not one.is_withdrawn)
    return next(
        (one for one in mine if actor.organisation_id in (one.issuer_id, one.addressee_organisation_id)), None
    )


def awaiting_letters(actor: Actor, call: Call) -> QuerySet[Filing]:
    """Return the filings of a call that the actor's office decided and that nobody was written a letter about."""
    told = FilingLetter.objects.filter(
        opinion__revision__filing_id=OuterRef("pk"), letter__withdrawal__isnull=True
    )
    rows = Filing.objects.filter(~Exists(told), call=call, state__in=DECIDED)
    return visible(rows, SPOKE_LAST, actor)
