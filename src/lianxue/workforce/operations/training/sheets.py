"""The list of a training as a table that people fill in and send in again."""

from collections.abc import Iterable, Iterator

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.accounts.models import Person
from lianxue.kernel.tables import Column, SheetRead, SheetRow, SheetShape, read_sheet
from lianxue.workforce.enums import AttendanceState, Part
from lianxue.workforce.models import Attendance, TrainingSession
from lianxue.workforce.operations.checks import NAME_LENGTH, REASON_LENGTH, UNIT_LENGTH
from lianxue.workforce.operations.training.attend import Comer, Mark

TWICE = _("This person stands in the table twice.")
NO_ACCOUNT = _("There is no account of this name that belongs to this person.")
REASON_NEEDED = _("Please say why this person was excused.")

ATTENDANCE_SHAPE = SheetShape(
    _("Attendance"),
    [
        Column("unit", _("Unit"), width=32, max_length=UNIT_LENGTH),
        Column("name", _("Full name"), width=16, max_length=NAME_LENGTH),
        Column(
            "account",
            _("Account name"),
            required=False,
            width=18,
            max_length=60,
            hint=_("Capitals and small letters count. Empty: known by unit and name."),  # S1-86
        ),
        Column("part", _("Takes part as"), "choice", required=False, choices=Part.choices, width=12),
        Column("state", _("Attended"), "choice", choices=AttendanceState.choices, width=12),
        Column("reason", _("Reason"), required=False, width=36, max_length=REASON_LENGTH),
    ],
    max_rows=5000,
)


def attendance_rows(rows: Iterable[Attendance]) -> Iterator[dict[str, object]]:
    """Yield the rows of a training as rows of the table; units that have named nobody are left out."""
    for row in rows:
        if row.name:
            yield {
                "unit": row.unit_name or "—",
                "name": row.name,
                "account": row.person.username if row.person else "",
                "part": row.part,
                "state": row.state,
                "reason": row.reason,
            }


def read_attendance(
    upload: "File[bytes] | bytes", *, name: str, session: TrainingSession
) -> tuple[list[Mark], list[Comer], SheetRead]:
    """Return what a filled table says of those on the list and of others, and everything that is wrong with it.

    Raise ``Invalid`` for an unreadable file.
    """
    read = read_sheet(upload, ATTENDANCE_SHAPE, name=name)
    by_account, by_name = _known(session)
    accounts = dict(
        Person.objects.filter(
            username__in={str(row["account"]) for row in read.rows if row["account"]}, is_active=True
        ).values_list("username", "full_name")
    )
    marks: list[Mark] = []
    comers: list[Comer] = []
    seen: set[tuple[str, ...]] = set()
    for row in read.rows:
        account, part = str(row["account"] or ""), str(row["part"] or Part.PARTICIPANT)
        key = (account, part) if account else (str(row["unit"]), str(row["name"]), part)
        if key in seen:
            read.add_fault(row, "name", TWICE)
            continue
        seen.add(key)
        if row["state"] == AttendanceState.EXCUSED and not row["reason"]:
            read.add_fault(row, "reason", REASON_NEEDED)
        if account and accounts.get(account) != row["name"]:
            read.add_fault(row, "account", NO_ACCOUNT)
            continue
        known = by_account.get((account, part)) if account else by_name.get(key)
        if known is not None:
            marks.append(Mark(known, AttendanceState(str(row["state"])), str(row["reason"] or "")))
        else:
            comers.append(_comer(row, account, part))
    return marks, comers, read


def _known(
    session: TrainingSession,
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, ...], int]]:
    by_account: dict[tuple[str, str], int] = {}
    by_name: dict[tuple[str, ...], int] = {}
    for row in session.attendances.select_related("person"):
        if row.person is not None:
            by_account[row.person.username, row.part] = row.pk
        by_name.setdefault((row.unit_name or "—", row.name, row.part), row.pk)
    return by_account, by_name


def _comer(row: SheetRow, account: str, part: str) -> Comer:
    return Comer(
        name=str(row["name"]),
        unit=str(row["unit"]),
        account=account,
        part=Part(part),
        state=AttendanceState(str(row["state"])),
        reason=str(row["reason"] or ""),
    )
