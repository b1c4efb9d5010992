"""Each rule of programmes says the same of one row as of many: what a list shows is what a page opens."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db.models import Model, QuerySet
from tests.factories.orgs import AT
from tests.factories.programmes import TrialCall
from tests.factories.programmes_people import everybody
from tests.kernel.test_files import picture

from lianxue.kernel.rules import Rule, visible
from lianxue.orgs.public import Actor, Role
from lianxue.programmes.enums import Decision
from lianxue.programmes.models import (
    Award,
    Call,
    ChangeNotice,
    DossierLink,
    Evidence,
    Filing,
    Guidance,
    Panel,
    RosterEntry,
    Scan,
    Score,
)
from lianxue.programmes.operations.archive.dossier_links import make_dossier_link
from lianxue.programmes.operations.archive.evidence import add_evidence
from lianxue.programmes.operations.archive.guidance import log_guidance
from lianxue.programmes.operations.calls.prepare import create_call
from lianxue.programmes.operations.filings.scans import send_scan
from lianxue.programmes.operations.notices.change_notice import begin_notice, save_notice, submit_notice
from lianxue.programmes.operations.panels.draw import draw_panel
from lianxue.programmes.rules import archive, awards, calls, filing, panels

pytestmark = pytest.mark.django_db


def _rules() -> Iterator[tuple[Rule[Actor], QuerySet[Model]]]:
    subjects: dict[type[Model], list[Rule[Actor]]] = {
        Filing: [
            filing.FILLS_IN,
            filing.WAS_HANDED_IN,
            filing.SEES_FILING,
            filing.SITS_AT_DESK,
            filing.SEES_OR_DECIDES,
            filing.OPENS_PAPER,
            filing.SPOKE_LAST,
        ],
        ChangeNotice: [filing.DECIDES_NOTICE, filing.WRITES_NOTICE, filing.SEES_NOTICE],
        Scan: [filing.JUDGES_SCAN, filing.SEES_SCAN],
        Call: [calls.RUNS_CALL, calls.READS_CALL, calls.TOLD_OF, calls.SEES_CALL],
        Evidence: [archive.KEEPS_EVIDENCE, archive.SEES_EVIDENCE],
        Guidance: [archive.SEES_GUIDANCE],
        DossierLink: [archive.SEES_LINK],
        Award: [awards.RUNS_AWARD, awards.SEES_AWARD],
        RosterEntry: [awards.SEES_ROSTER],
        Panel: [panels.RUNS_PANEL, panels.SEES_PANEL],
        Score: [panels.SCORES],
    }
    for model, rules in subjects.items():
        for rule in rules:
            yield rule, model._default_manager.all()


def _world(trial: TrialCall) -> dict[str, Actor]:
    """Make filings in every state and at every desk, notices, scans, evidence, guidance, a link, a panel, a draft call."""
    network, (first, second, third, fourth) = trial.network, trial.network.streets
    actors = everybody(network)
    office, district = network.actor(network.office), network.actor(network.districts[0])
    create_call(actor=office, at=AT, code="trial", title="2027年试行", year=2027)
    create_call(actor=office, at=AT, code="trial", title="2025年试行", year=2025)
    approved = trial.approved(first)
    notice = begin_notice(actor=actors["U"], at=AT, filing=approved, effective_on=date(2026, 4, 1))
    save_notice(
        actor=actors["U"], at=AT, notice=notice, version=0, answers={"head_name": "张垟"}, reason="变动"
    )
    submit_notice(actor=actors["U"], at=AT, notice=notice)
    at_first_desk = trial.submitted(second)
    send_scan(
        actor=network.actor(second), at=AT, filing=at_first_desk, upload=ContentFile(picture(), "扫描.jpg")
    )
    trial.opinion(trial.opinion(trial.submitted(third)), Decision.RETURN)
    trial.approved(fourth)
    trial.filing(fourth, "summary")  # a draft that nobody handed in
    summary = trial.submit(trial.fill(trial.filing(first, "summary")))
    assert summary.desk == network.office
    draw_panel(actor=office, at=AT, call=trial.call, stage="summary", level="city", size=1, seed=1)
    add_evidence(
        actor=actors["U"], at=AT, call=trial.call, unit=first, item="plan", title="规划", words="见文"
    )
    log_guidance(actor=district, at=AT, call=trial.call, unit=first, given_on=AT.date(), words="到访")
    make_dossier_link(actor=district, at=AT, call=trial.call, unit=first, handed_to="专家", days=3)
    return actors | {
        f"{role} {organisation.code}": network.actor(organisation, role)
        for organisation in (network.office, *network.districts, *network.streets)
        for role in (Role.TIER_ADMIN, Role.AUDITOR, Role.RESOURCE_REVIEWER, Role.EXPERT, Role.DESK_CLERK)
    }


def test_both_halves_of_every_rule_agree(trial: TrialCall) -> None:
    actors = _world(trial)
    held = dict.fromkeys((rule.name for rule, _rows in _rules()), 0)
    for rule, rows in _rules():
        assert rows.exists(), rule.name
        for who, actor in actors.items():
            listed = set(visible(rows, rule, actor).values_list("pk", flat=True))
            opened = {row.pk for row in rows if rule.holds(actor, row)}
            assert listed == opened, (rule.name, who)
            held[rule.name] += len(opened)
    assert all(held.values()), held  # no rule agrees by never holding


def test_who_sees_which_filing(trial: TrialCall) -> None:
    """A draft is the unit's own; what was handed in is open to everybody above, to nobody beside."""
    network = trial.network
    trial.filing(network.streets[0])
    trial.submitted(network.streets[1])
    seen = {
        who: {row.unit.code for row in visible(Filing.objects.all(), filing.SEES_FILING, actor)}
        for who, actor in everybody(network).items()
    }
    assert {who: codes for who, codes in seen.items() if codes} == {
        "U": {"edu-s1"},
        "V": {"edu-s1"},
        "N": {"edu-s2"},
        "D": {"edu-s2"},
        "O": {"edu-s2"},
        "R": {"edu-s2"},
        "A": {"edu-s2"},
    }


def test_who_reads_a_dossier_and_who_guides(trial: TrialCall) -> None:
    actors, unit = everybody(trial.network), trial.network.streets[0]
    reads = [who for who, actor in actors.items() if archive.may_read_dossier(actor, trial.call, unit)]
    guides = [who for who, actor in actors.items() if archive.may_guide(actor, trial.call, unit)]
    assert ("".join(reads), "".join(guides)) == ("UVDORA", "DO")
