"""What follows from events around display corners and counts: people are told."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.events import CornersDue, StocktakeCounted
from lianxue.distribution.models import Stocktake
from lianxue.distribution.queries.stocktaking import second_people
from lianxue.kernel.clock import local_date
from lianxue.kernel.events import subscribe
from lianxue.notices.public import notify, register_kind
from lianxue.orgs.public import superior_of

CORNER_DUE, COUNT_WAITS = "distribution.corner_due", "distribution.count_waits"


def connect_corner() -> None:
    """Register the kinds of messages and listen."""
    register_kind(
        CORNER_DUE,
        gettext_lazy("Display corner to be arranged anew"),
        gettext_lazy("When the days are over that your office has set for it."),
    )
    register_kind(
        COUNT_WAITS,
        gettext_lazy("A count waits for a second person"),
        gettext_lazy("When somebody has counted copies and you can enter what differs."),
    )
    subscribe(CornersDue, _tell_of_due_corners)
    subscribe(StocktakeCounted, _tell_second_people)


def _tell_of_due_corners(event: CornersDue) -> None:
    notify(
        at=event.at,
        kind=CORNER_DUE,
        title=lambda: _("Please arrange the display corner anew"),
        body=lambda: _("Afterwards, photograph it and press “Arranged anew today”."),
        url=reverse("distribution:corner-own"),
        once_key=f"corner-due:{event.at:%Y%m%d}",
        organisation_ids=event.point_ids,
    )


def _tell_second_people(event: StocktakeCounted) -> None:
    """Tell those at the point who have not counted; the unit above when there is nobody."""
    row = Stocktake.objects.select_related("point").get(pk=event.stocktake_id)
    people = second_people(row, local_date(event.at))
    above = None if people else superior_of(row.point_id)
    notify(
        at=event.at,
        kind=COUNT_WAITS,
        title=lambda: _("A count waits for a second person: %(point)s") % {"point": row.point.name},
        url=reverse("distribution:stocktake", args=[row.pk]),
        once_key=f"count-waits:{row.pk}:{row.counted_at:%Y%m%d%H%M%S}",
        person_ids=people,
        organisation_ids=[above.pk] if above else [],
    )
