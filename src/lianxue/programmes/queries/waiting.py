"""What a unit still has to do in the calls that are open to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lianxue.orgs.models import ChainNode, Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import FilingState, ScanState
from lianxue.programmes.models import Call, Filing, LateConsent, Scan, Window
from lianxue.programmes.models.definition import Stage, Who
from lianxue.programmes.queries.open_calls import open_calls
from lianxue.programmes.queries.windows import StageDays


@dataclass(frozen=True, slots=True)
class WaitingStage:
    """One thing to do: ``begin``, ``draft``, ``returned`` or ``scan``, until when if a day is set."""

    kind: str
    call: Call
    stage: Stage
    filing_id: int | None
    due_on: date | None


def waiting_stages(actor: Actor, today: date) -> list[WaitingStage]:
    """Return what the actor's own organisation has to do; a constant number of reads, however many calls are open."""
    unit_id = actor.organisation_id or 0
    calls = open_calls(actor, of_others=True)
    if not calls:
        return []
    unit = Organisation.objects.get(pk=unit_id)
    nodes = {one.chain: one for one in ChainNode.objects.filter(organisation_id=unit_id)}
    mine = [call for call in calls if _is_for(call, unit, nodes)]
    filed: dict[int, dict[str, Filing]] = {}
    for filing in Filing.objects.filter(call__in=mine, unit_id=unit_id).defer("answers"):
        filed.setdefault(filing.call_id, {})[filing.stage] = filing
    windows = {(one.call_id, one.stage): one for one in Window.objects.filter(call__in=mine)}
    consents: dict[tuple[int, str], date] = {}
    for consent in LateConsent.objects.filter(call__in=mine, unit_id=unit_id):
        key = (consent.call_id, consent.stage)
        consents[key] = max(consent.until_on, consents.get(key, consent.until_on))
    stamped = set(
        Scan.objects.filter(
            filing__call__in=mine,
            filing__unit_id=unit_id,
            state__in=(ScanState.MATCHED, ScanState.CONFIRMED, ScanState.UNREADABLE),
        ).values_list("filing_id", "filing__revision_number", "revision__number")
    )
    has_scan = {pk for pk, current, scanned in stamped if scanned in (None, current)}
    found: list[WaitingStage] = []
    for call in mine:
        for stage in call.definition.filed_stages():
            window = windows.get((call.pk, stage.key))
            days = StageDays(
                window.opens_on if window else None,
                window.closes_on if window else None,
                stage.early,
                consents.get((call.pk, stage.key)),
            )
            found += _of_stage(call, stage, filed.get(call.pk, {}), days, today=today, has_scan=has_scan)
    return found


def _of_stage(
    call: Call, stage: Stage, filed: dict[str, Filing], days: StageDays, *, today: date, has_scan: set[int]
) -> Iterator[WaitingStage]:
    filing = filed.get(stage.key)
    if filing is None:
        before = filed.get(stage.after) if stage.after else None
        is_next = not stage.after or (before is not None and before.state == FilingState.APPROVED)
        begins = (
            days.opens_on is None or days.opens_on <= today
        )  # an early one may be filed, but does not wait
        if is_next and begins and days.takes(today):
            yield WaitingStage("begin", call, stage, None, days.last_day)
    elif filing.state == FilingState.RETURNED:
        yield WaitingStage("returned", call, stage, filing.pk, days.last_day)
    elif filing.state == FilingState.DRAFT:
        yield WaitingStage("draft", call, stage, filing.pk, days.last_day)
    elif (
        filing.state == FilingState.SUBMITTED
        and call.definition.forms[stage.form].scan == "required"
        and filing.pk not in has_scan
    ):
        yield WaitingStage("scan", call, stage, filing.pk, days.last_day)


def _is_for(call: Call, unit: Organisation, nodes: dict[str, ChainNode]) -> bool:
    who: Who = call.definition.units
    node = nodes.get(who.chain)
    return (
        node is not None
        and f"/{call.office_id}/" in node.path
        and (who.depth is None or node.depth == who.depth)
        and (not who.kinds or unit.kind in who.kinds)
    )
