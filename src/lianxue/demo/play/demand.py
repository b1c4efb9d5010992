"""Learners leave needs, points ask, colleges add up and pass on (S0-41)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from lianxue.demo.play.player import Player
from lianxue.distribution.public import (
    Audience,
    DemandBatch,
    DemandLine,
    DemandState,
    LineChange,
    PointDoor,
    Round,
    RoundTitle,
    Wish,
    adjust_lines,
    give_late_consent,
    leave_need,
    open_point_door,
    save_demand,
    submit_batch,
    submit_demand,
)
from lianxue.orgs.public import Actor, Organisation

WANTED_SHARE = 0.3  # of the titles on offer that a point asks for, in this made-up world
NOTHING_SHARE = 0.02
ADJUSTED_SHARE = 0.03
LATE_REASONS = ("校舍搬迁，网络尚未开通。", "负责老师外出培训，下周返校。", "街镇正在合并学习点，名单待定。")


def leave_needs(player: Player, round: Round, *, at: datetime, share: float) -> None:
    """Let learners and teachers at some points scan the QR code and say what they would like."""
    points = [point for point in player.cast.points if player.happens(share)]
    for number, point in enumerate(points, 1):
        leave_needs_at(player, round, point, at=at, visitors=player.chance.randint(1, 4))
        player.step("Needs", number, len(points))


def leave_needs_at(player: Player, round: Round, point: Organisation, *, at: datetime, visitors: int) -> None:
    """Let ``visitors`` people leave needs at one point, some hours apart."""
    titles = list(round.titles.order_by("pk"))
    door = open_point_door(actor=player.cast.actor(point), at=at, point=point)
    for visitor in range(visitors):
        _leave_need(player, door, round, titles, at + timedelta(hours=visitor * 3, minutes=point.pk % 60))


def _leave_need(
    player: Player, door: PointDoor, round: Round, titles: Sequence[RoundTitle], at: datetime
) -> None:
    note = player.chance.choice(player.remarks.needs)
    chosen = player.chance.sample(titles, k=min(len(titles), player.chance.randint(1, 3)))
    leave_need(
        actor=Actor.visitor(),
        at=at,
        door=door,
        round=round,
        wishes=[Wish(title.pk, player.chance.randint(1, 3)) for title in chosen],
        audience=Audience(note.audience),
        person_name=player.names.elder() if player.happens(0.5) else "",
        note=note.note,
    )


def state_demand(
    player: Player,
    round: Round,
    *,
    at: datetime,
    share: float = 1.0,
    draft_share: float = 0.0,
    waiting: Collection[str] = (),
) -> None:
    """Let points fill in and submit what they ask for, over the days after ``at``.

    With ``share`` below 1 the rest has not begun, nor have those whose codes are in ``waiting``; ``draft_share`` of
    all points have begun without submitting.
    """
    titles = list(round.titles.order_by("pk"))
    points = player.cast.points
    for number, point in enumerate(points, 1):
        lot = player.chance.random()
        when = at + timedelta(minutes=13 * number)
        if point.code in waiting:
            continue
        if lot < share:
            _state(player, point, round, titles, when, is_submitted=True)
        elif lot < share + draft_share:
            _state(player, point, round, titles, when, is_submitted=False)
        player.step("Demand", number, len(points))


def _state(
    player: Player,
    point: Organisation,
    round: Round,
    titles: Sequence[RoundTitle],
    at: datetime,
    *,
    is_submitted: bool,
) -> None:
    actor = player.cast.actor(point)
    if is_submitted and player.happens(NOTHING_SHARE):
        submit_demand(actor=actor, at=at, round=round, needs_nothing=True)
        return
    wanted = [title for title in titles if player.happens(WANTED_SHARE)] or list(titles[:1])
    save_demand(
        actor=actor,
        at=at,
        round=round,
        quantities={title.pk: player.chance.choice((2, 3, 3, 4, 5, 6, 8, 10)) for title in wanted},
    )
    if is_submitted:
        submit_demand(actor=actor, at=at + timedelta(minutes=6), round=round)


def let_be_late(player: Player, round: Round, *, at: datetime, until: date, share: float) -> None:
    """Let colleges give some of their points leave to report later."""
    for college in player.cast.colleges:
        late = [
            point.pk
            for point in player.cast.points
            if player.cast.college_of(point) == college and player.happens(share)
        ]
        if late:
            give_late_consent(
                actor=player.cast.actor(college),
                at=at,
                round=round,
                organisation_ids=late,
                until=until,
                reason=player.chance.choice(LATE_REASONS),
            )


def aggregate(
    player: Player, round: Round, *, at: datetime, share: float = 1.0, left: Collection[str] = ()
) -> None:
    """Let colleges go through the lines, change some with a reason, and submit (汇总上报), all but those in ``left``."""
    batches = list(
        DemandBatch.objects.filter(round=round).select_related("college").order_by("college__code")
    )
    for number, batch in enumerate(batches, 1):
        if player.happens(share) and batch.college.code not in left:
            actor, when = player.cast.actor(batch.college), at + timedelta(minutes=41 * number)
            _adjust(player, actor, batch, when)
            submit_batch(actor=actor, at=when + timedelta(minutes=10), batch=batch)
        player.step("Aggregation", number, len(batches))


def _adjust(player: Player, actor: Actor, batch: DemandBatch, at: datetime) -> None:
    lines = DemandLine.objects.filter(request__batch=batch, request__state=DemandState.SUBMITTED).order_by(
        "pk"
    )
    changes = [
        LineChange(line.pk, max(1, line.agreed + player.chance.choice((-2, -1, 1, 2))), reason)
        for line in lines
        if player.happens(ADJUSTED_SHARE)
        for reason in [player.chance.choice(player.remarks.adjusted)]
    ]
    if changes:
        adjust_lines(actor=actor, at=at, batch=batch, changes=changes)
