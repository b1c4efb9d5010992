"""Reads about display corners: what must stand in them, which are due to be arranged anew, which pictures look alike."""

from datetime import date, timedelta

from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from lianxue.distribution.enums import PlaceKind, ShipmentState
from lianxue.distribution.models import (
    DisplayCorner,
    DisplayPhoto,
    OfficeTerms,
    Shipment,
    ShipmentLine,
    StockBalance,
)
from lianxue.distribution.queries.shipments import photos_seen
from lianxue.distribution.rules.fulfilment import SEES_PHOTO
from lianxue.distribution.rules.rounds import ids_on_path
from lianxue.kernel.kept import kept
from lianxue.kernel.plans import planned_with_values
from lianxue.kernel.rules import get_visible
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor, Chain, Organisation, points_below, superior_of

# In so few of 64 bits two pictures of one and the same scene differ at the most.
ALIKE_WITHIN = 6


def to_put_on_display(point_id: int) -> QuerySet[ShipmentLine]:
    """Return the lots of which the store has copies and the corner none, by title (S0-29 after a real loss)."""
    here = StockBalance.objects.filter(lot=OuterRef("pk"), place__organisation_id=point_id, quantity__gt=0)
    return (
        ShipmentLine.objects.filter(
            Exists(here.filter(place__kind=PlaceKind.SHELF)),
            ~Exists(here.filter(place__kind=PlaceKind.DISPLAY)),
            shipment__point_id=point_id,
        )
        .select_related("title__entry", "shipment")
        .order_by("title__entry__title", "pk")
    )


def earliest_alike(point_id: int, likeness: int | None) -> DisplayPhoto | None:
    """Return the earliest photograph of the point, or of one below the same unit, that looks like this."""
    if likeness is None:
        return None
    above = superior_of(point_id)
    near = Q(corner__point_id=point_id)
    if above is not None:
        siblings = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, superior=above)
        near |= Q(corner__point_id__in=siblings.values("organisation_id"))
    apart = Func(
        F("picture__likeness"),
        Value(likeness, output_field=BigIntegerField()),
        template="bit_count((%(expressions)s)::bit(64))",
        arg_joiner=" # ",
        output_field=IntegerField(),
    )
    return (
        DisplayPhoto.objects.filter(near, picture__likeness__isnull=False)
        .annotate(apart=apart)
        .filter(apart__lte=ALIKE_WITHIN)
        .order_by("at", "pk")
        .first()
    )


def photo_seen(actor: Actor, photo_id: int) -> DisplayPhoto:
    """Return one photograph that ``actor`` may see, with the one that it looks like. Raise ``NotFound``."""
    rows = photos_seen(actor).select_related("looks_like__corner__point")
    return get_visible(rows, SEES_PHOTO, actor, pk=photo_id)


def sent_together(photo: DisplayPhoto) -> QuerySet[DisplayPhoto]:
    """Return the photographs that were sent in with this one and look like earlier ones."""
    return DisplayPhoto.objects.filter(
        corner=photo.corner, at=photo.at, taken_by=photo.taken_by, looks_like__isnull=False
    ).select_related("corner__point", "picture", "looks_like__corner__point")


def beside(
    rows: QuerySet[DisplayPhoto], photo: DisplayPhoto
) -> tuple[DisplayPhoto | None, DisplayPhoto | None]:
    """Return the photographs before and behind this one in ``rows``, which are ordered newest first."""
    newer = rows.filter(Q(at__gt=photo.at) | Q(at=photo.at, pk__gt=photo.pk)).order_by("at", "pk").first()
    older = rows.filter(Q(at__lt=photo.at) | Q(at=photo.at, pk__lt=photo.pk)).order_by("-at", "-pk").first()
    return newer, older


def units_above_points(actor: Actor) -> list[Organisation]:
    """Return the organisations below ``actor`` that have points directly beneath them, the own one included."""
    points = points_below(actor.path).values("pk")
    above = ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation_id__in=points)
    with planned_with_values():
        return list(Organisation.objects.filter(pk__in=above.values("superior_id")).order_by("code"))


def corners_below(actor: Actor) -> QuerySet[Organisation]:
    """Return all points below ``actor`` with what is known of their corners.

    Each carries ``photos``, ``alike`` (of them, those that look like earlier ones), ``last_photo_at`` and
    ``without_photo`` (receipts that nobody has photographed yet), besides its ``display_corner`` if there is one.
    """
    photos = DisplayPhoto.objects.filter(corner__point=OuterRef("pk")).order_by().values("corner__point")
    received = (
        Shipment.objects.filter(
            point=OuterRef("pk"), state=ShipmentState.RECEIVED, receipt__photos__isnull=True
        )
        .order_by()
        .values("point")
    )
    return (
        points_below(actor.path)
        .exclude(pk=actor.organisation_id or 0)
        .filter(is_active=True)
        .select_related("display_corner")
        .annotate(
            photos=Coalesce(Subquery(photos.annotate(n=Count("pk")).values("n")), 0),
            alike=Coalesce(Subquery(photos.annotate(n=Count("looks_like")).values("n")), 0),
            last_photo_at=Subquery(
                photos.annotate(last=Max("at")).values("last"), output_field=DateTimeField()
            ),
            without_photo=Coalesce(Subquery(received.annotate(n=Count("pk")).values("n")), 0),
        )
    )


def refresh_days(path: str) -> int | None:
    """Return after how many days a corner is due, as the office at the top of ``path`` has set; None: never."""
    offices = ids_on_path(path)[:1]
    return _refresh_days.first(office_id=offices[0]) if offices else None


@kept
def _refresh_days(office_id: int) -> "QuerySet[OfficeTerms, int | None]":
    return OfficeTerms.objects.filter(office_id=office_id).values_list("refresh_days", flat=True)


def due_on(corner: DisplayCorner, days: int) -> date | None:
    """Return the day on which a corner is due to be arranged anew; None: nobody has said when it was arranged last."""
    since = corner.refreshed_on or corner.sign_posted_on
    return since + timedelta(days=days) if since else None


def due_before(day: date, days: int) -> Q:
    """Return the filter for corners that are due on ``day``: not arranged anew since ``days`` before it."""
    long_ago = day - timedelta(days=days)
    return Q(refreshed_on__lte=long_ago) | (
        Q(refreshed_on__isnull=True) & (Q(sign_posted_on__isnull=True) | Q(sign_posted_on__lte=long_ago))
    )
