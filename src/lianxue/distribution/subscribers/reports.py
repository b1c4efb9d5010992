"""What follows from events around effect reports."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.events import EffectReportsReminded
from lianxue.kernel.events import subscribe
from lianxue.notices.public import notify, register_kind

REPORT_REMINDER = "distribution.report_reminder"


def connect_reports() -> None:
    """Register the kinds of messages and listen."""
    register_kind(
        REPORT_REMINDER,
        gettext_lazy("Effect report still to come"),
        gettext_lazy("When the units above remind you of the effect report of a year."),
    )
    subscribe(EffectReportsReminded, _tell_of_missing_reports)


def _tell_of_missing_reports(event: EffectReportsReminded) -> None:
    """Tell the administrators of the points that their report is still to come (S0-30)."""
    notify(
        at=event.at,
        kind=REPORT_REMINDER,
        title=lambda: _("Please hand in the effect report of %(year)d") % {"year": event.year},
        body=lambda: _("%(by)s asks for it.") % {"by": event.by},
        url=reverse("distribution:report-write", args=[event.year]),
        organisation_ids=event.point_ids,
    )
