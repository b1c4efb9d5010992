"""The yearly effect report (S0-30, S0-53): four contents, figures from the ledger, nothing silently overwritten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from tests.factories.distribution_people import EVERYBODY, everybody, everything_written
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import AT, Network, small_network
from tests.factories.resources import make_picture

from lianxue.distribution.enums import Audience, ReportState
from lianxue.distribution.errors import ReasonMissing, ReportChanged
from lianxue.distribution.flows.effect_report import CONTENTS, EFFECT_REPORT_FLOW
from lianxue.distribution.models import EffectReport, EffectReportPicture
from lianxue.distribution.operations.desk.issue import issue
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.desk.return_loan import return_loan
from lianxue.distribution.operations.reports.pictures import add_report_picture, remove_report_picture
from lianxue.distribution.operations.reports.save_effect_report import save_effect_report
from lianxue.distribution.operations.reports.submit_effect_report import (
    return_effect_report,
    submit_effect_report,
)
from lianxue.distribution.queries.effect_reports import (
    figures_of,
    is_late,
    report_due_on,
    reports_to_read,
)
from lianxue.distribution.queries.report_standing import points_reporting
from lianxue.distribution.queries.year_figures import year_figures
from lianxue.distribution.rules.reports import SEES_REPORT
from lianxue.kernel.errors import Invalid, NotAllowed, Refused, Unmet, WrongState
from lianxue.kernel.files import store_picture
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor

pytestmark = pytest.mark.django_db

TEXTS = {
    "recipients": "学员与教师",
    "forms": "借阅与发放",
    "effects": "很受欢迎",
    "suggestions": "多配书法类",
}

# verb: state -> who succeeds. States that are not named are wrong for everybody.
TABLE: dict[str, dict[str, str]] = {
    "save_effect_report": {"draft": "P", "returned": "P"},
    "add_report_picture": {"draft": "P", "returned": "P"},
    "remove_report_picture": {"draft": "P", "returned": "P"},
    "submit_effect_report": {"draft": "P", "returned": "P"},
    "return_effect_report": {"submitted": "C"},
}


@pytest.fixture
def network() -> Network:
    return small_network()


def _save(network: Network, version: int = 0, *, at: datetime = AT, **texts: str) -> EffectReport:
    return save_effect_report(
        actor=network.actor(network.points[0]),
        at=at,
        point=network.points[0],
        year=2026,
        version=version,
        texts=texts or TEXTS,
    )


def _report(network: Network, state: str = "draft", *, at: datetime = AT) -> EffectReport:
    report = _save(network, at=at)
    if state == "draft":
        return report
    report = submit_effect_report(
        actor=network.actor(network.points[0]), at=at, report=report, version=report.version
    )
    if state == "submitted":
        return report
    return return_effect_report(
        actor=network.actor(network.colleges[0]), at=at, report=report, reason="请补充数据"
    )


def _act(verb: str, actor: Actor, report: EffectReport) -> None:
    if verb == "save_effect_report":
        save_effect_report(
            actor=actor, at=AT, point=report.point, year=2026, version=report.version, texts={"effects": "新"}
        )
    elif verb == "add_report_picture":
        add_report_picture(
            actor=actor, at=AT, point=report.point, year=2026, upload=make_picture(), caption="读书会"
        )
    elif verb == "remove_report_picture":
        remove_report_picture(actor=actor, at=AT, picture=report.pictures.get())
    elif verb == "submit_effect_report":
        submit_effect_report(actor=actor, at=AT, report=report, version=report.version)
    else:
        return_effect_report(actor=actor, at=AT, report=report, reason="请补充")


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == EFFECT_REPORT_FLOW.verbs


@pytest.mark.parametrize("state", ReportState.values)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_in_every_state_by_everybody(network: Network, state: str, verb: str) -> None:
    report = _report(network, state)
    stored = store_picture(make_picture(), person_id=None, at=AT)
    EffectReportPicture.objects.create(report=report, picture=stored, caption="展示区", at=AT)
    actors = everybody(network)
    before = everything_written()
    for letter in EVERYBODY:
        outcome: type[Refused] | None = None
        with transaction.atomic():
            try:
                _act(verb, actors[letter], report)
            except Refused as refusal:
                outcome = type(refusal)
                assert everything_written() == before
            else:
                target = EFFECT_REPORT_FLOW.steps[verb].target or state
                assert EffectReport.objects.get(pk=report.pk).state == target
            transaction.set_rollback(True)
        allowed = TABLE[verb].get(state)
        if allowed is None:
            # Writing looks at the point first: a report that is not there yet has no state.
            foreign = verb in ("save_effect_report", "add_report_picture") and letter != "P"
            assert outcome is (NotAllowed if foreign else WrongState), letter
        else:
            assert outcome is (None if letter in allowed else NotAllowed), letter


@pytest.mark.parametrize(("state", "readers"), [("draft", "P"), ("submitted", "PCO"), ("returned", "PCO")])
def test_what_is_not_handed_in_is_nobody_elses_to_read(network: Network, state: str, readers: str) -> None:
    report = _report(network, state)
    for letter, actor in everybody(network).items():
        sees = letter in readers
        assert SEES_REPORT.holds(actor, report) is sees, letter
        assert visible(EffectReport.objects.all(), SEES_REPORT, actor).exists() is sees, letter


def test_writing_goes_on_from_save_to_save(network: Network) -> None:
    first = _save(network, recipients="学员")
    second = _save(network, first.version, forms="借阅\r\n发放")
    assert (second.pk, second.version) == (first.pk, 2)
    assert (second.recipients, second.forms, second.effects) == ("学员", "借阅\n发放", "")


def test_two_people_at_once_do_not_overwrite_each_other(network: Network) -> None:
    opened = _save(network)
    _save(network, opened.version, effects="甲写的")
    before = everything_written()
    with pytest.raises(ReportChanged):
        _save(network, opened.version, effects="乙写的")
    assert everything_written() == before
    assert _save(network, opened.version, effects="甲写的").version == 2
    with pytest.raises(ReportChanged):
        submit_effect_report(
            actor=network.actor(network.points[0]), at=AT, report=opened, version=opened.version
        )


def test_all_four_contents_must_be_written(network: Network) -> None:
    report = _save(network, recipients="学员", forms="借阅", effects=" \n", suggestions="无")
    with pytest.raises(Unmet):
        submit_effect_report(
            actor=network.actor(network.points[0]), at=AT, report=report, version=report.version
        )
    assert CONTENTS == ("recipients", "forms", "effects", "suggestions")


@pytest.mark.parametrize("year", [2020, 2027, 0, -1])
def test_there_is_no_report_for_a_year_to_come_or_long_gone(network: Network, year: int) -> None:
    with pytest.raises(Invalid):
        save_effect_report(
            actor=network.actor(network.points[0]),
            at=AT,
            point=network.points[0],
            year=year,
            version=0,
            texts=TEXTS,
        )
    assert not EffectReport.objects.exists()


def test_a_text_that_is_too_long_is_refused_beside_its_box(network: Network) -> None:
    with pytest.raises(Invalid) as refused:
        _save(network, effects="长" * 10_001)
    assert list(refused.value.fields) == ["effects"]


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (datetime(2026, 11, 19, 15, 59, tzinfo=UTC), False),  # 23:59 on the 19th in Shanghai
        (datetime(2026, 11, 19, 16, 0, tzinfo=UTC), True),  # midnight: the 20th has begun
        (datetime(2026, 12, 30, tzinfo=UTC), True),
    ],
)
def test_a_report_on_or_after_20_november_is_late_and_accepted(
    network: Network, at: datetime, late: bool
) -> None:
    report = _report(network, "submitted", at=at)
    assert (report.state, is_late(report)) == (ReportState.SUBMITTED, late)
    assert report_due_on(2026) == date(2026, 11, 20)


def test_being_sent_back_does_not_make_a_report_late(network: Network) -> None:
    report = _report(network, "returned", at=datetime(2026, 11, 1, tzinfo=UTC))
    again = submit_effect_report(
        actor=network.actor(network.points[0]),
        at=datetime(2026, 12, 1, tzinfo=UTC),
        report=report,
        version=report.version,
    )
    assert (again.return_reason, is_late(again)) == ("", False)


def test_sending_back_needs_a_reason(network: Network) -> None:
    report = _report(network, "submitted")
    with pytest.raises(ReasonMissing):
        return_effect_report(actor=network.actor(network.colleges[0]), at=AT, report=report, reason="")


def test_the_figures_are_those_of_the_ledger_at_submission(network: Network) -> None:
    stocked = delivered_round(network, (6, 2), at=AT - timedelta(days=20))
    desk = {"actor": stocked.desk, "at": AT, "point": stocked.point, "entry": stocked.entry}
    loan = lend(**desk, borrower_name="王小明", quantity=2)  # type: ignore[arg-type]
    lend(**desk, borrower_name="王小明")  # type: ignore[arg-type]
    return_loan(actor=stocked.desk, at=AT, loan=loan)
    issue(**desk, recipient_name="李老师", audience=Audience.TEACHER)  # type: ignore[arg-type]
    issue(**desk, recipient_name="赵学员", audience=Audience.LEARNER, quantity=2)  # type: ignore[arg-type]
    report = _report(network, "submitted")
    assert report.figures == {
        "received_titles": 2,
        "received_copies": 8,
        "damaged_copies": 0,
        "missing_copies": 0,
        "on_display": 2,
        "in_store": 2,
        "on_loan": 1,
        "loans": 2,
        "lent_copies": 3,
        "returned_copies": 2,
        "borrowers": 1,
        "issues": 2,
        "issued_to_teachers": 1,
        "issued_to_learners": 2,
        "recipients": 2,
        "photos": 0,
        "feedback": 0,
        "feedback_good": 0,
    }
    lend(**desk, borrower_name="晚来的人")  # type: ignore[arg-type]
    assert {figure.value for figure in figures_of(report)} == set(report.figures.values())
    assert year_figures(stocked.point.pk, 2025)["loans"] == 0


def test_the_college_sees_who_has_and_who_has_not(network: Network) -> None:
    report = _report(network, "submitted")
    college = network.actor(network.colleges[0])
    standings = {one.organisation.code: one.standing for one in points_reporting(college, 2026)}
    assert standings == {"point-1": "submitted", "point-2": "missing", "care-1": "missing"}
    assert list(reports_to_read(college)) == [report]
    assert not reports_to_read(network.office_admin).exists()
    assert points_reporting(network.office_admin, 2026).count() == len(network.points)
    assert not points_reporting(network.actor(network.points[0]), 2026).exists()
    assert not reports_to_read(network.actor(network.colleges[1])).exists()
