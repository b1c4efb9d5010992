"""Reads of what learners and teachers wished for, and of the public page where they do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Count, Q, QuerySet, Sum

from lianxue.distribution.enums import Audience, RoundState
from lianxue.distribution.models import Need, PointDoor, Round, RoundTitle
from lianxue.distribution.queries.network import college_of_point
from lianxue.distribution.rules.demand import KEEPS_NEED, SEES_NEED
from lianxue.distribution.rules.rounds import READS_ROUND
from lianxue.kernel.errors import NotFound
from lianxue.kernel.rules import visible
from lianxue.kernel.search import to_query
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor, Chain
from lianxue.resources.public import EntryState


@dataclass(frozen=True)
class NeedCount:
    """How many copies learners and teachers wished for, and in how many wishes."""

    learners: int = 0
    teachers: int = 0
    wishes: int = 0

    @property
    def copies(self) -> int:
        return self.learners + self.teachers


def need_counts(round_id: int, point_id: int) -> dict[int, NeedCount]:
    """Return the wishes left at one point, by title of the round."""
    return _counts("title_id", Q(round_id=round_id, point_id=point_id))


def offered_titles(round_id: int) -> set[int]:
    """Return the titles of a round that can be asked for."""
    rows = RoundTitle.objects.filter(round_id=round_id, entry__state=EntryState.PUBLISHED)
    return set(rows.values_list("pk", flat=True))


def need_counts_of_title(title_id: int, point_ids: Collection[int]) -> dict[int, NeedCount]:
    """Return the wishes for one title, by point."""
    return _counts("point_id", Q(title_id=title_id, point_id__in=point_ids))


def need_counts_of_points(round_id: int, point_ids: Collection[int]) -> dict[int, NeedCount]:
    """Return the wishes left at several points together, by title of the round."""
    return _counts("title_id", Q(round_id=round_id, point_id__in=point_ids))


def _counts(by: Literal["title_id", "point_id"], condition: Q) -> dict[int, NeedCount]:
    rows = (
        Need.objects.filter(condition, title__isnull=False)
        .order_by()
        .values_list(by)
        .annotate(
            learners=Sum("quantity", filter=Q(audience=Audience.LEARNER), default=0),
            teachers=Sum("quantity", filter=Q(audience=Audience.TEACHER), default=0),
            wishes=Count("pk"),
        )
    )
    return {key: NeedCount(learners, teachers, wishes) for key, learners, teachers, wishes in rows}


def visible_needs(actor: Actor) -> QuerySet[Need]:
    """Return the wishes that ``actor`` may read, newest first."""
    rows = Need.objects.select_related("round", "point", "title__entry").defer("title__entry__search_vector")
    return visible(rows, SEES_NEED, actor).order_by("-left_at", "-pk")


def own_needs(actor: Actor) -> QuerySet[Need]:
    """Return the wishes left at the actor's own point, newest first."""
    return visible_needs(actor).filter(KEEPS_NEED.rows(actor))


def needs_of_round(actor: Actor, round: Round) -> QuerySet[Need]:
    """Return the wishes of one round: those below the actor, or all for the staff of its office."""
    if not READS_ROUND.holds(actor, round):
        return visible_needs(actor).filter(round=round)
    rows = Need.objects.select_related("round", "point", "title__entry").defer("title__entry__search_vector")
    return rows.filter(round=round).order_by("-left_at", "-pk")


def door_of(organisation_id: int | None) -> PointDoor | None:
    """Return the public door of a point, if it has one."""
    return PointDoor.objects.select_related("point").filter(point_id=organisation_id or 0).first()


def door_behind(token: str) -> PointDoor:
    """Return the door that a QR code opens. Raise ``NotFound``."""
    door = (
        PointDoor.objects.select_related("point")
        .filter(token=token.replace("\x00", ""), point__is_active=True)
        .first()
    )
    if door is None:
        raise NotFound
    return door


def round_for_door(door: PointDoor, day: date) -> Round | None:
    """Return the newest round in which wishes can be left at a point on ``day``, or None."""
    path = (
        ChainNode.objects.filter(chain=Chain.DISTRIBUTION, organisation_id=door.point_id)
        .values_list("path", flat=True)
        .first()
    )
    above = [int(part) for part in (path or "").split("/") if part]
    rounds = Round.objects.filter(state=RoundState.OPEN, office_id__in=above).order_by("-opened_at", "-pk")
    for round_ in rounds:
        if round_.takes_demand_on(day) and college_of_point(door.point_id, round_.office_id) is not None:
            return round_
    return None


def titles_matching(titles: QuerySet[RoundTitle], text: str, kind: str) -> QuerySet[RoundTitle]:
    """Narrow titles to published ones with all words of ``text`` and of one ``kind``; what means nothing narrows nothing."""
    titles = titles.filter(entry__state=EntryState.PUBLISHED)
    if words := text.replace("\x00", "").strip():
        query = to_query(words)
        by_name = Q(entry__title__icontains=words) | Q(entry__creator__icontains=words)
        titles = titles.filter(by_name | Q(entry__search_vector=query) if query is not None else by_name)
    if kind:
        titles = titles.filter(entry__kind=kind)
    return titles
