"""The log of guidance that the levels above give a unit (S2-49: 过程性指导)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import CallState, GuidanceWay
from lianxue.programmes.models import Call, Guidance
from lianxue.programmes.queries.units import units_of
from lianxue.programmes.rules.archive import may_guide

WORDS_LENGTH = 4000


@operation("programmes.log_guidance", label=_("Log guidance"))
def log_guidance(
    *,
    actor: Actor,
    at: datetime,
    call: Call,
    unit: Organisation,
    given_on: date,
    words: str,
    way: str = "",
    stage: str = "",
    request_key: str | None = None,
) -> Guidance:
    """Write down what guidance was given to a unit, when and how. Entries stay. Raise ``WrongState``, ``NotAllowed``, ``NotFound``, ``Invalid``."""
    row = Call.objects.select_for_update(of=("self",)).select_related("revision").get(pk=call.pk)
    if row.state != CallState.OPEN or not row.definition.guides:
        raise WrongState
    if not units_of(row).filter(pk=unit.pk).exists():
        raise NotFound
    if not may_guide(actor, row, unit):
        raise NotAllowed
    faults = {}
    if given_on > local_date(at):
        faults["given_on"] = _("This day is still to come.")
    if not words.strip() or len(words) > WORDS_LENGTH:
        faults["words"] = _("Please write what guidance was given, in at most 4,000 characters.")
    if way and way not in GuidanceWay.values:
        faults["way"] = _("Please choose one of the ways.")
    if stage and stage not in {one.key for one in row.definition.stages}:
        faults["stage"] = _("Please choose one of the stages.")
    if faults:
        raise Invalid(fields=faults)
    entry = Guidance.objects.create(
        call=row,
        unit=unit,
        stage=stage,
        given_on=given_on,
        way=way,
        words=words.strip(),
        organisation_id=actor.organisation_id or 0,
        person_id=actor.person_id,
        written_at=at,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.log_guidance",
        subject=entry,
        after=audit.snapshot(entry, "unit", "given_on", "way", "stage"),
    )
    return entry
