"""The yearly appraisal: indicators are published, parts declared and looked at, people recommended within the ratio."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from lianxue.demo.play.programmes.play import Play
from lianxue.demo.play.service_teams.words import read_team_words, said
from lianxue.orgs.public import Actor, Organisation
from lianxue.workforce.public import (
    Appraisal,
    Declaration,
    IndicatorSet,
    OfficeNumbers,
    PartVerdict,
    Rounding,
    Team,
    begin_appraisals,
    confirm_appraisal,
    declare_part,
    find_part,
    link_account,
    publish_indicators,
    quotas_of,
    recommend,
)

KEY = "service-team-indicators 2021.1"
LEFT_TO_THE_OFFICE = ("review_days", "timely_share", "positive_stars", "positive_share")

# Parts that only people can judge, by team; the reviews of Zhejiang's own library do not stand on this platform.
LOOKED_AT: dict[str, tuple[str, ...]] = {
    Team.SYSTEM_ADMINS: (),
    Team.TRAINERS: ("promotion.course_design", "promotion.promoted"),
    Team.REVIEWERS: (
        "cataloguing.catalogue_checked",
        "reviewing.timely",
        "reviewing.positive",
        "proposals.proposals",
    ),
}


def publish(play: Play, year: int, *, at: datetime) -> IndicatorSet:
    """Let the province publish the indicators of a year with its own numbers (S1-49, S1-52, S1-81)."""
    numbers = read_team_words()["numbers"]
    ratio = Decimal(numbers["ratio"])
    given = OfficeNumbers(
        numbers={key: Decimal(numbers[key]) for key in LEFT_TO_THE_OFFICE},
        ratios=dict.fromkeys(Team, ratio),
        rounding=Rounding.DOWN,
    )
    return publish_indicators(actor=play.tree.actor(play.tree.office), at=at, key=KEY, year=year, given=given)


@dataclass
class CityYear:
    """The appraisal of one city and year."""

    play: Play
    city: Organisation
    year: int

    @property
    def actor(self) -> Actor:
        """Return whoever acts for the city."""
        return self.play.tree.actor(self.city)

    def begin(self, *, at: datetime) -> None:
        """Let the city begin; administrators of counties have accounts, the city says which."""
        begin_appraisals(actor=self.actor, at=at, year=self.year)
        below = {one.pk: one for one in self.play.tree.beneath(self.city)}
        for row in self.rows(Team.SYSTEM_ADMINS):
            if row.county_id is None:
                continue
            county = self.play.tree.actor(below[row.county_id])
            if county.person_name == row.entry.name:
                username = below[row.county_id].posts.get(person_id=county.person_id or 0).person.username
                link_account(actor=self.actor, at=at, appraisal=row, username=username)

    def rows(self, *teams: Team) -> list[Appraisal]:
        """Return the sheets of some teams, or of all, in the order of areas."""
        rows = Appraisal.objects.filter(city=self.city, year=self.year, team__in=teams or tuple(Team))
        return list(rows.select_related("entry__area", "entry__account", "county"))

    def declare(self, row: Appraisal, *, at: datetime, only: int | None = None, lags: bool = False) -> None:
        """Let whoever answers for the area declare, ``only`` the first parts or all; one who ``lags`` misses a number."""
        county = row.county
        actor = self.play.tree.actor(county) if county else self.actor
        for part, declaration in list(self._declarations(row, lags=lags))[:only]:
            declare_part(actor=actor, at=at, appraisal=row, part=part, declaration=declaration)

    def look(self, row: Appraisal, *, at: datetime) -> None:
        """Let the city look at what only people can judge."""
        for part in LOOKED_AT[row.team]:
            find_part(
                actor=self.actor,
                at=at,
                appraisal=row,
                part=part,
                verdict=PartVerdict.MET,
                reason=said("found", "looked"),
            )

    def finish(self, row: Appraisal, *, at: datetime, lags: bool = False) -> Appraisal:
        """Take one sheet from the declaration to the confirmation."""
        self.declare(row, at=at, lags=lags)
        self.look(row, at=at)
        return self.confirm(row, at=at)

    def confirm(self, row: Appraisal, *, at: datetime) -> Appraisal:
        """Let the city confirm a sheet."""
        return confirm_appraisal(actor=self.actor, at=at, appraisal=row)

    def recommend_best(self, *, at: datetime, leave: int = 0) -> None:
        """Let the city recommend as many as the ratio allows, those first who met all; ``leave`` places stay free."""
        office = self.play.tree.office
        for quota in quotas_of(self.city.pk, office.pk, self.year):
            done = [row for row in self.rows(quota.team) if row.confirmed_at is not None]
            # Of those who met all, first whoever has an account and finds the certificate there.
            best = sorted(done, key=lambda row: (not row.did_meet_all, not hasattr(row.entry, "account")))
            for row in best[: max(0, quota.places - leave)]:
                words = "" if row.did_meet_all else said("recommended", "short")
                recommend(actor=self.actor, at=at, appraisal=row, words=words)

    def _declarations(self, row: Appraisal, *, lags: bool) -> Iterable[tuple[str, Declaration]]:
        if row.team == Team.SYSTEM_ADMINS:
            return self._of_administrator(lags=lags)
        if row.team == Team.TRAINERS:
            return self._of_trainer(row, lags=lags)
        return self._of_reviewer()

    def _of_administrator(self, *, lags: bool) -> Iterable[tuple[str, Declaration]]:
        chance = self.play.chance
        teachers, students = chance.randint(1_200, 5_200), chance.randint(18_000, 70_000)
        shares = {
            "base_data.teachers_error": (round(teachers * (1.07 if lags else 1.01)), teachers, "error"),
            "base_data.students_error": (round(students * 0.99), students, "error"),
            "experience.experienced_teachers": (round(teachers * 0.46), teachers, "experience"),
        }
        counts = {
            "base_data.autumn_updates": (1, "updates"),
            "base_data.spring_updates": (1, "updates"),
            "premium.premium_resources": (chance.randint(1, 4), "premium"),
            "premium.home_school": (1, "home_school"),
            "courses.new_courses": (chance.randint(1, 3), "courses"),
            "sharing.quality_resources": (chance.randint(1, 6), "sharing"),
            "scenario.scenarios": (1, "scenario"),
            **{f"security.{what}_incidents": (0, "security") for what in ("space", "user", "file", "speech")},
        }
        for part, (first, second, words) in shares.items():
            numbers = {"first": str(first), "second": str(second)}
            yield part, Declaration(numbers=numbers, words=said("declared", words))
        for part, (number, words) in counts.items():
            yield part, Declaration(numbers={"number": str(number)}, words=said("declared", words))

    def _of_trainer(self, row: Appraisal, *, lags: bool) -> Iterable[tuple[str, Declaration]]:
        characters = (
            self.play.chance.randint(1_500, 1_900) if lags else self.play.chance.randint(2_050, 3_400)
        )
        link = f"https://example.org/space/{row.entry.area_id}/{self.year}"
        yield "article.article", Declaration(numbers={"characters": str(characters)}, link=link)
        for part in ("course_design", "promoted"):
            yield f"promotion.{part}", Declaration(words=said("declared", part))

    def _of_reviewer(self) -> Iterable[tuple[str, Declaration]]:
        yield "cataloguing.catalogue_checked", Declaration(words=said("declared", "catalogue"))
        errors = Declaration(numbers={"number": "0"}, words=said("declared", "errors"))
        yield "cataloguing.errors_passed", errors
        proposals = read_team_words()["proposals"]
        yield "proposals.proposals", Declaration(words=self.play.chance.choice(proposals))
