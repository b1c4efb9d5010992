"""Reads of online titles: who may hand them out, which links work, how often they were opened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from lianxue.distribution.models import OnlineAccess, OnlineLink, OnlineUse
from lianxue.distribution.rules.online import ENDS_ACCESS, HANDS_OUT, KEEPS_LINK, SEES_ACCESS
from lianxue.kernel.rules import get_visible, visible
from lianxue.orgs.public import Actor
from lianxue.resources.public import EntryState

SIGNED_FOR = "lianxue.distribution.online"

IS_OPEN = Q(ended_at__isnull=True, entry__state=EntryState.PUBLISHED)


@dataclass(frozen=True)
class OnlineFigures:
    """How far online titles are used by some points between two days."""

    titles: int
    points: int
    times: int


def accesses_seen(actor: Actor, at: datetime) -> QuerySet[OnlineAccess]:
    """Return the accesses that ``actor`` may see, by title, with ``working`` links now, ``times`` opened and ``last``."""
    links = (
        OnlineLink.objects.filter(access=OuterRef("pk"), revoked_at__isnull=True, expires_at__gt=at)
        .order_by()
        .values("access")
    )
    uses = OnlineUse.objects.filter(link__access=OuterRef("pk")).order_by().values("link__access")
    rows = OnlineAccess.objects.select_related("entry", "point", "round").defer(
        "entry__search_vector", "entry__description"
    )
    return (
        visible(rows, SEES_ACCESS, actor)
        .annotate(
            working=Coalesce(Subquery(links.annotate(n=Count("pk")).values("n")), 0),
            times=Coalesce(Subquery(uses.annotate(n=Sum("times")).values("n")), 0),
            last=Subquery(uses.annotate(last=Max("on")).values("last")),
        )
        .order_by("entry__title", "point__code", "pk")
    )


def access_seen(actor: Actor, access_id: int) -> OnlineAccess:
    """Return one access that ``actor`` may see. Raise ``NotFound``."""
    return get_visible(_accesses(), SEES_ACCESS, actor, pk=access_id)


def own_access(actor: Actor, access_id: int) -> OnlineAccess:
    """Return one access of the actor's own point. Raise ``NotFound``."""
    return get_visible(_accesses(), HANDS_OUT, actor, pk=access_id)


def access_to_end(actor: Actor, access_id: int) -> OnlineAccess:
    """Return one access that ``actor`` may end. Raise ``NotFound``."""
    return get_visible(_accesses(), ENDS_ACCESS, actor, pk=access_id)


def is_open(access: OnlineAccess) -> bool:
    """Tell whether the title may be opened through this access: neither ended nor withdrawn from the catalogue."""
    return access.ended_at is None and access.entry.is_published


def links_of(access: OnlineAccess) -> QuerySet[OnlineLink]:
    """Return the links of an access, newest first, with ``times`` opened."""
    return (
        OnlineLink.objects.filter(access=access)
        .select_related("made_by")
        .annotate(times=Coalesce(Sum("uses__times"), 0))
        .order_by("-made_at", "-pk")
    )


def own_link(actor: Actor, link_id: int) -> OnlineLink:
    """Return one link of the actor's own point. Raise ``NotFound``."""
    return get_visible(_links(), KEEPS_LINK, actor, pk=link_id)


def works(link: OnlineLink, at: datetime) -> bool:
    """Tell whether a link opens its title at the moment ``at``."""
    return link.revoked_at is None and at < link.expires_at and is_open(link.access)


def signed(link: OnlineLink) -> str:
    """Return the part of the address that nobody can make up: the link's number with our signature."""
    return signing.Signer(salt=SIGNED_FOR).sign(str(link.pk))


def link_behind(text: str, at: datetime) -> OnlineLink | None:
    """Return the link behind a signed address while it works; None when forged, over, withdrawn or ended alike."""
    try:
        number = signing.Signer(salt=SIGNED_FOR).unsign(text)
    except signing.BadSignature:
        return None
    link = _links().filter(pk=int(number)).first()
    return link if link is not None and works(link, at) else None


def online_figures(actor: Actor, first: date, last: date) -> OnlineFigures:
    """Return how far the points that ``actor`` sees used online titles from ``first`` to ``last``, both included."""
    seen = visible(OnlineAccess.objects.all(), SEES_ACCESS, actor)
    found = OnlineUse.objects.filter(link__access__in=seen, on__range=(first, last)).aggregate(
        titles=Count("link__access__entry", distinct=True),
        points=Count("link__access__point", distinct=True),
        times=Sum("times"),
    )
    return OnlineFigures(found["titles"], found["points"], found["times"] or 0)


def online_uses_by_point(point_ids: Collection[int], first: date, last: date) -> dict[int, int]:
    """Return how often titles were opened through links of each point; points without use are left out."""
    rows = OnlineUse.objects.filter(link__access__point_id__in=point_ids, on__range=(first, last)).order_by()
    return dict(
        rows.values("link__access__point_id")
        .annotate(point=F("link__access__point_id"), n=Sum("times"))
        .values_list("point", "n")
    )


def online_uses_by_title(point_ids: Collection[int], first: date, last: date) -> dict[int, int]:
    """Return how often each title was opened through links of some points, by the id of its catalogue entry."""
    rows = OnlineUse.objects.filter(link__access__point_id__in=point_ids, on__range=(first, last)).order_by()
    return dict(
        rows.values("link__access__entry_id")
        .annotate(entry=F("link__access__entry_id"), n=Sum("times"))
        .values_list("entry", "n")
    )


def _accesses() -> QuerySet[OnlineAccess]:
    return OnlineAccess.objects.select_related("entry__cover", "point", "round").defer("entry__search_vector")


def _links() -> QuerySet[OnlineLink]:
    return OnlineLink.objects.select_related("access__entry__cover", "access__point").defer(
        "access__entry__search_vector"
    )
