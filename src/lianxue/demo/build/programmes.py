"""The calls of the demonstration: a roster half-way, streets in all four stages, projects being filed."""

from collections.abc import Sequence
from itertools import islice

from lianxue.demo.authorities import Authorities
from lianxue.demo.build.authorities import build_education, build_resource_service
from lianxue.demo.build.service_teams import ServiceTeams
from lianxue.demo.build.trainings import train_streets
from lianxue.demo.cast import Cast
from lianxue.demo.play import letters
from lianxue.demo.play.player import Step
from lianxue.demo.play.programmes import panels, projects, rosters, streets
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.play.programmes.streets import DIVISION, EVALUATION, FILING, SUMMARY
from lianxue.demo.year import Year
from lianxue.orgs.public import Organisation
from lianxue.programmes.public import Call, Decision, Filing, issue_decision_letters

# Where each city stands in the roster call; Hangzhou can be entered with one click and is half-way through its form.
CITIES = (
    "begun",
    "approved",
    "stamped",
    "approved",
    "stamped",
    "changing",
    "unstamped",
    "returned",
    "begun",
)
# Where the first streets of Huangpu stand: it and its second street, the Bund, can be entered with one click.
HUANGPU = ("filed", "begun", "at district", "summary at district", "panel", "evidence")
# Where streets of the other districts stand, one district after the other in turn; all others have not begun.
FATES = (
    *("panel", "evidence", "filed", "panel", "evidence", "divided", "filed", "at city"),
    *("panel", "evidence", "filed", "evidence", "divided", "applied", "filed"),
    *("panel", "at district", "evidence", "at city", "divided", "returned", "applied", "panel"),
    *("evidence", "filed", "begun", "evidence", "divided", "filed", "at city"),
)
LAST_TIME = 4  # streets that were given the status in the cycle before
EXPERTS, PANEL_SIZE, TERM_YEARS = 5, 3, 3


def load_programmes(cast: Cast, year: Year, *, seed: int, step: Step, districts: int | None = None) -> None:
    """Register the authorities of Zhejiang and Shanghai and play their calls; ``districts`` keeps only so many."""
    few = districts is not None
    service = build_resource_service(at=year.day(-430), seed=seed, cities=districts)
    teams = ServiceTeams(Play(service, seed + 49, step), year)
    teams.report_rosters()
    _roster(Play(service, seed, step), year)
    teams.train()
    teams.appraise()
    teams.recommend()
    education = build_education(
        at=year.day(-820), seed=seed, districts=districts, streets=12 if few else None
    )
    play = Play(education, seed, step)
    last = _last_cycle(play, year)
    _this_cycle(play, year)
    _tell_by_letter(play, last, year)
    train_streets(play, year)
    projects.play_projects(cast, year, seed=seed, step=step)


def _roster(play: Play, year: Year) -> None:
    """Play the province's call for service teams to its middle."""
    call = rosters.open_roster(
        play,
        title=f"{year.today.year}年教育资源公共服务体系服务队伍名单上报",
        at=year.day(-16),
        days=year.window(-16, 5),
        official_number=f"浙教技中心〔{year.today.year}〕33号（示例）",
    )
    cities = play.tree.second_level
    for number, (city, fate) in enumerate(zip(cities, CITIES, strict=False)):
        _city(play, call, city, fate, year, begun=number - 13)
        play.step("Cities", number + 1, len(cities))


def _city(play: Play, call: Call, city: Organisation, fate: str, year: Year, *, begun: int) -> None:
    answers = rosters.roster_answers(play, city)
    at = year.day(begun)
    if fate == "begun":
        part = {key: answers[key] for key in ("contact_name", "contact_phone", "administrators")}
        play.begin(call, rosters.STAGE, city, part, at=at)
        return
    filing = play.file(call, rosters.STAGE, city, answers, at=at)
    if fate != "unstamped":
        rosters.stamp(play, filing, at=year.day(begun, hour=15))
    if fate == "returned":
        words = play.one_of("opinions", "roster_return")
        play.decide(filing, words, at=year.day(begun + 2), decision=Decision.RETURN)
    if fate in {"approved", "changing"}:
        filing = play.agree(filing, play.words["opinions"]["roster"], at=year.day(begun + 2))
    if fate == "changing":
        rosters.give_notice(play, filing, from_on=year.on(3), at=year.day(-1))


def _last_cycle(play: Play, year: Year) -> Call:
    """Play the cycle before to its end: some streets hold the status, for a term (S2-03)."""
    first = year.day(-800)
    call = streets.open_streets(
        play,
        title=f"{first.year}-{first.year + 1}年度上海市社区教育示范街镇创建",
        at=first,
        days={
            FILING: year.window(-800, -720),
            DIVISION: year.window(-740, -680),
            EVALUATION: year.window(-700, -200),
            SUMMARY: year.window(-240, -120),
        },
        term_years=TERM_YEARS,
        panel_size=PANEL_SIZE,
    )
    district_heads = (play.tree.beneath(one)[-1] for one in reversed(play.tree.second_level))
    chosen = list(islice(district_heads, LAST_TIME))
    for street in chosen:
        filed = play.file(call, FILING, street, streets.filing_answers(play, street), at=year.day(-780))
        filed = streets.agree_in_district(play, filed, at=year.day(-770))
        streets.agree_in_city(play, filed, at=year.day(-760))
        streets.keep_evidence(play, call, street, list(play.words["evidence"]), at=year.day(-700))
        summed = play.file(call, SUMMARY, street, streets.summary_answers(play, street), at=year.day(-230))
        streets.agree_in_district(play, summed, at=year.day(-220))
    panel = panels.draw(
        play,
        call,
        stage=SUMMARY,
        level="evaluation",
        size=PANEL_SIZE,
        experts=EXPERTS,
        at=year.day(-200),
    )
    panels.score(play, panels.open_scores(panel), at=year.day(-190))
    panels.close(play, panel, at=year.day(-180))
    panels.decide_by_ranking(play, panel, at=year.day(-175), places=max(1, len(chosen) - 1))
    return play.close(call, at=year.day(-110))


def _tell_by_letter(play: Play, call: Call, year: Year) -> None:
    """Let the city write the letters about the cycle before; those of the present one are left to whoever enters."""
    office = play.tree.actor(play.tree.office)
    letters.use_code(office, play.tree.office, at=year.day(-173))
    issue_decision_letters(actor=office, at=year.day(-172), call=call)


def _this_cycle(play: Play, year: Year) -> None:
    """Play the present cycle: streets in all four stages, and a panel that is scoring."""
    first = year.day(-330)
    call = streets.open_streets(
        play,
        title=f"{first.year}-{first.year + 1}年度上海市社区教育示范街镇创建",
        at=first,
        days={
            FILING: year.window(-330, -240),
            DIVISION: year.window(-270, -200),
            EVALUATION: year.window(-240, 270),
            SUMMARY: year.window(250, 370),
        },
        term_years=TERM_YEARS,
        panel_size=PANEL_SIZE,
    )
    dealt = _dealt(play.tree)
    for number, (street, fate) in enumerate(dealt, 1):
        _Street(play, call, street, year).as_far_as(fate)
        play.step("Streets", number, len(dealt))
    panel = panels.draw(
        play,
        call,
        stage=SUMMARY,
        level="evaluation",
        size=PANEL_SIZE,
        experts=EXPERTS,
        at=year.day(-12),
    )
    rows = panels.open_scores(panel)
    mine = play.tree.known_experts[0].person_id  # who can be entered with one click still has all of it to do
    others = [row for row in rows if row.seat.expert_id != mine]
    if others:
        panels.step_back(play, others[0], at=year.day(-10))
    panels.score(play, others[1 : 1 + len(others) * 2 // 3], at=year.day(-6))


def _dealt(tree: Authorities) -> list[tuple[Organisation, str]]:
    """Return the streets that take part, each with how far it is."""
    first, *others = tree.second_level
    dealt = list(zip(tree.beneath(first), HUANGPU, strict=False))
    turns = [tree.beneath(one) for one in others]
    for number, fate in enumerate(FATES if turns else ()):
        below, turn = turns[number % len(turns)], number // len(turns)
        if turn < len(below) - 1:  # the last one of each district took part in the cycle before
            dealt.append((below[turn], fate))
    return dealt


class _Street:
    """Takes one street through the cycle as far as it is told."""

    def __init__(self, play: Play, call: Call, street: Organisation, year: Year) -> None:
        self.play, self.call, self.street, self.year = play, call, street, year

    def as_far_as(self, fate: str) -> None:
        """Play the street; the later ones file by consent, the others in the window."""
        is_late = fate in {"begun", "at district", "at city", "returned"}
        if is_late:
            until = self.year.on(20)
            streets.let_file_late(
                self.play, self.call, FILING, self.street, until_on=until, at=self.year.day(-30)
            )
        if fate == "begun":
            self._begin_only()
            return
        filing = self._file(FILING, streets.filing_answers(self.play, self.street), -14 if is_late else -300)
        if fate == "at district":
            return
        if fate == "returned":
            streets.send_back(self.play, filing, at=self.year.day(-9))
            return
        filing = streets.agree_in_district(self.play, filing, at=self.year.day(-8 if is_late else -285))
        if fate == "at city":
            return
        streets.agree_in_city(self.play, filing, at=self.year.day(-270))
        if fate != "filed":
            self._go_on(fate)

    def _begin_only(self) -> None:
        answers = streets.filing_answers(self.play, self.street)
        part = dict(islice(answers.items(), 8))
        self.play.begin(self.call, FILING, self.street, part, at=self.year.day(-5))

    def _go_on(self, fate: str) -> None:
        play, year = self.play, self.year
        divided = self._file(DIVISION, streets.division_answers(play), -255)
        streets.agree_in_district(play, divided, at=year.day(-245))
        if fate == "divided":
            return
        items: Sequence[str] = list(play.words["evidence"])
        is_complete = fate not in {"evidence", "applied"}
        kept = items if is_complete else items[: play.chance.randint(4, len(items) - 2)]
        streets.keep_evidence(play, self.call, self.street, kept, at=year.day(-190))
        for month in range(play.chance.randint(1, 3)):
            streets.guide(play, self.call, self.street, at=year.day(-150 + 40 * month))
        if fate == "evidence":
            return
        # S2-47: who is far enough applies for the evaluation before the last stage begins.
        applied = self._file(EVALUATION, streets.evaluation_answers(play), -60)
        applied = streets.agree_in_district(play, applied, at=year.day(-52))
        if fate == "applied":
            return
        streets.agree_in_city(play, applied, at=year.day(-45))
        summed = self._file(SUMMARY, streets.summary_answers(play, self.street), -30)
        if fate != "summary at district":
            streets.agree_in_district(play, summed, at=year.day(-20))

    def _file(self, stage: str, answers: dict[str, object], day: int) -> Filing:
        return self.play.file(self.call, stage, self.street, answers, at=self.year.day(day))
