"""Corners are arranged anew, copies are counted, online titles are handed out (S0-05, S0-29, S0-46)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from lianxue.demo.play.player import Player
from lianxue.distribution.public import (
    LineCount,
    OnlineAccess,
    begin_stocktake,
    finish_counting,
    grant_access,
    make_link,
    open_link,
    refresh_corner,
    save_counts,
    set_office_terms,
)
from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.public import CatalogueEntry

LINK_DAYS = 180
CLASSES = ("书画班", "摄影班", "合唱队", "")


def set_terms_of_office(player: Player, *, at: datetime, refresh_days: int) -> None:
    """Let the office say after how many days a corner is to be arranged anew (the source gives no number)."""
    office = player.cast.office
    set_office_terms(
        actor=player.cast.actor(office), at=at, office=office, refresh_days=refresh_days, keep_names_days=None
    )


def arrange_anew(player: Player, *, at: datetime, share: float, left: Collection[str]) -> None:
    """Let a share of the points arrange their corners anew; those whose codes are in ``left`` have not yet."""
    for point in player.cast.points:
        if point.code not in left and player.happens(share):
            refresh_corner(actor=player.cast.actor(point), at=at, point=point)


def count_copies(player: Player, point: Organisation, counter: Actor, *, at: datetime) -> None:
    """Let somebody count a point: one copy is gone from the store; it waits for the second person."""
    stocktake = begin_stocktake(actor=counter, at=at, point=point)
    lines = list(stocktake.lines.order_by("kind", "pk"))
    short = next((line for line in lines if line.kind == "shelf"), None)
    counts = [LineCount(line.pk, line.expected - (line == short)) for line in lines]
    save_counts(actor=counter, at=at, stocktake=stocktake, counts=counts)
    reasons = {short.pk: player.remarks.counted_short[0]} if short else {}
    finish_counting(actor=counter, at=at + timedelta(minutes=40), stocktake=stocktake, reasons=reasons)


def hand_out_online(
    player: Player,
    entries: Sequence[CatalogueEntry],
    points: Sequence[Organisation],
    *,
    at: datetime,
    days: int,
) -> None:
    """Open online titles to every point; at some points a link is handed out and opened on several days."""
    office = player.cast.actor(player.cast.office)
    for entry in entries:
        grant_access(actor=office, at=at, entry=entry, points=player.cast.points)
    for access in OnlineAccess.objects.filter(point__in=points).order_by("pk").select_related("point"):
        link = make_link(
            actor=player.cast.actor(access.point),
            at=at,
            access=access,
            days=LINK_DAYS,
            handed_to=player.chance.choice(CLASSES),
        )
        for _ in range(player.chance.randint(2, 9)):
            when = at + timedelta(days=player.chance.randrange(days))
            open_link(actor=Actor.visitor(), at=when, link=link)
