"""What follows from the way of a round: those who take part are told when it is their turn or their share is decided."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.events import (
    BatchReturned,
    DemandReturned,
    EffectReportReturned,
    RoundAllocated,
    RoundOpened,
)
from lianxue.distribution.models import DemandBatch, DemandLine, DemandRequest, EffectReport, Round
from lianxue.distribution.queries.network import points_of
from lianxue.kernel import clock
from lianxue.kernel.events import subscribe
from lianxue.notices.public import Telling, notify, notify_each, register_kind

ROUND, RETURNED = "distribution.round", "distribution.returned"


def connect_rounds() -> None:
    """Register the kinds of messages and listen."""
    register_kind(
        ROUND,
        gettext_lazy("Rounds of distribution"),
        gettext_lazy("When a round opens for demand, and when it has been decided who gets how much."),
    )
    register_kind(
        RETURNED,
        gettext_lazy("Sent back to you"),
        gettext_lazy("When a demand, an aggregation or an effect report comes back to be mended."),
    )
    subscribe(RoundOpened, _tell_of_opening)
    subscribe(RoundAllocated, _tell_of_shares)
    subscribe(DemandReturned, _tell_of_returned_demand)
    subscribe(BatchReturned, _tell_of_returned_batch)
    subscribe(EffectReportReturned, _tell_of_returned_report)


def _tell_of_opening(event: RoundOpened) -> None:
    """Tell points to state their demand, and colleges to gather it, each with the last day if there is one."""
    round_ = Round.objects.get(pk=event.round_id)
    colleges = DemandBatch.objects.filter(round=round_).values_list("college_id", flat=True)

    def until(day: date | None) -> str:
        return _("The last day is %(day)s.") % {"day": date_format(day, "DATE_FORMAT")} if day else ""

    tellings = [
        Telling(
            title=lambda: _("You can state your demand: %(round)s") % {"round": round_.name},
            body=lambda: until(round_.last_day_of_points),
            url=reverse("distribution:demand", args=[round_.pk]),
            once_key=f"round-opened:{round_.pk}:points",
            organisation_ids=points_of(round_.office_id).values_list("pk", flat=True),
        ),
        Telling(
            title=lambda: _("Your points can state their demand: %(round)s") % {"round": round_.name},
            body=lambda: until(round_.aggregate_until),
            url=reverse("distribution:aggregation", args=[round_.pk]),
            once_key=f"round-opened:{round_.pk}:colleges",
            organisation_ids=colleges,
        ),
    ]
    notify_each(at=clock.now(), kind=ROUND, tellings=tellings)


def _tell_of_shares(event: RoundAllocated) -> None:
    """Tell every point that asked for something that its share is decided."""
    round_ = Round.objects.get(pk=event.round_id)
    lines = DemandLine.objects.filter(request=OuterRef("pk"), agreed__gt=0)
    asked = DemandRequest.objects.filter(Exists(lines), batch__round=round_)
    notify(
        at=clock.now(),
        kind=ROUND,
        title=lambda: _("It is decided what you get: %(round)s") % {"round": round_.name},
        body=lambda: _("Each number can be followed back to how it was worked out."),
        url=reverse("distribution:demand", args=[round_.pk]),
        once_key=f"round-allocated:{round_.pk}:{event.allocation_id}",
        organisation_ids=asked.values_list("point_id", flat=True),
    )


def _tell_of_returned_demand(event: DemandReturned) -> None:
    request = DemandRequest.objects.select_related("batch__round").get(pk=event.request_id)
    round_ = request.batch.round
    notify(
        at=clock.now(),
        kind=RETURNED,
        title=lambda: _("Your demand was sent back: %(round)s") % {"round": round_.name},
        body=request.return_reason,
        url=reverse("distribution:demand", args=[round_.pk]),
        organisation_ids=[event.point_id],
    )


def _tell_of_returned_batch(event: BatchReturned) -> None:
    batch = DemandBatch.objects.select_related("round").get(pk=event.batch_id)
    round_ = batch.round
    notify(
        at=clock.now(),
        kind=RETURNED,
        title=lambda: _("Your aggregation was sent back: %(round)s") % {"round": round_.name},
        body=batch.return_reason,
        url=reverse("distribution:aggregation", args=[round_.pk]),
        organisation_ids=[event.college_id],
    )


def _tell_of_returned_report(event: EffectReportReturned) -> None:
    report = EffectReport.objects.get(pk=event.report_id)
    notify(
        at=clock.now(),
        kind=RETURNED,
        title=lambda: _("Your effect report of %(year)d was sent back") % {"year": report.year},
        body=report.return_reason,
        url=reverse("distribution:report-write", args=[report.year]),
        organisation_ids=[event.point_id],
    )
