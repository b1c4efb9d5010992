"""The office's decision (S0-40: 市学指办审核通过后，将其纳入市级资源配送平台)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.resources.enums import Level, Verdict
from lianxue.resources.errors import OtherRevision
from lianxue.resources.events import EntryPublished
from lianxue.resources.models import DESCRIPTION_FIELDS, CatalogueEntry, Contribution, ReviewDecision
from lianxue.resources.operations.deciding import decide
from lianxue.resources.operations.publishing import make_findable, next_codes


@operation("resources.review_contribution", label=_("Review a contribution"))
def review_contribution(
    *,
    actor: Actor,
    at: datetime,
    contribution: Contribution,
    revision: int,
    verdict: Verdict,
    reason: str,
    request_key: str | None = None,
) -> ReviewDecision:
    """Accept, send back or reject the revision that the reviewer has read; accepting publishes it in the catalogue.

    Raise ``WrongState``, ``NotAllowed`` (one's own contribution too), ``OtherRevision``, ``ReasonMissing``.
    """
    row = Contribution.objects.select_for_update().get(pk=contribution.pk)
    decision = decide(
        actor=actor,
        at=at,
        contribution=row,
        level=Level.OFFICE,
        verdict=verdict,
        reason=reason,
        audit_verb="resources.review_contribution",
    )
    if revision != row.revision:
        raise OtherRevision
    if verdict == Verdict.ACCEPTED:
        _publish(row, at)
    return decision


def _publish(contribution: Contribution, at: datetime) -> None:
    entry = CatalogueEntry(contribution=contribution, provider=contribution.organisation, published_at=at)
    for name in DESCRIPTION_FIELDS:
        setattr(entry, name, getattr(contribution, name))
    entry.code = next_codes(at)[0]
    make_findable(entry)
    entry.save(force_insert=True)
    publish(EntryPublished(entry.pk))
