"""Beginning a filing, empty or from last time's."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotAllowed, Unmet, WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation
from lianxue.programmes.enums import CallState, FilingState
from lianxue.programmes.models import Call, Filing
from lianxue.programmes.queries.opening import Answers
from lianxue.programmes.queries.units import units_of
from lianxue.programmes.rules.filing import ADMINISTERS


@operation("programmes.begin_filing", label=_("Begin a filing"))
def begin_filing(
    *,
    actor: Actor,
    at: datetime,
    call: Call,
    stage: str,
    unit: Organisation,
    copy_last: bool = False,
    request_key: str | None = None,
) -> Filing:
    """Return the unit's filing of a stage, made if there is none; with ``copy_last`` it starts from the one before.

    Raise ``NotAllowed`` (not of the unit, or the call is not for it), ``WrongState`` (the call is not open) or ``Unmet``
    (the stage before is not approved yet).
    """
    row = Call.objects.select_for_update().select_related("revision").get(pk=call.pk)
    if row.state != CallState.OPEN:
        raise WrongState
    if not ADMINISTERS.holds(actor, unit) or actor.organisation_id != unit.pk:
        raise NotAllowed
    if not units_of(row).filter(pk=unit.pk).exists():
        raise NotAllowed
    definition = row.definition.stage(stage)
    if not definition.form:
        raise WrongState
    if definition.after and not _is_approved(row, definition.after, unit):
        words = {"stage": row.definition.stage(definition.after).title}
        raise Unmet(_("“%(stage)s” must be approved first.") % words)
    filing, is_new = Filing.objects.get_or_create(
        call=row, stage=stage, unit=unit, defaults={"since": at, "created_at": at}
    )
    if not is_new:
        return filing
    if copy_last:
        filing.answers = _last_answers(filing)
        filing.marks = dict.fromkeys(filing.answers, 1)
        filing.save(update_fields=["answers", "marks"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.begin_filing",
        subject=filing,
        after={"call": str(row), "stage": stage, "copied": copy_last and bool(filing.answers)},
    )
    return filing


def _is_approved(call: Call, stage: str, unit: Organisation) -> bool:
    return Filing.objects.filter(call=call, stage=stage, unit=unit, state=FilingState.APPROVED).exists()


def last_filing(filing: Filing) -> Filing | None:
    """Return what the same unit handed in for the same stage of an earlier call of the same programme."""
    rows = Filing.objects.filter(
        call__revision__code=filing.call.revision.code,
        stage=filing.stage,
        unit_id=filing.unit_id,
        revision_number__gt=0,
    ).exclude(pk=filing.pk)
    return rows.order_by("-call__year", "-pk").first()


def _last_answers(filing: Filing) -> Answers:
    """Return last time's answers to questions that are still asked; files are not copied: they were of that year."""
    last = last_filing(filing)
    if last is None:
        return {}
    revision = last.approved or last.revisions.order_by("-number").first()
    if revision is None:
        return {}
    fields, grids = filing.form.fields(), filing.form.grids()
    asked = {key for key, one in fields.items() if one.type != "files"} | set(grids)
    return {key: value for key, value in revision.answers.items() if key in asked}
