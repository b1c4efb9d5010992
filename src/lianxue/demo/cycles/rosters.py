"""A year of the roster of service teams: every city files for itself and its counties; faults, returns, late ones, changes."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from typing import Any

from lianxue.demo.play.programmes import rosters
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.play.programmes.streets import let_file_late
from lianxue.programmes.public import (
    CallState,
    ChangeNotice,
    Days,
    Decision,
    Filing,
    LateConsent,
    NotComplete,
    Opinion,
    RosterEntry,
    Scan,
)

WINDOW_DAYS, LATE_DAYS = 15, 10  # S1-46, S1-47: from the middle to the end of April
FAULTY_EVERY, LATE_EVERY, RETURNED_EVERY = 2, 5, 4  # one city in so many
CHANGE_ROUNDS = 3  # change notices over the year, one city in two each time


class RosterYear:
    """Plays the call with the tree at hand; one part after the other."""

    def __init__(self, play: Play, at: datetime) -> None:
        self.play, self.at = play, at
        self.cities = play.tree.second_level
        self.filings: dict[int, Filing] = {}
        self.faults_found = 0
        window = Days(at.date(), at.date() + timedelta(days=WINDOW_DAYS))
        self.call = rosters.open_roster(play, title=f"{at.year}年服务队伍名单上报", at=at, days=window)

    def file(self) -> None:
        """Let every city fill in; some with a fault that is found and mended, some late and by consent."""
        faults = cycle(rosters.faults_to_make())
        for number, city in enumerate(self.cities):
            at = self.at + timedelta(days=2 + number % 10)
            if number % LATE_EVERY == 1:
                at = self.at + timedelta(days=WINDOW_DAYS + 3)
                until = at.date() + timedelta(days=LATE_DAYS)
                let_file_late(self.play, self.call, rosters.STAGE, city, until_on=until, at=at)
            answers = rosters.roster_answers(self.play, city)
            if number % FAULTY_EVERY == 0:
                self.filings[city.pk] = self._with_fault(city.pk, answers, next(faults), at=at)
            else:
                self.filings[city.pk] = self.play.file(self.call, rosters.STAGE, city, answers, at=at)
            self.play.step("Cities", number + 1, len(self.cities))

    def _with_fault(self, city_id: int, answers: dict[str, Any], fault: str, *, at: datetime) -> Filing:
        city = self.play.tree.by_id[city_id]
        spoilt = rosters.spoil(answers, fault)
        filing = self.play.begin(self.call, rosters.STAGE, city, spoilt, at=at)
        try:
            self.play.hand_in(filing, at=at)
        except NotComplete:
            self.faults_found += 1
        filing = self.play.write(filing, answers, at=at + timedelta(hours=2))
        return self.play.hand_in(filing, at=at + timedelta(hours=3))

    def stamp(self) -> None:
        """Let every city send in the stamped scan of what it filed (S1-47)."""
        for filing in self.filings.values():
            rosters.stamp(self.play, filing, at=filing.since + timedelta(hours=5))

    def decide(self) -> None:
        """Let the province approve; some are returned first, mended, stamped anew and handed in again."""
        at = self.at + timedelta(days=WINDOW_DAYS + 8)
        for number, (city_id, filing) in enumerate(list(self.filings.items())):
            is_returned = number % RETURNED_EVERY == 1
            lying = self._once_more(filing, at=at) if is_returned else filing
            words = self.play.words["opinions"]["roster"]
            self.filings[city_id] = self.play.agree(lying, words, at=at + timedelta(days=4))

    def _once_more(self, filing: Filing, *, at: datetime) -> Filing:
        words = self.play.one_of("opinions", "roster_return")
        filing = self.play.decide(filing, words, at=at, decision=Decision.RETURN)
        answers = {"contact_name": self.play.name()}
        filing = self.play.write(filing, answers, at=at + timedelta(days=1))
        filing = self.play.hand_in(filing, at=at + timedelta(days=2))
        rosters.stamp(self.play, filing, at=at + timedelta(days=2, hours=4))
        return filing

    def change(self) -> None:
        """Let some cities replace reviewers over the year, by notices that the province accepts (S1-48)."""
        for turn in range(CHANGE_ROUNDS):
            at = self.at + timedelta(days=60 + 70 * turn)
            for filing in islice(self.filings.values(), turn % 2, None, 2):
                filing.refresh_from_db()
                from_on = at.date() + timedelta(days=10)
                notice = rosters.give_notice(self.play, filing, from_on=from_on, at=at)
                rosters.accept_notice(self.play, notice, at=at + timedelta(days=3))
        self.call = self.play.close(self.call, at=self.at + timedelta(days=300))

    def days_to_check(self) -> Sequence[date]:
        """Return days before, between and after everything that changes a roster."""
        return [
            self.at.date() + timedelta(days=offset) for offset in (0, 26, 27, 28, 69, 70, 139, 140, 210, 400)
        ]

    def figures(self) -> dict[str, Any]:
        """Return what came of it."""
        rows = Filing.objects.filter(call=self.call)
        decisions = Counter(
            Opinion.objects.filter(revision__filing__call=self.call).values_list("decision", flat=True)
        )
        entries = RosterEntry.objects.filter(call=self.call)
        in_force = Counter(entries.filter(ends_on__isnull=True).values_list("roster", flat=True))
        return {
            "cities": len(self.cities),
            "counties": sum(len(self.play.tree.beneath(city)) for city in self.cities),
            "filings": rows.count(),
            "approved": rows.filter(state="approved").count(),
            "revisions": sum(rows.values_list("revision_number", flat=True)),
            "faults_found_and_mended": self.faults_found,
            "late_by_consent": LateConsent.objects.filter(call=self.call).count(),
            "returned": decisions["return"],
            "opinions": sum(decisions.values()),
            "stamped_scans": Scan.objects.filter(filing__call=self.call, state="matched").count(),
            "change_notices": ChangeNotice.objects.filter(filing__call=self.call, state="approved").count(),
            "roster_in_force": dict(sorted(in_force.items())),
            "roster_entries": entries.count(),
            "closed": self.call.state == CallState.CLOSED,
        }
