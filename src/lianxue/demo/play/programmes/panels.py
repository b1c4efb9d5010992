"""Panels: experts are drawn, score, step back where they are tied; the office decides by the ranking."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from lianxue.demo.play.programmes.play import Play
from lianxue.orgs.public import Actor
from lianxue.programmes.public import (
    Call,
    Decision,
    Filing,
    Panel,
    Score,
    ScoreState,
    begin_scoring,
    close_panel,
    declare_conflict,
    draw_panel,
    give_score,
    panel_rule,
    ranking,
)

LOWEST, HIGHEST = 0.55, 1.0  # of the points that an item gives at the most


def draw(
    play: Play,
    call: Call,
    *,
    stage: str,
    level: str,
    size: int,
    experts: int,
    at: datetime,
    ratio_percent: Decimal | None = None,
) -> Panel:
    """Let the office draw a panel from ``experts`` experts and let them begin."""
    office = play.tree.actor(play.tree.office)
    play.tree.experts(experts)
    panel = draw_panel(
        actor=office,
        at=at,
        call=call,
        stage=stage,
        level=level,
        size=size,
        seed=play.seed,
        ratio_percent=ratio_percent,
    )
    return begin_scoring(actor=office, at=at, panel=panel)


def open_scores(panel: Panel) -> list[Score]:
    """Return what is still to be scored, in the order in which it was drawn."""
    rows = Score.objects.filter(seat__panel=panel, state=ScoreState.OPEN)
    return list(rows.select_related("seat__expert", "seat__panel__call__revision").order_by("pk"))


def score(play: Play, rows: Iterable[Score], *, at: datetime) -> None:
    """Let experts score these."""
    for row in rows:
        items = panel_rule(row.seat.panel).items
        points = {
            one.key: int(one.most * (LOWEST + (HIGHEST - LOWEST) * play.chance.random())) for one in items
        }
        give_score(
            actor=_expert(play, row),
            at=at,
            score=row,
            points=points,
            comment=play.one_of("opinions", "scores"),
        )


def step_back(play: Play, row: Score, *, at: datetime) -> None:
    """Let an expert declare a conflict of interest; somebody else is drawn."""
    reason = play.one_of("opinions", "conflicts")
    declare_conflict(actor=_expert(play, row), at=at, score=row, reason=reason)


def close(play: Play, panel: Panel, *, at: datetime) -> Panel:
    """Let the office close the scoring."""
    return close_panel(actor=play.tree.actor(play.tree.office), at=at, panel=panel)


def decide_by_ranking(play: Play, panel: Panel, *, at: datetime, places: int | None = None) -> list[Filing]:
    """Let the office approve what the ranking leaves room for and decline the rest; return what was approved.

    ``places`` bounds how many there are in all; None: whatever the ratio leaves room for.
    """
    chosen = []
    for number, row in enumerate(ranking(panel)):
        is_in = row.may and (places is None or number < places)
        words = play.one_of("opinions", "evaluation" if is_in else "not_yet")
        decision = Decision.APPROVE if is_in else Decision.DECLINE
        decided = play.decide(row.filing, words, at=at, decision=decision)
        if is_in:
            chosen.append(decided)
    return chosen


def _expert(play: Play, row: Score) -> Actor:
    return next(one for one in play.tree.known_experts if one.person_id == row.seat.expert_id)
