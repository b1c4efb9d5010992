"""Reads of who has not reported in a round: points to their college, colleges to the office."""

from collections.abc import Iterable
from datetime import date

from django.db.models import CharField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import BatchState, DemandState
from lianxue.distribution.models import DemandBatch, DemandRequest, LateConsent, Round, SentReminder
from lianxue.distribution.queries.network import points_of
from lianxue.kernel.kept import kept
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Chain, Organisation, Role, posts_held_in

NOT_BEGUN, PASSED_ON = "not_begun", "passed_on"


def missing_points(round: Round, college_id: int | None = None) -> QuerySet[Organisation]:
    """Return the points of an office, or of one college, that have not submitted in ``round``, by code.

    Each comes with ``standing`` (``not_begun``, ``draft``, ``returned``, or ``passed_on`` when its college has submitted
    without it), ``changed_at``, ``gathered_by`` (name of the college), ``college_id``, ``late_until``, ``reminded_at``.
    """
    own = DemandRequest.objects.filter(batch__round=round, point=OuterRef("pk"))
    place = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation=OuterRef("pk"))
    gone = DemandBatch.objects.filter(
        round=round, state=BatchState.SUBMITTED, college=OuterRef("places__superior_id")
    )
    rows = points_of(round.office_id, college_id).filter(
        ~Exists(own.filter(state=DemandState.SUBMITTED)), places__chain=Chain.DISTRIBUTION
    )
    state = Coalesce(Subquery(own.values("state")[:1]), Value(NOT_BEGUN), output_field=CharField())
    return _with_reminders(rows, round).annotate(
        is_passed_on=Exists(gone),
        standing=state,
        changed_at=Subquery(own.values("changed_at")[:1]),
        college_id=F("places__superior_id"),
        gathered_by=Subquery(place.values("superior__name")[:1]),
    )


def missing_colleges(round: Round) -> QuerySet[Organisation]:
    """Return the colleges that have not submitted in ``round``, by code, with the same as for points."""
    own = DemandBatch.objects.filter(round=round, college=OuterRef("pk"))
    rows = Organisation.objects.filter(Exists(own.filter(state=BatchState.GATHERING))).order_by("code")
    latest = (
        DemandRequest.objects.filter(batch__round=round, batch__college=OuterRef("pk"))
        .order_by()
        .values("batch")
        .annotate(latest=Max("changed_at"))
        .values("latest")
    )
    return _with_reminders(rows, round).annotate(
        standing=Value(BatchState.GATHERING.value, output_field=CharField()),
        changed_at=Subquery(latest[:1]),
    )


def still_to_report(round: Round, college_id: int | None = None) -> QuerySet[Organisation]:
    """Return the points that have not reported and still can: their college has not passed its demand on."""
    return missing_points(round, college_id).filter(Q(is_passed_on=False))


def _with_reminders(rows: QuerySet[Organisation], round: Round) -> QuerySet[Organisation]:
    consents = LateConsent.objects.filter(round=round, organisation=OuterRef("pk")).order_by("-until")
    reminders = SentReminder.objects.filter(round=round, organisation=OuterRef("pk")).order_by("-at")
    return rows.annotate(
        late_until=Subquery(consents.values("until")[:1]),
        reminded_at=Subquery(reminders.values("at")[:1]),
    )


def administrators_of(organisation_ids: Iterable[int], day: date) -> dict[int, list[str]]:
    """Return the names of those who administer each organisation on ``day``."""
    found: dict[int, list[str]] = {}
    posts = posts_held_in(organisation_ids, [Role.TIER_ADMIN], day).select_related("person").order_by("pk")
    for post in posts:
        found.setdefault(post.organisation_id, []).append(str(post.person))
    return found


def last_reminder(round_id: int, organisation_id: int | None) -> SentReminder | None:
    """Return the newest reminder that an organisation got in a round."""
    return _reminders.first(round_id=round_id, organisation_id=organisation_id or 0)


@kept
def _reminders(round_id: int, organisation_id: int) -> QuerySet[SentReminder]:
    return SentReminder.objects.filter(round_id=round_id, organisation_id=organisation_id)[:1]
