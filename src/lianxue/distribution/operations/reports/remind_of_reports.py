"""Reminding everybody below who has not handed the effect report in (S0-30)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.events import EffectReportsReminded
from lianxue.distribution.operations.reports.save_effect_report import YEARS_BACK
from lianxue.distribution.queries.report_standing import points_without_report
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, Unmet
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Role


@operation("distribution.remind_of_reports", label=_("Remind of missing effect reports"))
def remind_of_reports(*, actor: Actor, at: datetime, year: int, request_key: str | None = None) -> None:
    """Remind all points below that have not handed the report of ``year`` in, or have to hand it in again.

    Raise ``NotAllowed``, ``Invalid`` for a year of which no report can be written, or ``Unmet`` when nothing is
    missing.
    """
    if actor.role != Role.TIER_ADMIN or not actor.path:
        raise NotAllowed
    if not local_date(at).year - YEARS_BACK <= year <= local_date(at).year:
        raise Invalid(_("There is no report to write for this year."))
    waiting = tuple(points_without_report(actor, year).values_list("organisation_id", flat=True))
    if not waiting:
        raise Unmet(_("All reports of this year are in; nobody has to be reminded."))
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.remind_of_reports",
        subject=None,
        after={"year": year, "points": len(waiting)},
    )
    publish(EffectReportsReminded(at=at, year=year, point_ids=waiting, by=actor.organisation_name))
