"""Handing the effect report in, and sending it back."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ReportState
from lianxue.distribution.errors import ReportChanged
from lianxue.distribution.events import EffectReportReturned, EffectReportSubmitted
from lianxue.distribution.flows.effect_report import EFFECT_REPORT_FLOW
from lianxue.distribution.models import EffectReport
from lianxue.distribution.operations.checks import require_reason
from lianxue.distribution.queries.year_figures import year_figures
from lianxue.kernel import audit
from lianxue.kernel.events import publish
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor


@operation("distribution.submit_effect_report", label=_("Submit an effect report"))
def submit_effect_report(
    *, actor: Actor, at: datetime, report: EffectReport, version: int, request_key: str | None = None
) -> EffectReport:
    """Submit a report with the figures of its year as the ledger has them now.

    After the due day it is accepted all the same and marked as late. Raise ``ReportChanged`` when ``version`` is not
    the one that was read, ``WrongState``, ``NotAllowed``, or ``Unmet`` when one of the four parts is empty.
    """
    row = EffectReport.objects.select_for_update().get(pk=report.pk)
    EFFECT_REPORT_FLOW.require("submit_effect_report", actor=actor, subject=row, at=at)
    if row.version != version:
        raise ReportChanged
    before = audit.snapshot(row, "state", "return_reason")
    row.state, row.return_reason = ReportState.SUBMITTED, ""
    row.submitted_at = at
    row.first_submitted_at = row.first_submitted_at or at
    row.figures = year_figures(row.point_id, row.year)
    row.save(update_fields=["state", "return_reason", "submitted_at", "first_submitted_at", "figures"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.submit_effect_report",
        subject=row,
        before=before,
        after={**audit.snapshot(row, "state", "return_reason"), "figures": row.figures},
    )
    publish(EffectReportSubmitted(report_id=row.pk, point_id=row.point_id))
    return row


@operation("distribution.return_effect_report", label=_("Send an effect report back"))
def return_effect_report(
    *, actor: Actor, at: datetime, report: EffectReport, reason: str, request_key: str | None = None
) -> EffectReport:
    """Send a submitted report back to its point, with a reason.

    Raise ``WrongState``, ``NotAllowed``, ``ReasonMissing`` or ``Invalid``.
    """
    row = EffectReport.objects.select_for_update().get(pk=report.pk)
    EFFECT_REPORT_FLOW.require("return_effect_report", actor=actor, subject=row, at=at)
    why = require_reason(reason)
    before = audit.snapshot(row, "state", "return_reason")
    row.state, row.return_reason = ReportState.RETURNED, why
    row.save(update_fields=["state", "return_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.return_effect_report",
        subject=row,
        before=before,
        after=audit.snapshot(row, "state", "return_reason"),
        note=why,
    )
    publish(EffectReportReturned(report_id=row.pk, point_id=row.point_id))
    return row
