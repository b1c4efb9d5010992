"""The year of Zhejiang's service teams: last year's roster, trainings, indicators, appraisals, recommendation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from lianxue.demo.play import letters
from lianxue.demo.play.programmes import rosters
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.play.service_teams import recommendations, trainings
from lianxue.demo.play.service_teams.appraisals import CityYear, publish
from lianxue.demo.year import WEEK, Year
from lianxue.orgs.public import Organisation
from lianxue.programmes.public import Call, RosterEntry, issue_decision_letter, issue_decision_letters
from lianxue.workforce.public import Comer, Part, Team, TrainingTopic

COUNTED = -70  # about the day of the trainings that the appraisal counts; they all lie in one year
SHORT = timedelta(hours=3)
TRAINED_SHARE = 0.93
# Zhoushan and Huzhou, the smallest cities, are done; Hangzhou, which can be entered with one click, is in the midst of it.
FINISHED = {"ZJ-3309": "commended", "ZJ-3305": "handed in"}
UNDER_WAY, COUNTY = "ZJ-3301", "ZJ-330102"
CONFIRMED, DECLARED, COUNTY_DECLARED = 6, 10, 5
LECTURERS = 4  # of the reviewers of a city, on the use of resources in their subjects
FEWEST_REVIEWERS = 3
WORKING_DAYS = 5
FEWEST_GUESTS, MOST_GUESTS = 5, 9  # administrators of schools at the training of a county (S1-42)


@dataclass
class ServiceTeams:
    """Plays the year of the service teams; to be called in the order of its methods."""

    play: Play
    year: Year

    @cached_property
    def cities(self) -> dict[str, Organisation]:
        """Return the cities that appraise, by code."""
        wanted = {*FINISHED, UNDER_WAY}
        return {one.code: one for one in self.play.tree.second_level if one.code in wanted}

    @cached_property
    def monday(self) -> int:
        """Return the Monday of the week of trainings, as an offset from today: no holiday in it, and no New Year."""
        first = COUNTED + -self.year.on(COUNTED).weekday() % WEEK
        while any(self.year.is_off(first + day) for day in range(WORKING_DAYS)):
            first += WEEK
        return first

    @property
    def appraised(self) -> int:
        """Return the year that is appraised."""
        return self.year.on(self.monday).year

    def report_rosters(self) -> None:
        """Play last year's roster call to its end: every city reports, the province approves and writes letters."""
        play, year = self.play, self.year
        begins = year.day(-425)
        call = rosters.open_roster(
            play,
            title=f"{begins.year}年教育资源公共服务体系服务队伍名单上报",
            at=begins,
            days=year.window(-425, -405),
        )
        for city in play.tree.second_level:
            named = self._administrators(city) if city.code in self.cities else {}
            answers = rosters.roster_answers(play, city, named=named, most=FEWEST_REVIEWERS)
            filing = play.file(call, rosters.STAGE, city, answers, at=year.day(-418))
            rosters.stamp(play, filing, at=year.day(-417))
            play.agree(filing, play.words["opinions"]["roster"], at=year.day(-410))
        office = play.tree.actor(play.tree.office)
        letters.use_code(office, play.tree.office, at=year.day(-426))
        issue_decision_letters(actor=office, at=year.day(-408), call=call)
        play.close(call, at=year.day(-400))

    def train(self) -> None:
        """Let the province, counties and cities train; one training goes on today, one is still to be closed."""
        play, office = self.play, self.play.tree.actor(self.play.tree.office)
        begins, ends = self._day(1), self._day(1, hour=16)
        written = trainings.particulars(
            "province",
            TrainingTopic.SYSTEM_ADMINS,
            begins,
            ends,
            audience=trainings.TEAMS,
            year=self.appraised,
        )
        trainings.hold(office, written, chance=play.chance, share=TRAINED_SHARE)
        for city in self.cities.values():
            self._train_in_city(city)
        self._train_now()

    def appraise(self) -> None:
        """Publish the indicators of the year; two cities are done, one is in the midst of it."""
        publish(self.play, self.appraised, at=self.year.day(-120))
        for number, code in enumerate(FINISHED):
            if code in self.cities:
                self._finish(CityYear(self.play, self.cities[code], self.appraised), day=-27 + number)
            self.play.step("Appraisals", number + 1, len(FINISHED) + 1)
        if UNDER_WAY in self.cities:
            self._go_half_way(CityYear(self.play, self.cities[UNDER_WAY], self.appraised))
        self.play.step("Appraisals", len(FINISHED) + 1, len(FINISHED) + 1)

    def recommend(self) -> Call:
        """Open the call for recommendations: one city is commended, with a letter, one waits for the province."""
        play, year = self.play, self.year
        call = recommendations.open_recommendations(
            play, self.appraised, at=year.day(-28), days=year.window(-28, 12)
        )
        for code, fate in FINISHED.items():
            if code not in self.cities:
                continue
            commended = fate == "commended"
            day = -14 if commended else -3
            filing = recommendations.fill_in(play, self.cities[code], self.appraised, at=year.day(day))
            filing = recommendations.complete(play, filing, at=year.day(day, hour=15))
            if commended:
                filing = play.agree(filing, play.words["opinions"]["commendation"], at=year.day(-5))
                office = play.tree.actor(play.tree.office)
                issue_decision_letter(actor=office, at=year.day(-4), filing=filing)
        return call

    def _administrators(self, city: Organisation) -> dict[str, str]:
        """Return the name of each county's administrator by area: who has an account sees the own sheet."""
        below = self.play.tree.beneath(city)
        return {str(one.division_id): self.play.tree.actor(one).person_name for one in below}

    def _day(self, after_monday: int, hour: int = 9) -> datetime:
        return self.year.day(self.monday + after_monday, hour=hour)

    def _train_in_city(self, city: Organisation) -> None:
        """Train in each county, where its trainer lectures (S1-62, S1-70), and by subject in the city (S1-78)."""
        play = self.play
        trainers = {one.area_id: one for one in self._entries(city, "trainers")}
        places = play.tree.beneath(city)
        # Hangzhou has not come to all of its counties yet; elsewhere the last one is a year late.
        places = places[:DECLARED] if city.code == UNDER_WAY else places[:-1]
        for number, place in enumerate([city, *places]):
            begins = self._day(2 + number % 2)
            area = area_of(place)
            written = trainings.particulars(
                "county", TrainingTopic.PLATFORM_USE, begins, begins + SHORT, audience=(), area=area
            )
            lecturer = _lecturer(trainers[place.division_id])
            trainings.hold(
                play.tree.actor(place),
                written,
                chance=play.chance,
                lecturers=[lecturer],
                guests=self._schools(area),
            )
        begins = self._day(4)
        written = trainings.particulars(
            "subject",
            TrainingTopic.SUBJECT_USE,
            begins,
            begins + SHORT,
            audience=(),
            city=area_of(city),
        )
        speakers = [_lecturer(one) for one in self._entries(city, "reviewers")[:LECTURERS]]
        trainings.hold(
            play.tree.actor(city),
            written,
            chance=play.chance,
            lecturers=speakers,
            guests=self._schools(area_of(city)),
        )

    def _schools(self, area: str) -> list[Comer]:
        """Return some people from schools of an area."""
        number = self.play.chance.randint(FEWEST_GUESTS, MOST_GUESTS)
        return [
            Comer(name=self.play.name(), unit=f"{area}{self.play.one_of('positions', 'schools')}")
            for _turn in range(number)
        ]

    def _train_now(self) -> None:
        """Leave a training that goes on today to everybody with one click, and two to Hangzhou."""
        play, year = self.play, self.year
        office = play.tree.actor(play.tree.office)
        written = trainings.particulars(
            "running",
            TrainingTopic.PLATFORM_USE,
            year.day(-1),
            year.day(2, hour=17),
            audience=trainings.ALL_BELOW,
        )
        session = trainings.announce(office, written, at=year.day(-9))
        left = frozenset(play.tree.actor(one).person_id or 0 for one in self._one_click())
        trainings.let_some_come(
            office, session, at=year.day(-1, hour=11), chance=play.chance, share=0.5, left=left
        )
        if UNDER_WAY not in self.cities:
            return
        city = self.cities[UNDER_WAY]
        hangzhou, name = play.tree.actor(city), area_of(city)
        for key, begins in (("to_close", year.working_day(-4, hour=14)), ("to_come", year.working_day(6))):
            topic = TrainingTopic.TRAINERS if key == "to_close" else TrainingTopic.SYSTEM_ADMINS
            written = trainings.particulars(
                key, topic, begins, begins + SHORT, audience=trainings.DIRECTLY_BELOW, city=name
            )
            trainings.announce(hangzhou, written, at=year.day(-8))

    def _one_click(self) -> list[Organisation]:
        wanted = {UNDER_WAY, COUNTY}
        return [one for one in self.play.tree.organisations.values() if one.code in wanted]

    def _finish(self, city: CityYear, *, day: int) -> None:
        city.begin(at=self.year.day(day))
        for number, row in enumerate(city.rows()):
            lags = row.team != Team.REVIEWERS and number % WEEK == WEEK - 3
            city.finish(row, at=self.year.day(day + 3), lags=lags)
        city.recommend_best(at=self.year.day(day + 6))

    def _go_half_way(self, city: CityYear) -> None:
        """Some trainers of the city are appraised and one is recommended; the county has begun to declare."""
        city.begin(at=self.year.day(-20))
        for row in city.rows(Team.TRAINERS)[:DECLARED]:
            city.declare(row, at=self.year.day(-12))
        for row in city.rows(Team.TRAINERS)[:CONFIRMED]:
            city.look(row, at=self.year.day(-6))
            city.confirm(row, at=self.year.day(-6))
        city.recommend_best(at=self.year.day(-2), leave=1)
        for row in city.rows(Team.SYSTEM_ADMINS):
            if row.county is not None and row.county.code == COUNTY:
                city.declare(row, at=self.year.day(-1), only=COUNTY_DECLARED)

    def _entries(self, city: Organisation, roster: str) -> list[RosterEntry]:
        rows = RosterEntry.objects.filter(filing__unit=city, roster=roster, starts_on__lt=self.year.on(-400))
        return list(rows.select_related("area").order_by("area_id", "pk"))


def area_of(organisation: Organisation) -> str:
    """Return the name of the area of a technology centre."""
    return organisation.name.removesuffix("教育技术中心")


def _lecturer(entry: RosterEntry) -> Comer:
    """Return somebody on a roster as a lecturer, by the name and unit that the roster has."""
    unit = str(entry.values.get("school") or (entry.area.name if entry.area else ""))
    return Comer(name=entry.name, unit=unit, part=Part.LECTURER)
