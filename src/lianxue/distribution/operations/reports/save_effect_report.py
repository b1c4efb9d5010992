"""Writing the yearly effect report (S0-30, S0-53)."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import ReportChanged
from lianxue.distribution.flows.effect_report import CONTENTS, EFFECT_REPORT_FLOW
from lianxue.distribution.models import EffectReport
from lianxue.distribution.rules.fulfilment import RUNS_POINT
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

CONTENT_LENGTH = 10_000
YEARS_BACK = 5  # how far back a report that was never written can still be


@operation("distribution.save_effect_report", label=_("Save an effect report"))
def save_effect_report(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    year: int,
    version: int,
    texts: Mapping[str, str],
    request_key: str | None = None,
) -> EffectReport:
    """Keep the texts of a report (``recipients``, ``forms``, ``effects``, ``suggestions``), whole or in part.

    ``version`` is that of the report on which the writer worked, 0 for a new one. When somebody else has saved in the
    meantime nothing is overwritten: raise ``ReportChanged``. Also raise ``WrongState``, ``NotAllowed`` or ``Invalid``.
    """
    _require_lengths(texts)
    report, is_new = lock_report(actor=actor, at=at, point=point, year=year)
    EFFECT_REPORT_FLOW.require("save_effect_report", actor=actor, subject=report, at=at)
    given = {name: texts[name].replace("\r\n", "\n") for name in CONTENTS if name in texts}
    if all(getattr(report, name) == text for name, text in given.items()):
        return report  # a re-sent save, or two people of one mind
    if report.version != version:
        raise ReportChanged
    before = audit.snapshot(report, *CONTENTS)
    for name, text in given.items():
        setattr(report, name, text)
    report.version += 1
    report.save(update_fields=[*given, "version"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.save_effect_report",
        subject=report,
        before=None if is_new else before,
        after=audit.snapshot(report, *CONTENTS),
    )
    return report


def lock_report(*, actor: Actor, at: datetime, point: Organisation, year: int) -> tuple[EffectReport, bool]:
    """Return the report of a point for a year, locked, and whether it was begun just now.

    Raise ``NotAllowed``, or ``Invalid`` for a year of which no report can be written.
    """
    if not RUNS_POINT.holds(actor, point):
        raise NotAllowed
    if not local_date(at).year - YEARS_BACK <= year <= local_date(at).year:
        raise Invalid(_("There is no report to write for this year."))
    return EffectReport.objects.select_for_update().get_or_create(point=point, year=year)


def _require_lengths(texts: Mapping[str, str]) -> None:
    faults = {
        name: _("Please keep this under 10,000 characters.")
        for name, text in texts.items()
        if len(text) > CONTENT_LENGTH
    }
    if faults:
        raise Invalid(fields=faults)
