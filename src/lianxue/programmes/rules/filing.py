"""Who may fill in, read and decide filings.

A call's chain is data, so these rules look at places in any chain: whoever stands above a unit anywhere sees its filings
once they were handed in; what is still being written is the unit's own.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianxue.kernel import clock
from lianxue.kernel.kept import kept
from lianxue.kernel.rules import NO_ROWS, Rule, rule
from lianxue.orgs.public import Actor, Role, has_role, own, own_or_beneath, posts_held_in
from lianxue.programmes.enums import Decision
from lianxue.programmes.models import ChangeNotice, Delegation, Filing, Opinion

ADMINISTERS = has_role(Role.TIER_ADMIN)
READS = has_role(Role.TIER_ADMIN, Role.AUDITOR, Role.RESOURCE_REVIEWER)

FILLS_IN: Rule[Actor] = ADMINISTERS & own("unit")
WAS_HANDED_IN: Rule[Actor] = rule(
    "was handed in",
    holds=lambda _actor, subject: subject.revision_number > 0,
    rows=lambda _actor: Q(revision_number__gt=0),
)
SEES_FILING: Rule[Actor] = (READS & own("unit")) | (
    READS & WAS_HANDED_IN & (own_or_beneath("unit") | own("call__office"))
)


def principals_of(actor: Actor) -> list[int]:
    """Return the people in whose place ``actor`` may decide today, in the own organisation."""
    if actor.person_id is None or actor.organisation_id is None:
        return []
    return _principals.rows(
        person_id=actor.person_id, organisation_id=actor.organisation_id, today=clock.today()
    )


@kept
def _principals(person_id: int, organisation_id: int, today: date) -> "QuerySet[Delegation, int]":
    # Who is no administrator of the organisation any more has nothing left to pass on.
    still = posts_held_in([organisation_id], [Role.TIER_ADMIN], today).values("person_id")
    rows = Delegation.objects.filter(
        principal_id__in=still,
        delegate_id=person_id,
        organisation_id=organisation_id,
        ended_at__isnull=True,
        starts_on__lte=today,
        ends_on__gte=today,
    )
    return rows.values_list("principal_id", flat=True)


def _decides_here(actor: Actor) -> bool:
    return actor.is_administrator or bool(principals_of(actor))


def _lies_before(actor: Actor, subject: Filing) -> bool:
    return (
        actor.organisation_id is not None
        and subject.desk_id == actor.organisation_id
        and subject.unit_id != actor.organisation_id
        and _decides_here(actor)
    )


def _rows_before(actor: Actor) -> Q:
    if actor.organisation_id is None or not _decides_here(actor):
        return NO_ROWS
    return Q(desk_id=actor.organisation_id) & ~Q(unit_id=actor.organisation_id)


# Nobody decides on the filing of the own organisation; that nobody decides on what they handed in themselves (under
# another post) is checked against the revision, in the operation.
SITS_AT_DESK: Rule[Actor] = rule("sits at the desk where it lies", holds=_lies_before, rows=_rows_before)
SEES_OR_DECIDES: Rule[Actor] = SEES_FILING | SITS_AT_DESK
# The paper holds personal data in full: for the unit itself and for those who have to give an opinion on it.
OPENS_PAPER: Rule[Actor] = (
    FILLS_IN | SITS_AT_DESK | (ADMINISTERS & WAS_HANDED_IN & (own_or_beneath("unit") | own("call__office")))
)


def _has_decided(actor: Actor, subject: Filing) -> bool:
    if not actor.is_administrator or actor.organisation_id is None:
        return False
    last = Opinion.objects.filter(revision__filing=subject).order_by("-pk").first()
    return (
        last is not None
        and last.decision != Decision.RETURN
        and last.organisation_id == actor.organisation_id
    )


def _rows_decided(actor: Actor) -> Q:
    if not actor.is_administrator or actor.organisation_id is None:
        return NO_ROWS
    later = Opinion.objects.filter(revision__filing_id=OuterRef("revision__filing_id"), pk__gt=OuterRef("pk"))
    last = Opinion.objects.filter(~Exists(later), organisation_id=actor.organisation_id)
    return Q(pk__in=last.exclude(decision=Decision.RETURN).values("revision__filing_id"))


# Whose opinion was the last word on a filing; the letter about it is theirs to issue.
SPOKE_LAST: Rule[Actor] = rule("gave the last opinion", holds=_has_decided, rows=_rows_decided)


def _notice_lies_before(actor: Actor, subject: ChangeNotice) -> bool:
    return (
        actor.organisation_id is not None
        and subject.desk_id == actor.organisation_id
        and subject.filing.unit_id != actor.organisation_id
        and _decides_here(actor)
    )


DECIDES_NOTICE: Rule[Actor] = rule(
    "decides the change notice",
    holds=_notice_lies_before,
    rows=lambda actor: (
        Q(desk_id=actor.organisation_id) & ~Q(filing__unit_id=actor.organisation_id)
        if actor.organisation_id is not None and _decides_here(actor)
        else NO_ROWS
    ),
)
WRITES_NOTICE: Rule[Actor] = ADMINISTERS & own("filing__unit")
SEES_NOTICE: Rule[Actor] = WRITES_NOTICE | DECIDES_NOTICE | (READS & own_or_beneath("filing__unit"))


def _rows_to_judge(actor: Actor) -> Q:
    if actor.organisation_id is None or not _decides_here(actor):
        return NO_ROWS
    return Q(filing__desk_id=actor.organisation_id) & ~Q(filing__unit_id=actor.organisation_id)


JUDGES_SCAN: Rule[Actor] = rule(
    "sits at the desk where the form of the scan lies",
    holds=lambda actor, subject: _lies_before(actor, subject.filing),
    rows=_rows_to_judge,
)
SEES_SCAN: Rule[Actor] = (
    (ADMINISTERS & own("filing__unit"))
    | JUDGES_SCAN
    | (READS & (own_or_beneath("filing__unit") | own("filing__call__office")))
)
