"""Reads that turn a person and a post into an actor."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from lianxue.accounts.models import Person
from lianxue.kernel.kept import kept
from lianxue.orgs.enums import Chain, Role
from lianxue.orgs.models import Actor, ChainNode, Post


def in_force(on: date) -> Q:
    """Return the filter for posts that are held on the day ``on``; what was ended is over at once."""
    return Q(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        starts_on__lte=on,
        ended_at__isnull=True,
        organisation__is_active=True,
    )


def posts_in_force(person_id: int, on: date) -> QuerySet[Post]:
    """Return the posts that a person holds on the day ``on``, with their organisations and where these stand."""
    rows = Post.objects.select_related("organisation").filter(in_force(on), person_id=person_id)
    return _placed(rows).order_by("id")


POSTS_IN_FORCE = kept(posts_in_force)  # what every request asks


def posts_held_in(organisation_ids: Iterable[int], roles: Collection[Role], on: date) -> QuerySet[Post]:
    """Return the posts with one of ``roles`` that are held in these organisations on the day ``on``."""
    return Post.objects.filter(in_force(on), organisation_id__in=list(organisation_ids), role__in=roles)


def actor_for(person: Person, post: Post | None, remote_address: str | None = None) -> Actor:
    """Return the actor that ``person`` is under ``post`` (None: signed in without a post)."""
    if post is None:
        return Actor(person_id=person.pk, person_name=str(person), remote_address=remote_address)
    place = vars(post) if "place_path" in vars(post) else vars(_placed(Post.objects.filter(pk=post.pk)).get())
    return Actor(
        person_id=person.pk,
        person_name=str(person),
        post_id=post.pk,
        role=Role(post.role),
        organisation_id=post.organisation_id,
        organisation_name=post.organisation.name,
        organisation_kind=post.organisation.kind,
        tier=place["place_depth"],
        path=place["place_path"] or "",
        has_below=place["has_below"],
        has_points_below=place["has_points_below"],
        remote_address=remote_address,
    )


def _placed(rows: QuerySet[Post]) -> QuerySet[Post]:
    """Add where the organisation of each post stands in the distribution chain, in the same read."""
    below = _active_places(OuterRef("organisation_id"))
    # The first one beneath, asked for place by place until one has none: as NOT EXISTS the database would go through the
    # whole network for it, and this is read with every page.
    beneath = _active_places(OuterRef("organisation_id")).order_by().values("pk")[:1]
    return rows.annotate(
        place=FilteredRelation(
            "organisation__places", condition=Q(organisation__places__chain=Chain.DISTRIBUTION)
        ),
        place_depth=F("place__depth"),
        place_path=F("place__path"),
        has_below=Exists(below),
        has_points_below=Exists(below.annotate(beneath=Subquery(beneath)).filter(beneath=None)),
    )


def _active_places(superior: OuterRef) -> QuerySet[ChainNode]:
    return ChainNode.objects.filter(
        chain=Chain.DISTRIBUTION, superior_id=superior, organisation__is_active=True
    )
