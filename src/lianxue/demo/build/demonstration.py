"""The demonstration: the network in the middle of a lively year, counted back from the day on which it is loaded."""

from collections.abc import Mapping
from datetime import datetime

from lianxue.accounts.public import Person
from lianxue.demo.accounts import read_accounts
from lianxue.demo.build.catalogue import build_categories, build_contributions, build_entries
from lianxue.demo.build.network import build_network
from lianxue.demo.build.programmes import load_programmes
from lianxue.demo.build.trainings import train_network
from lianxue.demo.cast import Cast
from lianxue.demo.play import (
    corners,
    demand,
    feedback,
    fulfilment,
    learners,
    parcels,
    reports,
    rounds,
    selections,
    unmet,
    use,
)
from lianxue.demo.play.player import Player, Step, no_step
from lianxue.demo.play.statistics import refresh_statistics
from lianxue.demo.titles import read_titles
from lianxue.demo.year import Year
from lianxue.distribution.public import Round, open_point_door
from lianxue.kernel import clock
from lianxue.kernel.clock import SHANGHAI
from lianxue.orgs.public import Organisation, actor_for, posts_in_force
from lianxue.resources.public import CatalogueEntry

SEED = 1
REPORTS_FROM_MONTH = 9  # from here on this year's reports are being written, before it last year's
# Districts in which everything has arrived and been looked at.
PROMPT_DISTRICTS = frozenset({"310106", "310107", "310110", "310113", "310117", "310118", "310151"})
# Who has counted at which point: a volunteer, for her administrator; an administrator alone, for the college.
COUNTERS = {"desk": "SH-CL-310101013", "waitan": "SH-CS-310101013"}
ONLINE_TITLES = 3
Offered = list[tuple[CatalogueEntry, Organisation]]


def load_demonstration(step: Step = no_step, *, colleges: int | None = None) -> None:
    """Fill an empty database: one round closed, one at receipt, one open; contributions in every state; reports.

    ``colleges`` keeps only so many organisations of level 2 with their points, and so many districts (None: all).
    """
    year = Year(clock.now())
    cast = build_network(at=year.day(-330), seed=SEED, step=step, colleges=colleges)
    categories = build_categories(cast, at=year.day(-325))
    entries = build_entries(cast, categories, at=year.day(-320), step=step)
    build_contributions(cast, categories, at=year.day(-1), seed=SEED, step=step)
    player = Player(cast, SEED, step)
    offered: Offered = [
        (entries[one.code], cast.organisations[one.supplier]) for one in read_titles() if one.kind != "online"
    ]
    for point in cast.points[:: len(cast.points) // 12]:
        open_point_door(actor=cast.actor(point), at=year.day(-300), point=point)
    fulfilment.set_up_corners(player, at=year.day(-280))
    refresh_statistics()
    use.set_terms(player, at=year.day(-279), days=30, share=0.6)
    for stated in (year.today.year - 1, year.today.year):
        first_day = datetime(stated, 1, 1, 9, tzinfo=SHANGHAI)
        learners.state_learners_of_all(player, year=stated, at=max(year.day(-85), first_day))
    _closed_round(player, year, offered[:14])
    before = _round_at_receipt(player, year, offered[8:22])
    # Titles of which there were too few are on offer again, so that what was not met can be carried over.
    after = _open_round(player, year, [*_on_offer_again(before, offered[8:22]), *offered[22:40]])
    unmet.carry_over(player, before, after, at=year.day(-1, hour=8))
    # Some colleges are early: whoever ends the demand as the office has something to share out.
    demand.aggregate(player, after, at=year.day(-1), left=_taking_their_time(cast))
    _parcels(player, year, before, [entry for entry, _supplier in offered])
    report_year = year.today.year if year.today.month >= REPORTS_FROM_MONTH else year.today.year - 1
    reports.write_reports(
        player,
        year=report_year,
        at=year.day(-18),
        share=0.55,
        draft_share=0.12,
        waiting=_one_click_points(cast),
    )
    _corners_and_counts(player, year, entries)
    selections.decide_points(player, year=year.day(-175).year, at=year.day(-2))
    selections.publish_providers(player, year=year.day(-1).year, at=year.day(-1))
    one_click = _one_click_points(cast)
    readers = [p for n, p in enumerate(cast.points) if n % 6 == 0 or p.code in one_click]
    feedback.say_what_they_think(player, readers, at=year.day(-6), left=one_click)
    train_network(cast, year, seed=SEED, left=frozenset(_one_click_organisations()))
    load_programmes(cast, year, seed=SEED, step=step, districts=colleges)


def _closed_round(player: Player, year: Year, offered: Offered) -> None:
    round = rounds.prepare_round(
        player,
        name=year.name(-250, "春季"),
        at=year.day(-250),
        entries=offered,
        days=year.days(-250, -222, -212, -170),
    )
    demand.leave_needs(player, round, at=year.day(-249), share=0.25)
    demand.state_demand(player, round, at=year.day(-248), share=0.97)
    demand.aggregate(player, round, at=year.day(-220))
    rounds.share_out(player, round, at=year.day(-208))
    refresh_statistics()
    fulfilment.dispatch_round(player, round, at=year.day(-198))
    refresh_statistics()
    fulfilment.receive_round(player, round, at=year.day(-194), photo_share=0.5)
    use.use_copies(player, round, at=year.day(-175), days=165, busy=_one_click_points(player.cast))
    use.return_loans(player, round, at=year.day(-1), share=0.82)
    parcels.settle_claims(player, round, at=year.day(-150))
    rounds.finish_round(player, round, at=year.day(-120), reason="个别学习点因装修延期签收，已与学校确认。")


def _round_at_receipt(player: Player, year: Year, offered: Offered) -> Round:
    round = rounds.prepare_round(
        player,
        name=year.name(-80, "秋季"),
        at=year.day(-80),
        entries=offered,
        days=year.days(-80, -58, -50, 5),
    )
    demand.leave_needs(player, round, at=year.day(-79), share=0.3)
    demand.state_demand(player, round, at=year.day(-78))
    demand.aggregate(player, round, at=year.day(-56))
    rounds.share_out(player, round, at=year.day(-46))
    refresh_statistics()
    fulfilment.dispatch_round(player, round, at=year.day(-20), share=0.88, first=PROMPT_DISTRICTS)
    refresh_statistics()
    fulfilment.receive_round(
        player,
        round,
        at=year.day(-16),
        share=0.72,
        photo_share=0.45,
        waiting=_one_click_points(player.cast),
        first=PROMPT_DISTRICTS,
    )
    use.use_copies(player, round, at=year.day(-10), days=9)
    return round


def _on_offer_again(round: Round, offered: Offered) -> Offered:
    """Return two titles of a round that fell short, or its last ones where it had enough of all."""
    short = unmet.short_titles(round)
    again = [one for one in offered if one[0].pk in short][:2]
    return again or offered[-2:]


def _parcels(player: Player, year: Year, round: Round, entries: list[CatalogueEntry]) -> None:
    """Leave claims in every state, copies on their way to another point, and parcels at a college."""
    parcels.answer_claims(player, round, at=year.day(-3))
    cast, one_click = player.cast, _one_click_points(player.cast)
    taker = next(point for point in cast.points if point.code in one_click)
    neighbours = [
        point for point in cast.points if cast.above[point.code] == cast.above[taker.code] and point != taker
    ]
    parcels.hand_on(player, neighbours[0], [taker, neighbours[1]], at=year.day(-2))
    parcels.send_without_demand(
        player,
        [taker, *neighbours[:3]],
        entries[-2:],
        name=f"{year.today.year}年市级配送资源",
        at=year.day(-4),
    )


def _open_round(player: Player, year: Year, offered: Offered) -> Round:
    round = rounds.prepare_round(
        player, name=year.name(-7, "冬季"), at=year.day(-7), entries=offered, days=year.days(-7, 9, 16, 75)
    )
    waiting = _one_click_points(player.cast)
    demand.leave_needs(player, round, at=year.day(-6), share=0.35)
    for point in (p for p in player.cast.points if p.code in waiting):
        demand.leave_needs_at(player, round, point, at=year.day(-5), visitors=6)
    demand.state_demand(player, round, at=year.day(-5), share=0.5, draft_share=0.15, waiting=waiting)
    demand.let_be_late(player, round, at=year.day(-1), until=year.on(13), share=0.02)
    return round


def _corners_and_counts(player: Player, year: Year, entries: Mapping[str, CatalogueEntry]) -> None:
    """Leave a corner to be arranged anew and a count to be settled to those who enter with one click."""
    waiting = _one_click_points(player.cast)
    corners.set_terms_of_office(player, at=year.day(-120), refresh_days=90)
    corners.arrange_anew(player, at=year.day(-30), share=0.9, left=waiting)
    people = {person.username: person for person in Person.objects.filter(username__in=COUNTERS)}
    for username, code in COUNTERS.items():
        person, point = people[username], player.cast.organisations[code]
        post = posts_in_force(person.pk, year.today).get(organisation=point)
        corners.count_copies(player, point, actor_for(person, post), at=year.day(-1, hour=15))
    online = [entries[one.code] for one in read_titles() if one.kind == "online"][:ONLINE_TITLES]
    some = [point for point in player.cast.points if point.code in waiting] + player.cast.points[::60]
    corners.hand_out_online(player, online, some, at=year.day(-60), days=59)


def _taking_their_time(cast: Cast) -> set[str]:
    """Return the codes of the colleges that have not submitted yet: those with one click, and every third of the others."""
    one_click = _one_click_organisations()
    others = [college.code for college in cast.colleges if college.code not in one_click]
    return one_click | set(others[2::3])


def _one_click_organisations() -> set[str]:
    """Return the codes of the organisations that can be entered with one click."""
    return {post.organisation for account in read_accounts() for post in account.posts}


def _one_click_points(cast: Cast) -> set[str]:
    """Return the codes of the points that can be entered with one click: their work is left for whoever enters."""
    return _one_click_organisations() & {point.code for point in cast.points}
