"""Two years of the demonstration streets: every street files, is guided, keeps evidence, is evaluated and decided."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from lianxue.demo.play.programmes import panels, streets
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.play.programmes.streets import DIVISION, EVALUATION, FILING, SUMMARY
from lianxue.orgs.public import Organisation
from lianxue.programmes.public import (
    Award,
    Days,
    Evidence,
    Filing,
    Guidance,
    LateConsent,
    Opinion,
    Panel,
    PanelState,
    Score,
)

EARLY_SHARE, RETURNED_SHARE, LATE_SHARE = 0.2, 0.1, 0.05  # in this made-up city
TERM_YEARS, PANEL_SIZE, EXPERTS = 3, 3, 12
RATIO = Decimal(30)  # of each district's streets; the guide gives no number, a call does
YEAR = 365
PACE = 40  # streets between two reports of progress


class StreetCycle:
    """Plays the cycle with the tree at hand; ``parts`` gives its stages in order."""

    def __init__(self, play: Play, at: datetime) -> None:
        self.play, self.at = play, at
        self.streets = play.tree.third_level
        self.early = {one.pk for one in self.streets if play.chance.random() < EARLY_SHARE}
        self.returned = 0
        begin = at.date()

        def window(first: int, last: int) -> Days:
            return Days(begin + timedelta(days=first), begin + timedelta(days=last))

        # S2-40…43: stages overlap; whoever is evaluated early files the summary before its window.
        self.call = streets.open_streets(
            play,
            title=f"{at.year}-{at.year + 1}年度上海市社区教育示范街镇创建",
            at=at,
            days={
                FILING: window(0, 89),
                DIVISION: window(59, 119),
                EVALUATION: window(90, YEAR + 272),
                SUMMARY: window(YEAR + 243, YEAR + 364),
            },
            term_years=TERM_YEARS,
            panel_size=PANEL_SIZE,
        )
        self.panel: Panel | None = None

    def parts(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Yield the name of each part and what plays it."""
        yield "filing", self.file
        yield "division of work", self.divide
        yield "evidence", self.keep
        yield "guidance", self.guide
        yield "early evaluation", self.apply_early
        yield "summaries", self.sum_up
        yield "panel", self.score
        yield "decisions", self.decide

    def _day(self, offset: int, street: Organisation | None = None) -> datetime:
        """Return a day of the cycle, streets spread over a fortnight."""
        spread = self.play.chance.randrange(14) if street else 0
        return self.at + timedelta(days=offset + spread)

    def _each(self, title: str) -> Iterator[Organisation]:
        for number, street in enumerate(self.streets, 1):
            yield street
            self.play.step(title, number, len(self.streets))

    def file(self) -> None:
        """Let every street file; some are returned and mended, some file late by consent."""
        for street in self._each("Filing"):
            at = self._day(20, street)
            if self.play.chance.random() < LATE_SHARE:
                at = self._day(95)
                until = at.date() + timedelta(days=20)
                streets.let_file_late(self.play, self.call, FILING, street, until_on=until, at=at)
            answers = streets.filing_answers(self.play, street)
            filing = self.play.file(self.call, FILING, street, answers, at=at)
            if self.play.chance.random() < RETURNED_SHARE:
                filing = self._mended(filing, at=at + timedelta(days=3))
            filing = streets.agree_in_district(self.play, filing, at=at + timedelta(days=8))
            streets.agree_in_city(self.play, filing, at=at + timedelta(days=12))

    def _mended(self, filing: Filing, *, at: datetime) -> Filing:
        self.returned += 1
        filing = streets.send_back(self.play, filing, at=at)
        answers = {"outcomes": self.play.one_of("streets", "outcomes") + "（已按意见补充）"}
        filing = self.play.write(filing, answers, at=at + timedelta(days=1))
        return self.play.hand_in(filing, at=at + timedelta(days=2))

    def divide(self) -> None:
        """Let every street say who does what."""
        for street in self._each("Division of work"):
            at = self._day(100)
            if LateConsent.objects.filter(call=self.call, unit=street).exists():
                at = self._day(118)
            filing = self.play.file(self.call, DIVISION, street, streets.division_answers(self.play), at=at)
            streets.agree_in_district(self.play, filing, at=at + timedelta(days=4))

    def keep(self) -> None:
        """Let every street keep evidence for all 14 items (S2-08)."""
        items = list(self.play.words["evidence"])
        for street in self._each("Evidence"):
            streets.keep_evidence(self.play, self.call, street, items, at=self._day(130, street))

    def guide(self) -> None:
        """Let the districts guide their streets, once in each half of the cycle (S2-49)."""
        for street in self._each("Guidance"):
            for half in (150, YEAR + 60):
                streets.guide(self.play, self.call, street, at=self._day(half, street))

    def apply_early(self) -> None:
        """Let streets that are far enough apply for the evaluation in stage 3 (S2-47)."""
        for street in self._each("Early evaluation"):
            if street.pk not in self.early:
                continue
            at = self._day(YEAR + 80)
            answers = streets.evaluation_answers(self.play)
            filing = self.play.file(self.call, EVALUATION, street, answers, at=at)
            filing = streets.agree_in_district(self.play, filing, at=at + timedelta(days=5))
            streets.agree_in_city(self.play, filing, at=at + timedelta(days=9))

    def sum_up(self) -> None:
        """Let every street sum up; who is evaluated early does so before the window opens."""
        for street in self._each("Summaries"):
            at = self._day(YEAR + (120 if street.pk in self.early else 250), street)
            answers = streets.summary_answers(self.play, street)
            filing = self.play.file(self.call, SUMMARY, street, answers, at=at)
            streets.agree_in_district(self.play, filing, at=at + timedelta(days=7))

    def score(self) -> None:
        """Draw the panel; an expert steps back from one filing; all others are scored; the scoring is closed."""
        at = self._day(YEAR + 300)
        self.panel = panels.draw(
            self.play,
            self.call,
            stage=SUMMARY,
            level="evaluation",
            size=PANEL_SIZE,
            experts=EXPERTS,
            at=at,
            ratio_percent=RATIO,
        )
        panels.step_back(self.play, panels.open_scores(self.panel)[0], at=at + timedelta(days=2))
        rows = panels.open_scores(self.panel)
        for first in range(0, len(rows), PACE):
            panels.score(self.play, rows[first : first + PACE], at=at + timedelta(days=10))
            self.play.step("Scores", min(first + PACE, len(rows)), len(rows))
        self.panel = panels.close(self.play, self.panel, at=at + timedelta(days=20))

    def decide(self) -> None:
        """Let the city decide by the ranking and close the call."""
        if self.panel is not None:
            panels.decide_by_ranking(self.play, self.panel, at=self._day(YEAR + 340))
        self.call = self.play.close(self.call, at=self._day(2 * YEAR))

    def figures(self) -> dict[str, Any]:
        """Return what came of it."""
        rows = Filing.objects.filter(call=self.call)
        stages = {
            stage: dict(sorted(Counter(rows.filter(stage=stage).values_list("state", flat=True)).items()))
            for stage in (FILING, DIVISION, EVALUATION, SUMMARY)
        }
        scores = Counter(Score.objects.filter(seat__panel__call=self.call).values_list("state", flat=True))
        return {
            "districts": len(self.play.tree.second_level),
            "streets": len(self.streets),
            "filings": stages,
            "returned_and_mended": self.returned,
            "late_by_consent": LateConsent.objects.filter(call=self.call).count(),
            "opinions": Opinion.objects.filter(revision__filing__call=self.call).count(),
            "evidence": Evidence.objects.filter(call=self.call).count(),
            "guidance": Guidance.objects.filter(call=self.call).count(),
            "scores": dict(sorted(scores.items())),
            "panel_closed": self.panel is not None and self.panel.state == PanelState.CLOSED,
            "statuses": Award.objects.filter(call=self.call, kind="status").count(),
        }
