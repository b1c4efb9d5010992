"""Reads of the yearly effect reports: one's own, and who below has handed theirs in."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ReportState, ShipmentState
from lianxue.distribution.models import EffectReport, Shipment
from lianxue.distribution.queries.year_figures import year_figures
from lianxue.distribution.rules.reports import RETURNS_REPORT, SEES_REPORT
from lianxue.documents.public import EffectReportPaper, Figure
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Text
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor, Organisation, points_below

EFFECT_REPORT_DUE = (11, 20)  # S0-30: 每年11月20日之前; the last day in time is the 19th

FIGURE_LABELS: dict[str, Text] = {
    "received_titles": _("Titles received"),
    "received_copies": _("Copies received in good order"),
    "damaged_copies": _("Copies that arrived damaged"),
    "missing_copies": _("Copies that did not arrive"),
    "on_display": _("Copies on display"),
    "in_store": _("Copies in the store"),
    "loans": _("Number of loans"),
    "lent_copies": _("Copies lent"),
    "returned_copies": _("Copies returned"),
    "on_loan": _("Copies on loan"),
    "borrowers": _("Borrowers"),
    "issues": _("Number of issues"),
    "issued_to_teachers": _("Copies issued to teachers"),
    "issued_to_learners": _("Copies issued to learners"),
    "recipients": _("Recipients"),
    "photos": _("Photographs of the display corner"),
}


def report_due_on(year: int) -> date:
    """Return the day before which the report of ``year`` is due."""
    return date(year, *EFFECT_REPORT_DUE)


def report_last_day(year: int) -> date:
    """Return the last day on which the report of ``year`` is in time."""
    return report_due_on(year) - timedelta(days=1)


def is_late(report: EffectReport) -> bool:
    """Tell whether the report was first handed in on or after the day before which it was due."""
    return report.first_submitted_at is not None and local_date(report.first_submitted_at) >= report_due_on(
        report.year
    )


def report_seen(actor: Actor, report_id: int) -> EffectReport:
    """Return one report that ``actor`` may read. Raise ``NotFound``."""
    return get_visible(EffectReport.objects.select_related("point"), SEES_REPORT, actor, pk=report_id)


def report_of(point_id: int, year: int) -> EffectReport | None:
    """Return the report of a point for a year, or None when nobody has begun to write it."""
    return EffectReport.objects.select_related("point").filter(point_id=point_id, year=year).first()


def reports_of(point_id: int) -> QuerySet[EffectReport]:
    """Return all reports of a point, newest year first."""
    return EffectReport.objects.filter(point_id=point_id).order_by("-year")


def figures_of(report: EffectReport) -> list[Figure]:
    """Return the figures as submitted; as they are now while the report is being written."""
    if report.state == ReportState.SUBMITTED and report.figures:
        return labelled(report.figures)
    return labelled(year_figures(report.point_id, report.year))


def labelled(figures: dict[str, int]) -> list[Figure]:
    """Return figures with the words before them, in the order of the report."""
    return [Figure(str(label), figures.get(name, 0)) for name, label in FIGURE_LABELS.items()]


def paper_of(report: EffectReport) -> EffectReportPaper:
    """Return what is printed on the report."""
    is_submitted = report.state == ReportState.SUBMITTED and report.submitted_at is not None
    return EffectReportPaper(
        unit=report.point.name,
        year=report.year,
        recipients=report.recipients,
        forms=report.forms,
        effects=report.effects,
        suggestions=report.suggestions,
        figures=figures_of(report),
        submitted_on=local_date(report.submitted_at) if is_submitted and report.submitted_at else None,
    )


@dataclass(frozen=True)
class ReportStanding:
    """How far one point is with its report of a year."""

    point: Organisation
    report: EffectReport | None

    @property
    def state(self) -> str:
        """Return ``submitted``, ``returned`` or ``missing``: what is being written is nobody else's to see."""
        if self.report is None or self.report.state == ReportState.DRAFT:
            return "missing"
        return self.report.state

    @property
    def is_late(self) -> bool:
        return self.report is not None and is_late(self.report)


def report_standings(actor: Actor, year: int) -> list[ReportStanding]:
    """Return for every point below ``actor`` whether its report of ``year`` is there, by code."""
    rows = visible(EffectReport.objects.filter(year=year), SEES_REPORT, actor)
    reports = {report.point_id: report for report in rows}
    points = points_below(actor.path).filter(is_active=True).exclude(pk=actor.organisation_id or 0)
    return [ReportStanding(point, reports.get(point.pk)) for point in points.select_related("division")]


def reports_to_read(actor: Actor) -> QuerySet[EffectReport]:
    """Return the submitted reports of the points directly below ``actor``."""
    return visible(EffectReport.objects.filter(state=ReportState.SUBMITTED), RETURNS_REPORT, actor)


def has_something_to_report(point_id: int, year: int) -> bool:
    """Tell whether a point ever received copies before the end of ``year``."""
    return Shipment.objects.filter(
        point_id=point_id, state=ShipmentState.RECEIVED, receipt__received_at__year__lte=year
    ).exists()
