"""Reads of the yearly effect reports: one's own, and who below has handed theirs in."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ReportState, ShipmentState
from lianxue.distribution.models import EffectReport, EffectReportPicture, Shipment
from lianxue.distribution.queries.year_figures import year_figures
from lianxue.distribution.rules.reports import RETURNS_REPORT, SEES_REPORT, SEES_REPORT_PICTURE, WRITES_REPORT
from lianxue.documents.public import EffectReportPaper, Figure, PaperPicture
from lianxue.kernel.clock import SHANGHAI, local_date
from lianxue.kernel.errors import Text
from lianxue.kernel.kept import kept
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor

EFFECT_REPORT_DUE = (11, 20)  # S0-30: 每年11月20日之前; the last day in time is the 19th

THUMBNAIL_SIDE = 480  # pixels

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
    "feedback": _("Readers who said what they think"),  # S0-47
    "feedback_good": _("Of them with four or five stars"),
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
    return _report_of.first(point_id=point_id, year=year)


@kept
def _report_of(point_id: int, year: int) -> QuerySet[EffectReport]:
    return EffectReport.objects.select_related("point").filter(point_id=point_id, year=year)


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
        pictures=[paper_picture(picture) for picture in pictures_of(report)],
        submitted_on=local_date(report.submitted_at) if is_submitted and report.submitted_at else None,
    )


def pictures_of(report: EffectReport) -> QuerySet[EffectReportPicture]:
    """Return the photographs of a report in the order in which they were sent in."""
    return report.pictures.select_related("picture").order_by("pk")


def picture_seen(actor: Actor, picture_id: int) -> EffectReportPicture:
    """Return one photograph of a report that ``actor`` may read. Raise ``NotFound``."""
    rows = EffectReportPicture.objects.select_related("picture", "report")
    return get_visible(rows, SEES_REPORT_PICTURE, actor, pk=picture_id)


def own_picture(actor: Actor, picture_id: int) -> EffectReportPicture:
    """Return one photograph of a report of the actor's own point. Raise ``NotFound``."""
    reports = visible(EffectReport.objects.all(), WRITES_REPORT, actor)
    rows = EffectReportPicture.objects.select_related("report").filter(report__in=reports)
    return get_visible(rows, SEES_REPORT_PICTURE, actor, pk=picture_id)


def paper_picture(row: EffectReportPicture) -> PaperPicture:
    """Return a photograph as it is printed: its thumbnail is sharp enough at the size in which it stands on paper."""
    stored = row.picture
    longest = max(stored.width or 1, stored.height or 1)
    scale = min(1.0, THUMBNAIL_SIDE / longest)
    return PaperPicture(
        content=(Path(settings.MEDIA_ROOT) / stored.thumbnail_name).read_bytes(),
        media_type=stored.media_type,
        width=round((stored.width or 1) * scale),
        height=round((stored.height or 1) * scale),
        caption=row.caption,
    )


def reports_to_read(actor: Actor) -> QuerySet[EffectReport]:
    """Return the submitted reports of the points directly below ``actor``."""
    return visible(EffectReport.objects.filter(state=ReportState.SUBMITTED), RETURNS_REPORT, actor)


def has_something_to_report(point_id: int, year: int) -> bool:
    """Tell whether a point ever received copies before the end of ``year``."""
    return _received.exists(point_id=point_id, before=datetime(year + 1, 1, 1, tzinfo=SHANGHAI))


@kept
def _received(point_id: int, before: datetime) -> QuerySet[Shipment]:
    return Shipment.objects.filter(
        point_id=point_id, state=ShipmentState.RECEIVED, receipt__received_at__lt=before
    )
