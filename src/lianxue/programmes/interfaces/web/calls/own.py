"""The stages of a call as one unit sees them: what it has filed, and what it can do next."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.orgs.public import Actor
from lianxue.programmes.enums import CallState, FilingState
from lianxue.programmes.models import Call, Filing
from lianxue.programmes.models.definition import Stage, filled
from lianxue.programmes.queries.units import units_of
from lianxue.programmes.queries.windows import StageDays, days_of_stages
from lianxue.programmes.queries.wording import words_in
from lianxue.programmes.rules.filing import ADMINISTERS


@dataclass(frozen=True, slots=True)
class OwnStage:
    """One stage for one unit. ``step`` is what it can do now (begin, fill, mend), ``waits_for`` why it cannot begin."""

    stage: Stage
    days: StageDays
    is_open: bool
    filing: Filing | None
    step: str = ""
    label: str = ""
    url: str = ""
    waits_for: str = ""
    can_copy: bool = False
    about: str = ""  # with the years and days of the call


def own_stages(call: Call, actor: Actor, today: date) -> list[OwnStage]:
    """Return the stages of a call for the actor's own organisation, in a constant number of reads."""
    unit_id = actor.organisation_id or 0
    days = days_of_stages(call, unit_id)
    filed = {one.stage: one for one in Filing.objects.filter(call=call, unit_id=unit_id)}
    may_file = (
        call.state == CallState.OPEN
        and ADMINISTERS.holds(actor, call)
        and units_of(call).filter(pk=unit_id).exists()
    )
    earlier = _filed_earlier(call, unit_id) if may_file and not filed else set()
    stages = []
    for stage in call.definition.stages:
        filing = filed.get(stage.key)
        is_open = days[stage.key].takes(today)
        step, label, url, waits = "", "", "", ""
        if may_file and stage.form:
            step, label, url, waits = _step(call, stage, filed, days[stage.key], today)
        stages.append(
            OwnStage(
                stage,
                days[stage.key],
                is_open,
                filing,
                step,
                label,
                url,
                waits,
                stage.key in earlier,
                filled(stage.about, words_in(call, days[stage.key])),
            )
        )
    return stages


def _step(
    call: Call, stage: Stage, filed: dict[str, Filing], days: StageDays, today: date
) -> tuple[str, str, str, str]:
    filing = filed.get(stage.key)
    if filing is not None:
        if filing.state == FilingState.RETURNED:
            return "mend", _("Mend what was returned"), reverse("programmes:fill", args=[filing.pk]), ""
        if filing.state == FilingState.DRAFT:
            return "fill", _("Go on filling in"), reverse("programmes:fill", args=[filing.pk]), ""
        return "", "", "", ""
    before = filed.get(stage.after) if stage.after else None
    if stage.after and (before is None or before.state != FilingState.APPROVED):
        return (
            "",
            "",
            "",
            _("“%(stage)s” must be approved first.") % {"stage": call.definition.stage(stage.after).title},
        )
    if days.last_day is not None and today > days.last_day:
        return "", "", "", _("The days of this stage are over. Late filing needs the consent of the office.")
    return "begin", _("Begin to fill in"), reverse("programmes:begin", args=[call.pk, stage.key]), ""


def _filed_earlier(call: Call, unit_id: int) -> set[str]:
    """Return the stages for which the unit handed something in under an earlier call of the same programme."""
    rows = Filing.objects.filter(
        call__revision__code=call.revision.code, unit_id=unit_id, revision_number__gt=0
    ).exclude(call=call)
    return set(rows.values_list("stage", flat=True))
