"""Who is expected, who came and how it became known; the door's code; the list as a table; who is told."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import Workbook
from tests.factories.orgs import AT, make_actor, make_person, small_network
from tests.factories.workforce import Province, everything_written, make_session, particulars, small_province

from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotFound, Unmet
from lianxue.kernel.pages import HOME, scanned_code
from lianxue.kernel.tables import blank_sheet
from lianxue.notices.models import Notice
from lianxue.orgs.public import Actor, Role
from lianxue.workforce.enums import (
    AttendanceState,
    AttendanceWay,
    AudienceKind,
    Part,
    SessionState,
    TrainingLevel,
    TrainingTopic,
    TrainingWay,
)
from lianxue.workforce.errors import CodeNotValid, ReasonMissing
from lianxue.workforce.models import TrainingSession
from lianxue.workforce.operations.training.attend import (
    Comer,
    Mark,
    attend_session,
    excuse_from_session,
    note_attendance,
)
from lianxue.workforce.operations.training.door import door_code, poster_token, session_typed
from lianxue.workforce.operations.training.particulars import Audience, Particulars
from lianxue.workforce.operations.training.plan import (
    announce_session,
    change_session,
    plan_session,
    remind_missing,
)
from lianxue.workforce.operations.training.sheets import ATTENDANCE_SHAPE, attendance_rows, read_attendance
from lianxue.workforce.queries.training import attendances_of, sessions_seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    made = small_province()
    for organisation in (*made.cities, *made.counties, made.schools[0]):  # the second school has nobody yet
        made.actor(organisation)
    return made


def told(actor: Actor) -> list[str]:
    with translation.override("en"):
        rows = Notice.objects.filter(person=actor.person_id).select_related("message").order_by("id")
        return [row.message.headline for row in rows]


def names(row: TrainingSession) -> list[tuple[str, str]]:
    return list(row.attendances.order_by("organisation__code").values_list("unit_name", "name"))


def test_who_must_attend_is_written_down_by_name_when_it_is_announced(province: Province) -> None:
    county = province.actor(province.counties[0])
    row = make_session(county, SessionState.DRAFT)
    assert (row.level, names(row)) == (TrainingLevel.COUNTY, [])
    announce_session(actor=county, at=AT, session=row)
    school = province.actor(province.schools[0])
    assert names(row) == [("上城区第一小学", school.person_name), ("上城区第二小学", "")]
    assert told(school) == ["You are asked to a training: 体系管理员培训"]
    assert told(province.actor(province.counties[1])) == []


def test_a_wider_audience_adds_people_and_tells_only_them(province: Province) -> None:
    city = province.actor(province.cities[0])
    row = make_session(city, what=particulars(in_days=3))
    first, school = province.actor(province.counties[0]), province.actor(province.schools[0])
    excuse = row.attendances.get(person=first.person_id)
    excuse_from_session(actor=first, at=AT, attendance=excuse, reason="出差")
    wider = particulars(in_days=3, audience=(Audience(kind=AudienceKind.ALL_BELOW),))
    change_session(actor=city, at=AT, session=row, particulars=wider)
    assert [unit for unit, _name in names(row)] == [
        "上城区教育技术中心",
        "上城区第一小学",
        "上城区第二小学",
        "西湖区教育技术中心",
    ]
    assert len(told(first)) == len(told(school)) == 1
    one = particulars(
        in_days=3, audience=(Audience(kind=AudienceKind.UNIT, organisation=province.schools[0]),)
    )
    change_session(actor=city, at=AT, session=row, particulars=one)
    assert [unit for unit, _name in names(row)] == ["上城区教育技术中心", "上城区第一小学"], "an answer stays"
    change_session(actor=city, at=AT, session=row, particulars=particulars(in_days=4, audience=one.audience))
    assert told(school)[1:] == ["Day or place changed: 体系管理员培训"]
    assert len(told(first)) == 1, "who is excused is not troubled again"


def test_a_unit_that_is_not_below_cannot_be_asked(province: Province) -> None:
    before = everything_written()
    with pytest.raises(Invalid) as refusal:
        plan_session(
            actor=province.actor(province.cities[0]),
            at=AT,
            particulars=particulars(
                audience=(Audience(kind=AudienceKind.UNIT, organisation=province.counties[2]),)
            ),
        )
    assert list(refusal.value.fields) == ["units"]
    assert everything_written() == before


def test_every_fault_of_a_training_is_named_at_once(province: Province) -> None:
    wrong = Particulars(
        title=" ",
        topic=TrainingTopic.OTHER,
        way=TrainingWay.ONLINE,
        starts_at=AT,
        ends_at=AT,
        link="javascript:alert(1)",
    )
    with pytest.raises(Invalid) as refusal:
        plan_session(actor=province.admin, at=AT, particulars=wrong)
    assert sorted(refusal.value.fields) == ["ends_at", "link", "title"]


def test_the_code_is_scanned_or_typed_and_holds_for_a_while_only(province: Province) -> None:
    row = make_session(province.actor(province.cities[0]))
    code, county = door_code(row, AT), province.actor(province.counties[0])
    there = attend_session(actor=county, at=AT, code=code.token, way=AttendanceWay.QR)
    again = attend_session(actor=county, at=AT, code=code.typed.lower(), way=AttendanceWay.CODE)
    assert (there.pk, there.state, there.way) == (again.pk, "attended", again.way)
    address = f"https://lianxue.example.org/training/here/{code.token}/"
    late = AT + timedelta(minutes=11)
    assert session_typed(f"{code.typed[:4]} {code.typed[4:]}", AT + timedelta(minutes=4)) == row
    assert session_typed(scanned_code(address), AT + timedelta(minutes=9)) == row
    for stale in (code.token, code.typed, address, "", "ABCDEFGH", code.token[:-1] + "x", "很长" * 50):
        with pytest.raises(CodeNotValid):
            session_typed(stale, late)
    assert session_typed(poster_token(row), late) == row
    with pytest.raises(CodeNotValid):
        session_typed(poster_token(row), row.ends_at + timedelta(hours=1, minutes=1))


def test_before_its_hour_the_door_is_closed(province: Province) -> None:
    row = make_session(province.actor(province.cities[0]), what=particulars(in_days=2))
    with pytest.raises(Unmet):
        attend_session(
            actor=province.actor(province.counties[0]),
            at=AT,
            code=door_code(row, AT).token,
            way=AttendanceWay.QR,
        )


def test_who_was_not_asked_is_welcome_and_has_it_in_the_own_record(province: Province) -> None:
    row = make_session(province.actor(province.cities[0]))
    guest = province.actor(province.counties[2])
    there = attend_session(actor=guest, at=AT, code=door_code(row, AT).token, way=AttendanceWay.QR)
    assert (there.is_expected, there.unit_name) == (False, "鄞州区教育技术中心")
    assert [one.session for one in attendances_of(guest.person_id or 0)] == [row]
    assert list(sessions_seen(guest)) == [row]


def test_marks_are_kept_all_or_none_and_an_excuse_has_its_reason(province: Province) -> None:
    county = province.actor(province.counties[0])
    row = make_session(county)
    one, nobody = row.attendances.order_by("organisation__code")
    before = everything_written()
    bad = [Mark(one.pk, AttendanceState.ATTENDED), Mark(nobody.pk, AttendanceState.ATTENDED)]
    with pytest.raises(Invalid):
        note_attendance(actor=county, at=AT, session=row, marks=bad)
    with pytest.raises(ReasonMissing):
        note_attendance(actor=county, at=AT, session=row, marks=[Mark(one.pk, AttendanceState.EXCUSED)])
    with pytest.raises(NotFound):
        note_attendance(actor=county, at=AT, session=row, marks=[Mark(10**9, AttendanceState.ATTENDED)])
    assert everything_written() == before
    comer = Comer(name="王小明", unit="上城区第二小学", part=Part.LECTURER)
    note_attendance(
        actor=county, at=AT, session=row, marks=[Mark(one.pk, AttendanceState.ATTENDED)], comers=[comer]
    )
    assert sorted(row.attendances.filter(state="attended").values_list("part", flat=True)) == [
        "lecturer",
        "participant",
    ]
    with pytest.raises(Invalid):
        note_attendance(actor=county, at=AT, session=row, comers=[comer])


def test_an_account_name_counts_to_the_letter(province: Province) -> None:
    county = province.actor(province.counties[0])
    row = make_session(county)
    make_person("WangXM", "王小明")
    for account in ("wangxm", "nobody"):
        with pytest.raises(Invalid) as refusal:
            note_attendance(
                actor=county,
                at=AT,
                session=row,
                comers=[Comer(name="王小明", unit="上城区第二小学", account=account)],
            )
        assert list(refusal.value.fields) == ["account"]
    note_attendance(
        actor=county, at=AT, session=row, comers=[Comer(name="王小明", unit="第二小学", account="WangXM")]
    )
    assert row.attendances.filter(person__username="WangXM").count() == 1


def test_one_press_reminds_those_who_are_missing_and_nobody_else(province: Province) -> None:
    city = province.actor(province.cities[0])
    row = make_session(city)
    first, second = (province.actor(county) for county in province.counties[:2])
    attend_session(actor=first, at=AT, code=door_code(row, AT).token, way=AttendanceWay.QR)
    assert remind_missing(actor=city, at=AT, session=row) == 1
    remind_missing(actor=city, at=AT, session=row)
    assert (len(told(first)), told(second)[1:]) == (1, ["Please do not forget: 体系管理员培训"]), "once a day"
    remind_missing(actor=city, at=AT + timedelta(days=2), session=row)
    assert told(second)[2:] == ["You were missed at a training; please say why: 体系管理员培训"]


def _sheet(rows: list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([str(column.title) for column in ATTENDANCE_SHAPE.columns])
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_list_goes_out_as_a_table_and_comes_in_the_same(province: Province) -> None:
    county = province.actor(province.counties[0])
    row = make_session(county)
    out = blank_sheet(ATTENDANCE_SHAPE, attendance_rows(row.attendances.select_related("person")))
    marks, comers, read = read_attendance(out, name="list.xlsx", session=row)
    assert (read.faults, comers, [mark.state for mark in marks]) == ([], [], ["expected"])
    before = everything_written()
    note_attendance(actor=county, at=AT, session=row, marks=marks)
    assert everything_written() == before


def test_every_fault_of_a_table_is_named_and_nothing_is_taken_in(province: Province) -> None:
    county = province.actor(province.counties[0])
    row = make_session(county)
    make_person("WangXM", "王小明")
    attended, excused = (str(AttendanceState(value).label) for value in ("attended", "excused"))
    content = _sheet(
        [
            ["第二小学", "王小明", "wangxm", None, attended, None],
            ["第二小学", "栟茶", None, None, excused, None],
            ["第二小学", "甪直", None, None, attended, None],
            ["第二小学", "甪直", None, None, attended, None],
            ["第二小学", "垟头", None, None, "也许", None],
        ]
    )
    _marks, _comers, read = read_attendance(content, name="list.xlsx", session=row)
    assert sorted(fault.place for fault in read.faults) == ["B5", "C2", "E6", "F3"]


def test_the_distribution_network_trains_too() -> None:
    # S0-48: 不定期接受市或区开展的资源配送方面的培训
    network = small_network()
    point = network.actor(network.points[0])
    by_city = make_session(
        network.office_admin, what=particulars(topic=TrainingTopic.DISTRIBUTION, in_days=1)
    )
    by_district = make_session(network.actor(network.colleges[0]))
    assert (by_city.level, by_district.level) == (TrainingLevel.CITY, TrainingLevel.COUNTY)
    assert by_district.attendances.filter(person=point.person_id).exists()
    assert not by_city.attendances.filter(person=point.person_id).exists()


def test_a_volunteer_reads_the_own_row_only(province: Province) -> None:
    city = province.actor(province.cities[0])
    row = make_session(city)
    volunteer = make_actor(province.counties[0], Role.AUDITOR)
    assert list(sessions_seen(volunteer)) == []
    attend_session(actor=volunteer, at=AT, code=door_code(row, AT).token, way=AttendanceWay.QR)
    assert list(sessions_seen(volunteer)) == [row]


def test_a_training_of_several_days_is_not_overdue_while_it_goes_on(province: Province) -> None:
    city = province.actor(province.cities[0])
    begins = AT - timedelta(days=2)
    what = replace(particulars(at=AT), starts_at=begins, ends_at=AT + timedelta(days=1))
    make_session(province.admin, at=AT - timedelta(days=9), what=what)
    waiting = HOME["workforce.training"].waiting
    (before,) = waiting(city, begins - timedelta(hours=1))
    (during,) = waiting(city, AT)
    assert (before.due_on, during.due_on) == (local_date(begins), local_date(AT + timedelta(days=1)))
    (closing,) = waiting(province.admin, AT + timedelta(days=2))
    assert closing.detail == what.title, "the organiser is told which list is still open"


def test_trainings_are_listed_the_newest_first(province: Province) -> None:
    for days in (-20, 9, -3):
        make_session(province.admin, at=AT, what=particulars(at=AT, in_days=days))
    begun = list(sessions_seen(province.admin).values_list("starts_at", flat=True))
    assert begun == sorted(begun, reverse=True)
