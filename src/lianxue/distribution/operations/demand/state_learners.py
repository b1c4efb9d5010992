"""A point states how many learners and teachers it has: the base of shares per learner."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.errors import NotAPoint
from lianxue.distribution.models import PointYear
from lianxue.distribution.operations.rounds.round_particulars import FIRST_YEAR
from lianxue.distribution.rules.demand import STATES_LEARNERS
from lianxue.kernel import audit
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation, children_of, superior_of

MOST_PEOPLE = 1_000_000


@operation("distribution.state_learners", label=_("State learners and teachers"))
def state_learners(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    year: int,
    learners: int,
    teachers: int | None = None,
    request_key: str | None = None,
) -> PointYear:
    """Write down how many learners and teachers a point has in ``year``, in place of what it said before.

    Raise ``NotAllowed``, ``NotAPoint`` or ``Invalid`` (fields ``year``, ``learners``, ``teachers``).
    """
    row = Organisation.objects.select_for_update(no_key=True).get(pk=point.pk)
    if not STATES_LEARNERS.holds(actor, PointYear(point=row)):
        raise NotAllowed
    if superior_of(row.pk) is None or children_of(row.pk).filter(is_active=True).exists():
        raise NotAPoint
    _check(year, learners, teachers, this_year=local_date(at).year)
    found = PointYear.objects.filter(point=row, year=year).first()
    before = audit.snapshot(found, "learners", "teachers") if found else {}
    found = found or PointYear(point=row, year=year)
    found.learners, found.teachers = learners, teachers
    found.stated_by_id, found.stated_at = actor.person_id, at
    found.save()
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.state_learners",
        subject=found,
        before=before,
        after=audit.snapshot(found, "learners", "teachers"),
    )
    return found


def _check(year: int, learners: int, teachers: int | None, *, this_year: int) -> None:
    faults: dict[str, Text] = {}
    if not FIRST_YEAR <= year <= this_year:
        faults["year"] = _("Please give this year or an earlier one.")
    for name, number in (("learners", learners), ("teachers", teachers)):
        if number is not None and not 0 <= number <= MOST_PEOPLE:
            faults[name] = _("Please give a number from 0 to 1,000,000.")
    if faults:
        raise Invalid(fields=faults)
