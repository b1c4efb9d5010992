"""Whatever people do with a filing, in whatever order: what was handed in stays, and the roster is what was approved.

Hypothesis plays the life of one street's filing on the real database, refusals included, and looks at it after each step.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.factories.orgs import AT
from tests.factories.programmes import PHONE, TrialCall, trial_call

from lianxue.kernel.errors import Refused
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import Decision, NoticeState, RevisionKind
from lianxue.programmes.models import ChangeNotice, Filing, FilingRevision, Opinion, RosterEntry
from lianxue.programmes.operations.desks.opinions import give_opinion
from lianxue.programmes.operations.filings.revisions import is_unchanged
from lianxue.programmes.operations.filings.save_answer import save_answer
from lianxue.programmes.operations.filings.submit import submit_filing, take_back_filing
from lianxue.programmes.operations.notices.change_notice import (
    begin_notice,
    decide_notice,
    save_notice,
    submit_notice,
)

NAMES = st.lists(st.sampled_from(["李甪", "张垟", "王栟", "赵"]), min_size=1, max_size=2, unique=True)
DECISIONS = st.sampled_from(Decision)
DAYS = st.integers(min_value=-3, max_value=9)
FIRST = date(2026, 2, 1)


class Life(RuleBasedStateMachine):
    """One street's filing: the street, its district and the city each do whatever comes to their mind."""

    trial: TrialCall
    filing: Filing

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.at = AT

    def teardown(self) -> None:
        """Check once more what the database checks at a commit, then take everything back."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    @initialize(is_approved=st.booleans())
    def open(self, is_approved: bool) -> None:
        self.trial = trial_call()
        self.filing = self.trial.fill(self.trial.filing(self.trial.network.streets[0]))
        if is_approved:
            self.hand_in()
            self.all_agree()

    @rule(names=NAMES)
    def save(self, names: list[str]) -> None:
        mark = int(self._now().marks.get("people", 0))
        self._try(
            lambda: save_answer(
                actor=self._unit(),
                at=self.at,
                filing=self.filing,
                key="people",
                value=self._rows(names),
                mark=mark,
            )
        )

    @rule()
    def hand_in(self) -> None:
        self._try(lambda: submit_filing(actor=self._unit(), at=self.at, filing=self.filing))

    @rule()
    def take_back(self) -> None:
        self._try(lambda: take_back_filing(actor=self._unit(), at=self.at, filing=self.filing))

    @rule(decision=DECISIONS, comment=st.sampled_from(["", "请补充"]))
    def district_says(self, decision: Decision, comment: str) -> None:
        self._say(self.trial.network.districts[0], decision, comment)

    @rule(decision=st.one_of(st.just(Decision.APPROVE), DECISIONS), comment=st.sampled_from(["", "同意"]))
    def city_says(self, decision: Decision, comment: str) -> None:
        self._say(self.trial.network.office, decision, comment)

    @rule()
    def all_agree(self) -> None:
        for organisation in (self.trial.network.districts[0], self.trial.network.office):
            self._say(organisation, Decision.APPROVE, "")

    @rule(names=NAMES, day=DAYS)
    def give_notice(self, names: list[str], day: int) -> None:
        effective_on = AT.date() + timedelta(days=day)
        self._try(
            lambda: begin_notice(
                actor=self._unit(), at=self.at, filing=self.filing, effective_on=effective_on
            )
        )
        notice = ChangeNotice.objects.filter(filing=self.filing).last()
        if notice is None:
            return
        self._try(
            lambda: submit_notice(
                actor=self._unit(),
                at=self.at,
                notice=save_notice(
                    actor=self._unit(),
                    at=self.at,
                    notice=notice,
                    version=notice.version,
                    answers={"people": self._rows(names)},
                    reason="人员变动",
                    effective_on=effective_on,
                ),
            )
        )

    @rule(accept=st.booleans())
    def decide(self, accept: bool) -> None:
        notice = ChangeNotice.objects.filter(filing=self.filing).last()
        city = self.trial.network.actor(self.trial.network.office)
        if notice:
            self._try(
                lambda: decide_notice(actor=city, at=self.at, notice=notice, accept=accept, comment="意见")
            )

    @rule(names=NAMES, day=DAYS)
    def change(self, names: list[str], day: int) -> None:
        self.give_notice(names, day)
        self.decide(accept=True)

    @rule(days=st.integers(0, 3))
    def wait(self, days: int) -> None:
        self.at += timedelta(days=days)

    @invariant()
    def constraints_hold(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def revisions_have_no_gap_and_fit_their_fingerprints(self) -> None:
        rows = list(FilingRevision.objects.order_by("number"))
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert all(is_unchanged(row) for row in rows)
        if hasattr(self, "filing"):
            assert self._now().revision_number == len(rows)

    @invariant()
    def every_level_speaks_once_in_turn(self) -> None:
        for revision in FilingRevision.objects.all():
            said = list(Opinion.objects.filter(revision=revision).order_by("position"))
            assert [one.position for one in said] == list(range(len(said)))
            assert all(one.decision == Decision.APPROVE for one in said[:-1])

    @invariant()
    def the_roster_of_any_day_is_what_was_approved_for_it(self) -> None:
        lists, entries = self._lists(), list(RosterEntry.objects.order_by("name"))
        for number in range(60):
            day = FIRST + timedelta(days=number)
            wanted: list[str] = []
            for begins, names in lists:
                wanted = names if begins <= day else wanted
            held = [row.name for row in entries if row.is_in_force(day)]
            assert held == sorted(wanted), day

    def _lists(self) -> list[tuple[date, list[str]]]:
        """Return every list that was approved, in the order of approval, with the day from which it counts."""
        found = []
        for revision in FilingRevision.objects.order_by("number"):
            names = [row["name"] for row in revision.answers["people"]]
            if revision.kind == RevisionKind.CHANGE:
                notice = ChangeNotice.objects.get(revision=revision)
                assert notice.state == NoticeState.APPROVED
                found.append((notice.effective_on, names))
            elif last := Opinion.objects.filter(revision=revision, position=1, decision="approve").first():
                found.append((last.given_at.date(), names))
        return found

    def _rows(self, names: list[str]) -> list[dict[str, str]]:
        area = self.trial.network.streets[0].division_id or ""
        return [
            {"_id": f"r{at}", "area": area, "name": name, "account": "", "mobile": PHONE}
            for at, name in enumerate(names, start=1)
        ]

    def _say(self, organisation: Organisation, decision: Decision, comment: str) -> None:
        actor = self.trial.network.actor(organisation)
        self._try(
            lambda: give_opinion(
                actor=actor, at=self.at, filing=self.filing, decision=decision, comment=comment
            )
        )

    def _unit(self) -> Actor:
        return self.trial.network.actor(self.filing.unit)

    def _now(self) -> Filing:
        return Filing.objects.get(pk=self.filing.pk)

    def _try(self, act: Callable[[], object]) -> None:
        """Do it; a refusal is fine, anything else is not."""
        with transaction.atomic():
            try:
                act()
            except Refused:
                transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_life_of_a_filing() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
