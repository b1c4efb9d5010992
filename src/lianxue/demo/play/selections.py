"""The yearly selections (S0-33, S0-57, S0-58): one decided with its certificates, one of which the weights are published.

The weights are made up: the sources publish none.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lianxue.demo.play.player import Player
from lianxue.distribution.public import (
    Award,
    Mark,
    Selection,
    begin_selection,
    decide_selection,
    follow_ranking,
    mark_candidates,
    publish_selection,
    rank_candidates,
    save_selection,
)

POINT_WEIGHTS = {
    "point-received": 20,
    "point-photographed": 20,
    "point-lent": 20,
    "point-issued": 15,
    "point-photos": 10,
    "point-report": 15,
}
PROVIDER_WEIGHTS = {
    "provider-contributed": 30,
    "provider-accepted": 30,
    "provider-accepted-share": 20,
    "provider-asked": 20,
}
CHOSEN = 12
PASSED_OVER = "上一年度已获表彰，本年度让给其他学习点。"
MOVED_UP = "在居村学习点开展流动借阅，成效突出。"


def decide_points(player: Player, *, year: int, at: datetime) -> None:
    """Select the outstanding points of a year: published, ranked, decided with one departure from the ranking."""
    selection = _published(player, year, Award.POINT, POINT_WEIGHTS, at=at - timedelta(days=40))
    office = player.cast.actor(player.cast.office)
    selection = rank_candidates(actor=office, at=at - timedelta(days=2), selection=selection)
    follow_ranking(actor=office, at=at - timedelta(days=1), selection=selection)
    ranked = list(selection.candidates.order_by("place", "organisation__code")[: CHOSEN + 1])
    marks = [Mark(one.pk, chosen=True) for one in ranked[1:CHOSEN]]
    marks += [
        Mark(ranked[0].pk, chosen=False, reason=PASSED_OVER),
        Mark(ranked[CHOSEN].pk, chosen=True, reason=MOVED_UP),
    ]
    mark_candidates(actor=office, at=at - timedelta(days=1), selection=selection, marks=marks)
    decide_selection(actor=office, at=at, selection=selection)
    player.step("Yearly selections", 1, 2)


def publish_providers(player: Player, *, year: int, at: datetime) -> None:
    """Publish what counts for the outstanding providers of a year."""
    _published(player, year, Award.PROVIDER, PROVIDER_WEIGHTS, at=at)
    player.step("Yearly selections", 2, 2)


def _published(
    player: Player, year: int, award: Award, weights: Mapping[str, int], *, at: datetime
) -> Selection:
    office = player.cast.actor(player.cast.office)
    selection = begin_selection(actor=office, at=at, year=year, award=award)
    save_selection(actor=office, at=at, selection=selection, weights=weights, places=CHOSEN)
    return publish_selection(actor=office, at=at, selection=selection)
