"""What follows from events around demand: people are told, and a decision is counted."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.enums import ReminderOccasion
from lianxue.distribution.events import (
    DemandReminder,
    LateConsentGiven,
    UnmetCarried,
    UnmetClosed,
)
from lianxue.distribution.models import DemandBatch, Round
from lianxue.kernel.events import subscribe
from lianxue.notices.public import Telling, notify, notify_each, register_kind

REMINDER, LATE, UNMET = (
    "distribution.demand_reminder",
    "distribution.late_consent",
    "distribution.unmet_demand",
)


def connect_demand() -> None:
    """Register the kinds of messages and listen."""
    register_kind(
        REMINDER,
        gettext_lazy("Demand still to come"),
        gettext_lazy(
            "When your demand of a round has not come in: before and after the last day, or when asked for."
        ),
    )
    register_kind(
        LATE, gettext_lazy("Leave to be late"), gettext_lazy("When you may report after the last day.")
    )
    register_kind(
        UNMET,
        gettext_lazy("Unmet demand"),
        gettext_lazy("When copies that you did not get are carried into another round, or closed."),
    )
    subscribe(DemandReminder, _tell_of_missing_demand)
    subscribe(LateConsentGiven, _tell_of_leave)
    subscribe(UnmetCarried, _tell_of_carried)
    subscribe(UnmetClosed, _tell_of_closed)


def _tell_of_missing_demand(event: DemandReminder) -> None:
    """Remind points of their demand and colleges of their aggregation, each once for an occasion and day."""
    round_ = Round.objects.get(pk=event.round_id)
    colleges, points = _colleges_and_points(event.round_id, event.organisation_ids)
    key = f"demand-reminder:{event.round_id}:{event.occasion}:{event.on:%Y%m%d}"
    is_over = event.occasion == ReminderOccasion.AFTER

    def body() -> str:
        if event.occasion == ReminderOccasion.BY_HAND:
            return _("You are reminded that it has not come in.")
        words = _("The last day was %(day)s.") if is_over else _("The last day is %(day)s.")
        return words % {"day": date_format(event.on, "DATE_FORMAT")}

    notify_each(
        at=event.at,
        kind=REMINDER,
        tellings=[
            Telling(
                title=lambda: _("State your demand: %(round)s") % {"round": round_.name},
                body=body,
                url=reverse("distribution:demand", args=[event.round_id]),
                once_key=f"{key}:points",
                organisation_ids=points,
            ),
            Telling(
                title=lambda: _("Pass on the demand of your points: %(round)s") % {"round": round_.name},
                body=body,
                url=reverse("distribution:aggregation", args=[event.round_id]),
                once_key=f"{key}:colleges",
                organisation_ids=colleges,
            ),
        ],
    )


def _tell_of_leave(event: LateConsentGiven) -> None:
    round_ = Round.objects.get(pk=event.round_id)
    colleges, points = _colleges_and_points(event.round_id, event.organisation_ids)

    def title() -> str:
        day = date_format(event.until, "DATE_FORMAT")
        return _("You may report until %(day)s: %(round)s") % {"day": day, "round": round_.name}

    for name, organisation_ids in (("demand", points), ("aggregation", colleges)):
        if organisation_ids:
            notify(
                at=event.at,
                kind=LATE,
                title=title,
                body=event.reason,
                url=reverse(f"distribution:{name}", args=[event.round_id]),
                organisation_ids=organisation_ids,
            )


def _tell_of_carried(event: UnmetCarried) -> None:
    round_ = Round.objects.get(pk=event.to_round_id)
    notify(
        at=event.at,
        kind=UNMET,
        title=lambda: (
            _("Copies that you did not get stand in your demand now: %(round)s") % {"round": round_.name}
        ),
        body=lambda: _("Look it over, change what you like, and submit it."),
        url=reverse("distribution:demand", args=[event.to_round_id]),
        organisation_ids=event.point_ids,
    )


def _tell_of_closed(event: UnmetClosed) -> None:
    round_ = Round.objects.get(pk=event.round_id)
    notify(
        at=event.at,
        kind=UNMET,
        title=lambda: _("Demand that was not met has been closed: %(round)s") % {"round": round_.name},
        body=event.reason,
        url=reverse("distribution:unmet"),
        organisation_ids=event.point_ids,
    )


def _colleges_and_points(round_id: int, organisation_ids: Iterable[int]) -> tuple[list[int], list[int]]:
    """Return those that gather in the round, and the others, which are points."""
    gather = set(DemandBatch.objects.filter(round=round_id).values_list("college_id", flat=True))
    ids = list(organisation_ids)
    return [pk for pk in ids if pk in gather], [pk for pk in ids if pk not in gather]
