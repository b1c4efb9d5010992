"""Points get access to online titles: by a decided round, or from the office directly; and lose it again (S0-05)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import BatchState, DemandState, RoundState
from lianxue.distribution.models import DemandLine, OnlineAccess, Round
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.rules.online import ENDS_ACCESS, GRANTS_ACCESS
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.models import CatalogueEntry
from lianxue.resources.public import ResourceKind

ROWS_AT_ONCE = 5000


@operation("distribution.grant_round_access", label=_("Open online titles of a round"))
def grant_round_access(*, actor: Actor, at: datetime, round: Round) -> int:
    """Give every point whose demand counted the online titles that were passed on for it; return how many accesses.

    Online titles are not scarce, so they are not shared out. Only the platform does this, when the round is decided;
    raise ``NotAllowed`` or ``WrongState``.
    """
    if not actor.is_platform:
        raise NotAllowed
    if round.state not in (RoundState.ALLOCATED, RoundState.CLOSED):
        raise WrongState
    asked = DemandLine.objects.filter(
        request__batch__round=round,
        request__batch__state=BatchState.SUBMITTED,
        request__state=DemandState.SUBMITTED,
        title__entry__kind=ResourceKind.ONLINE,
        agreed__gt=0,
    ).order_by("title__entry_id", "request__point_id")
    pairs = list(asked.values_list("title__entry_id", "request__point_id").distinct())
    count = _open(pairs, at=at, person_id=None, round_id=round.pk)
    if count:
        audit.record(
            actor=actor,
            at=at,
            verb="distribution.grant_round_access",
            subject=round,
            after={"accesses": count},
        )
    return count


@operation("distribution.grant_access", label=_("Open an online title to points"))
def grant_access(
    *,
    actor: Actor,
    at: datetime,
    entry: CatalogueEntry,
    points: Collection[Organisation],
    request_key: str | None = None,
) -> CatalogueEntry:
    """Give points access to an online title; who has it already keeps it. Raise ``NotAllowed`` or ``Invalid``."""
    row = CatalogueEntry.objects.get(pk=entry.pk)
    if not points:
        raise Invalid(fields={"points": _("Please choose at least one point.")})
    if not all(GRANTS_ACCESS.holds(actor, point) for point in points):
        raise NotAllowed
    if row.kind != ResourceKind.ONLINE or not row.is_published:
        raise Invalid(fields={"code": _("This is no online title of the catalogue.")})
    pairs = [(row.pk, point.pk) for point in points]
    count = _open(pairs, at=at, person_id=actor.person_id, round_id=None)
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.grant_access",
        subject=row,
        after={"points": count},
    )
    return row


@operation("distribution.end_access", label=_("End the access to an online title"))
def end_access(
    *, actor: Actor, at: datetime, access: OnlineAccess, reason: str, request_key: str | None = None
) -> OnlineAccess:
    """End a point's access; all links of it stop at once. Raise ``NotAllowed``, ``WrongState``, ``ReasonMissing``."""
    row = OnlineAccess.objects.select_for_update(of=("self",)).select_related("point").get(pk=access.pk)
    if row.ended_at is not None:
        raise WrongState
    if not ENDS_ACCESS.holds(actor, row):
        raise NotAllowed
    why = require_reason(reason)
    row.ended_at, row.ended_reason = at, why
    row.save(update_fields=["ended_at", "ended_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.end_access",
        subject=row,
        before={"ended_at": None},
        after=audit.snapshot(row, "ended_at"),
        note=why,
    )
    return row


def _open(
    pairs: Collection[tuple[int, int]], *, at: datetime, person_id: int | None, round_id: int | None
) -> int:
    """Open (entry, point) pairs that are not open; return how many were opened."""
    if not pairs:
        return 0
    known = {
        (row.entry_id, row.point_id): row
        for row in OnlineAccess.objects.select_for_update().filter(
            entry_id__in={entry_id for entry_id, _point in pairs},
            point_id__in={point_id for _entry, point_id in pairs},
        )
    }
    given = {"granted_at": at, "granted_by_id": person_id, "round_id": round_id}
    again = [known[pair].pk for pair in pairs if pair in known and known[pair].ended_at is not None]
    if again:
        OnlineAccess.objects.filter(pk__in=again).update(ended_at=None, ended_reason="", **given)
    new = [
        OnlineAccess(entry_id=entry_id, point_id=point_id, **given)
        for entry_id, point_id in pairs
        if (entry_id, point_id) not in known
    ]
    OnlineAccess.objects.bulk_create(new, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)
    return len(again) + len(new)
