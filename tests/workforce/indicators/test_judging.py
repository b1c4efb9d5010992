"""Whether a part is met: every threshold of 附件2 at its edge, with the arithmetic in words; what the platform counts."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.factories.orgs import AT
from tests.factories.service_teams import Teams, account_for, make_appraisal, make_teams
from tests.factories.workforce import everything_written, make_session, particulars

from lianxue.kernel.errors import Invalid, NotFound
from lianxue.workforce.enums import (
    AttendanceState,
    AudienceKind,
    Part,
    SessionState,
    Team,
    TrainingTopic,
    TrainingWay,
)
from lianxue.workforce.errors import SheetFaulty
from lianxue.workforce.models import Appraisal
from lianxue.workforce.operations.appraisal.declare import Declaration, declare_part
from lianxue.workforce.operations.appraisal.lengths import length_of
from lianxue.workforce.operations.members import link_account
from lianxue.workforce.operations.training.attend import Comer, Mark, note_attendance
from lianxue.workforce.operations.training.particulars import Audience
from lianxue.workforce.operations.training.plan import close_session
from lianxue.workforce.queries.appraisal import PartLine, sheet_of
from lianxue.workforce.queries.indicators.working_days import working_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> Teams:
    return make_teams()


def line(row: Appraisal, part: str) -> PartLine:
    with translation.override("en"):
        return next(one for one in sheet_of(row).lines() if one.key == part)


def declared(teams: Teams, row: Appraisal, part: str, **given_: object) -> tuple[str, str]:
    declaration = Declaration(**{"words": "证明", **given_})  # type: ignore[arg-type]  # tests give single ones
    declare_part(actor=teams.city, at=AT, appraisal=row, part=part, declaration=declaration)
    judged = line(row, part).judged
    return str(judged.verdict), judged.arithmetic


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("1050", "1000", ("met", "(1050 − 1000) ÷ 1000 = 5%; within ±5%")),
        ("950", "1000", ("met", "(950 − 1000) ÷ 1000 = -5%; within ±5%")),
        ("1051", "1000", ("not_met", "(1051 − 1000) ÷ 1000 = 5.1%; not within ±5%")),
        ("100001", "95238", ("not_met", "(100001 − 95238) ÷ 95238 = 5%; not within ±5%")),
        ("0", "0", ("open", "The second number is 0; nothing can be compared.")),
    ],
)
def test_an_error_rate_is_within_five_per_cent_inclusive_and_never_rounded(
    teams: Teams, first: str, second: str, expected: tuple[str, str]
) -> None:
    row = make_appraisal(teams)
    numbers = {"first": first, "second": second}
    assert declared(teams, row, "base_data.teachers_error", numbers=numbers) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("400", "1000", ("met", "400 ÷ 1000 = 40% ≥ 40%")),
        ("399", "1000", ("not_met", "399 ÷ 1000 = 39.9% < 40%")),
        ("39999", "100000", ("not_met", "39999 ÷ 100000 = 40% < 40%")),
    ],
)
def test_a_share_reaches_forty_per_cent_without_rounding(
    teams: Teams, first: str, second: str, expected: tuple[str, str]
) -> None:
    row = make_appraisal(teams)
    numbers = {"first": first, "second": second}
    assert declared(teams, row, "experience.experienced_teachers", numbers=numbers) == expected


def _table(values: list[object]) -> SimpleUploadedFile:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["教师", "经验值"])
    for value in values:
        sheet.append(["某教师", value])
    target = BytesIO()
    book.save(target)
    return SimpleUploadedFile("points.xlsx", target.getvalue())


def test_sixty_counts_and_rows_are_counted_by_the_platform(teams: Teams) -> None:
    row = make_appraisal(teams)
    with translation.override("zh-hans"):
        found = declared(
            teams, row, "experience.experienced_teachers", table=_table(["60", "59.99", "61.5", "0", "12"])
        )
    assert found == ("met", "2 ÷ 5 = 40% ≥ 40%")
    before = everything_written()
    with translation.override("zh-hans"), pytest.raises(SheetFaulty) as refusal:
        declared(teams, row, "experience.experienced_teachers", table=_table(["60", "很高"]))
    assert "B3" in str(refusal.value.fields["table"])
    assert everything_written() == before


def test_no_incident_is_met_and_one_is_not(teams: Teams) -> None:
    row = make_appraisal(teams)
    assert declared(teams, row, "security.file_incidents", numbers={"number": "0"}) == ("met", "0起 ≤ 0")
    assert declared(teams, row, "security.file_incidents", numbers={"number": "1"}) == ("not_met", "1起 > 0")


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("栟茶 甪直，垟头。", 8), ("Lianxue 2.0 平台", 4), ("𠮷野家\n\n 123", 4), (" \u3000\t", 0)],
)
def test_characters_are_counted_as_offices_count(text: str, length: int) -> None:
    assert length_of(text) == length


def _document(text: str) -> SimpleUploadedFile:
    document = Document()
    document.add_paragraph(text[: len(text) // 2])
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = text[len(text) // 2 :]
    target = BytesIO()
    document.save(target)
    return SimpleUploadedFile("article.docx", target.getvalue())


def test_two_thousand_characters_pasted_in_a_file_or_declared_with_a_link(teams: Teams) -> None:
    row, part = make_appraisal(teams, "郑讲师"), "article.article"
    assert declared(teams, row, part, words="教" * 2000) == ("met", "2000 characters (counted here) ≥ 2000")
    assert declared(teams, row, part, words="教" * 1999)[0] == "not_met"
    assert declared(teams, row, part, words="", file=_document("学" * 2000))[0] == "met"
    told = declared(teams, row, part, words="", link="https://example.org/a", numbers={"characters": "2100"})
    assert told == ("met", "2100 characters (as declared) ≥ 2000")
    for wrong in (
        {"words": ""},
        {"words": "", "link": "https://example.org/a"},
        {"words": "", "file": SimpleUploadedFile("a.docx", b"PK\x03\x04broken")},
        {"words": "", "link": "javascript:alert(1)", "numbers": {"characters": "1"}},
    ):
        with pytest.raises(Invalid):
            declared(teams, row, part, **wrong)


def test_what_only_people_can_tell_stays_open(teams: Teams) -> None:
    row = make_appraisal(teams, "冯审核")
    assert declared(teams, row, "proposals.proposals", words="建议统一目录")[0] == "open"
    with pytest.raises(Invalid):
        declared(teams, row, "proposals.proposals", words="", link="https://example.org")
    with pytest.raises(NotFound):
        declared(teams, row, "training.attended")
    with pytest.raises(NotFound):
        declared(teams, row, "nothing.nothing")


@pytest.mark.parametrize("bad", ["", "-1", "1.5", "x", "9" * 30, "NaN", "Infinity"])
def test_only_whole_numbers_are_taken(teams: Teams, bad: str) -> None:
    row = make_appraisal(teams)
    with pytest.raises(Invalid):
        declared(teams, row, "courses.new_courses", numbers={"number": bad})


def test_trainings_count_by_level_topic_and_part_once_they_are_closed(teams: Teams) -> None:
    row = make_appraisal(teams, "郑讲师")
    person = account_for(teams, "郑讲师")
    link_account(actor=teams.city, at=AT, appraisal=row, username=f"account-{row.entry_id}")
    row = Appraisal.objects.get(pk=row.pk)
    admin = teams.province.admin
    audience = (Audience(kind=AudienceKind.TEAM, team=Team.TRAINERS),)
    session = make_session(
        admin, what=particulars(topic=TrainingTopic.TRAINERS, in_days=-1 / 24, audience=audience)
    )
    assert sorted(session.attendances.values_list("name", flat=True)) == ["王讲师", "郑讲师"]
    mine = session.attendances.get(person=person.person_id)
    assert mine.entry_id == row.entry_id
    note_attendance(actor=admin, at=AT, session=session, marks=[Mark(mine.pk, AttendanceState.ATTENDED)])
    assert line(row, "training.attended").judged.arithmetic == "0次 < 1", "it is not closed yet"
    close_session(actor=admin, at=AT, session=session)
    judged = line(row, "training.attended").judged
    assert (judged.verdict, judged.arithmetic, [one.label for one in judged.rows]) == (
        "met",
        "1次 ≥ 1",
        ["体系管理员培训"],
    )
    # A lecture by name and unit, without an account, counts for whoever stands so on the roster.
    by_city = make_session(teams.city, what=particulars(way=TrainingWay.OFFLINE, in_days=-1 / 24))
    lecturer = Comer(name="郑讲师", unit="上城区第一小学", part=Part.LECTURER)
    note_attendance(actor=teams.city, at=AT, session=by_city, comers=[lecturer])
    close_session(actor=teams.city, at=AT, session=by_city)
    assert line(row, "lectures.given").judged.verdict == "met"


def test_the_county_s_own_trainings_count_for_its_administrator(teams: Teams) -> None:
    row = make_appraisal(teams, "吴体系")
    assert line(row, "training.organised").judged.arithmetic == "0次 < 1"
    make_session(teams.province.actor(teams.province.counties[1]), SessionState.HELD)
    assert line(row, "training.organised").judged.verdict == "not_met"
    make_session(teams.province.actor(teams.province.counties[0]), SessionState.HELD)
    assert line(row, "training.organised").judged.verdict == "met"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_working_days_are_weekdays_without_days_off(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    every = [first + timedelta(days=step) for step in range(1, days + 1)]
    weekdays = [day for day in every if day.weekday() < 5]
    assert working_days(first, last) == len(weekdays)
    assert working_days(first, last, off=weekdays) == 0
    assert working_days(first, last, extra=every) == days
