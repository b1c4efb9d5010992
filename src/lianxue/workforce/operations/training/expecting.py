"""From an audience to rows: who is expected at a training, kept in line when the audience changes."""

from datetime import datetime

from lianxue.kernel.clock import local_date
from lianxue.workforce.enums import AttendanceState, Part
from lianxue.workforce.models import Attendance, TrainingSession
from lianxue.workforce.queries.training import Expected, expected_people


def expect(session: TrainingSession, at: datetime) -> tuple[int, ...]:
    """Bring the rows of an announced training in line with its audience; return the people who are new on it.

    Whoever is not asked any more and has not answered goes; what is known of somebody stays.
    """
    wanted: dict[tuple[object, ...], Expected] = {}
    for one in expected_people(session, local_date(at)):
        wanted.setdefault(_key(one.person_id, one.entry_id, one.organisation_id, one.name, one.unit), one)
    rows = {
        _key(row.person_id, row.entry_id, row.organisation_id, row.name, row.unit_name): row
        for row in session.attendances.filter(part=Part.PARTICIPANT)
    }
    untouched = [
        row.pk
        for key, row in rows.items()
        if key not in wanted and row.is_expected and row.state == AttendanceState.EXPECTED
    ]
    Attendance.objects.filter(pk__in=untouched).delete()
    still = [row for key, row in rows.items() if key in wanted and not row.is_expected]
    Attendance.objects.filter(pk__in=[row.pk for row in still]).update(is_expected=True)
    new = [one for key, one in wanted.items() if key not in rows]
    Attendance.objects.bulk_create(
        [
            Attendance(
                session=session,
                person_id=one.person_id,
                entry_id=one.entry_id,
                organisation_id=one.organisation_id,
                area_id=one.area_id,
                name=one.name[:60],
                unit_name=one.unit[:120],
                is_expected=True,
            )
            for one in new
        ],
        batch_size=2000,
    )
    return tuple(one.person_id for one in new if one.person_id is not None)


def _key(
    person_id: int | None, entry_id: int | None, organisation_id: int | None, name: str, unit: str
) -> tuple[object, ...]:
    if person_id is not None:
        return ("person", person_id)
    return ("member", entry_id) if entry_id is not None else ("unit", organisation_id, name, unit)
