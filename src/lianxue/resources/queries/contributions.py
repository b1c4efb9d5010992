"""Contributions: lists of them, and what happened to one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lianxue.kernel.errors import Text
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.enums import ContributionState, ResourceKind, Verdict
from lianxue.resources.models import (
    DESCRIPTION_FIELDS,
    OFFER_FIELDS,
    Category,
    Contribution,
    ReviewDecision,
    SubmittedRevision,
)
from lianxue.resources.rules.contributions import (
    COLLATES_CONTRIBUTION,
    REVIEWS_CONTRIBUTION,
    SEES_CONTRIBUTION,
    WRITES_CONTRIBUTION,
)


def visible_contributions(actor: Actor) -> QuerySet[Contribution]:
    """Return the contributions that ``actor`` may see, with what a list shows of them."""
    rows = Contribution.objects.select_related("organisation", "category", "cover", "entry")
    return visible(rows.defer("entry__search_vector"), SEES_CONTRIBUTION, actor)


def own_contributions(actor: Actor) -> QuerySet[Contribution]:
    """Return the contributions of the actor's organisation, those touched last first."""
    return visible_contributions(actor).filter(WRITES_CONTRIBUTION.rows(actor))


def to_collate(actor: Actor) -> QuerySet[Contribution]:
    """Return what waits for the actor's college, longest waiting first."""
    rows = visible_contributions(actor).filter(
        COLLATES_CONTRIBUTION.rows(actor), state=ContributionState.SUBMITTED
    )
    return rows.order_by("submitted_at", "pk")


def to_review(actor: Actor) -> QuerySet[Contribution]:
    """Return what waits for the actor as a reviewer of the office, longest waiting first."""
    rows = visible_contributions(actor).filter(
        REVIEWS_CONTRIBUTION.rows(actor), state=ContributionState.COLLATED
    )
    return rows.order_by("submitted_at", "pk")


def next_to_review(actor: Actor, after: Contribution | None = None) -> Contribution | None:
    """Return the next in the queue, ``after`` one that was put off; at its end the queue begins again."""
    queue = to_review(actor)
    if after is not None and after.submitted_at is not None:
        later = queue.filter(submitted_at=after.submitted_at, pk__gt=after.pk) | queue.filter(
            submitted_at__gt=after.submitted_at
        )
        if (found := later.first()) is not None:
            return found
        queue = queue.exclude(pk=after.pk)
    return queue.first()


@dataclass(frozen=True)
class Happening:
    """One step on the way of a contribution, as the timeline shows it."""

    title: Text
    at: datetime
    by: str
    note: str = ""
    tone: str = "neutral"


_TONES = {
    Verdict.COLLATED: "info",
    Verdict.ACCEPTED: "success",
    Verdict.RETURNED: "warning",
    Verdict.REJECTED: "danger",
}


def history_of(contribution: Contribution) -> list[Happening]:
    """Return what happened to a contribution since it was first sent in, oldest first."""
    sent = SubmittedRevision.objects.filter(contribution=contribution).select_related(
        "by_person", "by_organisation"
    )
    decided = ReviewDecision.objects.filter(contribution=contribution).select_related(
        "by_person", "by_organisation"
    )
    happenings = [
        Happening(
            _("Sent in")
            if revision.number == 1
            else _("Sent in again, revision %(number)d") % {"number": revision.number},
            revision.at,
            _who(revision),
        )
        for revision in sent
    ]
    happenings += [
        Happening(
            decision.get_verdict_display(),
            decision.at,
            _who(decision),
            decision.reason,
            _TONES[Verdict(decision.verdict)],
        )
        for decision in decided
    ]
    return sorted(happenings, key=lambda happening: happening.at)


def _who(act: SubmittedRevision | ReviewDecision) -> str:
    return " · ".join(str(one) for one in (act.by_organisation, act.by_person) if one is not None)


@dataclass(frozen=True)
class Change:
    """What one field said in the revision before, and what it says now."""

    label: str
    before: str
    after: str


def changes_since_last(contribution: Contribution) -> list[Change]:
    """Return what changed between the last two revisions that were sent in; nothing for a first one."""
    last = list(contribution.revisions.filter(number__gte=contribution.revision - 1).order_by("number"))
    if len(last) != 2:  # noqa: PLR2004  # the one before, and this one
        return []
    before, after = last[0].content, last[1].content
    changed = [name for name in (*DESCRIPTION_FIELDS, *OFFER_FIELDS) if before.get(name) != after.get(name)]
    ids = {content[name] for content in (before, after) for name in changed if name == "category"}
    categories = Category.objects.in_bulk([i for i in ids if i]) if ids else {}
    return [
        Change(
            _label(name),
            _shown(name, before.get(name), categories),
            _shown(name, after.get(name), categories),
        )
        for name in changed
    ]


def _label(name: str) -> str:
    field = Contribution._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))


def _shown(name: str, value: object, categories: dict[int, Category]) -> str:
    if value in (None, ""):
        return _("nothing")
    if name == "category" and isinstance(value, int):
        return str(categories.get(value, value))
    if name == "kind":
        return str(dict(ResourceKind.choices).get(str(value), value))
    if name == "cover":
        return _("a picture")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def contributing_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations from which the actor can see contributions, for the filter of a list."""
    seen = visible(Contribution.objects.order_by(), SEES_CONTRIBUTION, actor).values("organisation")
    return Organisation.objects.filter(pk__in=seen)
