"""Preparing a call from a definition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Text
from lianxue.kernel.operation import operation
from lianxue.orgs.models import ChainNode, Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import Number
from lianxue.programmes.errors import VersionTaken
from lianxue.programmes.flows.call import CALL_FLOW
from lianxue.programmes.models import Call, DefinitionRevision, Window
from lianxue.programmes.models.definition import Definition
from lianxue.programmes.queries.definitions import Kept, latest_definition

FIRST_YEAR, LAST_YEAR = 2000, 2100
TITLE_LENGTH, NUMBER_LENGTH = 120, 12
MOST_PERCENT = 100
# Beyond these a number is a slip of the hand: a term past the calendar, a panel larger than can be drawn.
MOST_OF: dict[str, int] = {Number.TERM_YEARS: 100, Number.PANEL_SIZE: 15, Number.PLACES: 100_000}


@dataclass(frozen=True)
class Days:
    """From which day until which a stage takes filings; None: not bounded."""

    opens_on: date | None = None
    closes_on: date | None = None


@operation("programmes.create_call", label=_("Prepare a call"))
def create_call(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    title: str,
    year: int,
    official_number: str = "",
    request_key: str | None = None,
) -> Call:
    """Prepare a call of the programme ``code`` as its definition is now. Raise ``NotFound``, ``NotAllowed`` or ``Invalid``."""
    known = latest_definition(code)
    if not may_call(actor, known.definition):
        raise NotAllowed
    _check_particulars(title, year)
    office = Organisation.objects.get(pk=actor.organisation_id or 0)
    call = Call.objects.create(
        office=office,
        revision=_kept(known, at=at),
        title=title.strip(),
        year=year,
        official_number=official_number.strip()[:60],
        created_at=at,
    )
    Window.objects.bulk_create(Window(call=call, stage=stage.key) for stage in known.definition.stages)
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.create_call",
        subject=call,
        after=audit.snapshot(call, "title", "year", "revision", "official_number"),
    )
    return call


def may_call(actor: Actor, definition: Definition) -> bool:
    """Tell whether the actor's organisation is one that opens calls of this programme."""
    if not actor.is_administrator or actor.organisation_id is None:
        return False
    who = definition.office
    places = ChainNode.objects.filter(chain=who.chain, organisation_id=actor.organisation_id)
    if who.depth is not None:
        places = places.filter(depth=who.depth)
    return places.exists() and (not who.kinds or actor.organisation_kind in who.kinds)


def _kept(known: Kept, *, at: datetime) -> DefinitionRevision:
    digest, definition = known.digest, known.definition
    row, _is_new = DefinitionRevision.objects.get_or_create(
        code=definition.code,
        version=definition.version,
        defaults={"digest": digest, "source": known.text, "kept_at": at},
    )
    if row.digest != digest:
        raise VersionTaken
    return row


def _check_particulars(title: str, year: int) -> None:
    faults: dict[str, Text] = {}
    if not title.strip() or len(title.strip()) > TITLE_LENGTH:
        faults["title"] = _("Please give a title of at most 120 characters.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        faults["year"] = _("Please give a year from 2000 to 2100.")
    if faults:
        raise Invalid(fields=faults)


@operation("programmes.save_call", label=_("Change a call"))
def save_call(
    *,
    actor: Actor,
    at: datetime,
    call: Call,
    version: int,
    title: str,
    year: int,
    official_number: str,
    days: Mapping[str, Days],
    numbers: Mapping[str, str],
    request_key: str | None = None,
) -> Call:
    """Save title, days of the stages and the office's own numbers. Days may be changed while the call is open.

    Raise ``WrongState``, ``NotAllowed``, ``Conflict`` or ``Invalid`` with the field (``closes_on.<stage>``, ``numbers.<key>``).
    """
    row = Call.objects.select_for_update(of=("self",)).select_related("revision").get(pk=call.pk)
    CALL_FLOW.require("save_call", actor=actor, subject=row, at=at)
    if version != row.version:
        raise Conflict
    _check_particulars(title, year)
    _check_days(days)
    windows = {window.stage: window for window in row.windows.all()}
    before = {"days": {key: [str(w.opens_on), str(w.closes_on)] for key, w in windows.items()}}
    for stage, chosen in days.items():
        window = windows.get(stage)
        if window is None:
            raise NotFound
        window.opens_on, window.closes_on = chosen.opens_on, chosen.closes_on
    Window.objects.bulk_update(windows.values(), ["opens_on", "closes_on"])
    before |= audit.snapshot(row, "title", "year", "official_number", "numbers")
    row.title, row.year, row.official_number = title.strip(), year, official_number.strip()[:60]
    row.numbers = _numbers(row.definition, numbers)
    row.version += 1
    row.save(update_fields=["title", "year", "official_number", "numbers", "version"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.save_call",
        subject=row,
        before=before,
        after={
            **audit.snapshot(row, "title", "year", "official_number", "numbers"),
            "days": {key: [str(w.opens_on), str(w.closes_on)] for key, w in windows.items()},
        },
    )
    return row


def _check_days(days: Mapping[str, Days]) -> None:
    faults = {
        f"closes_on.{stage}": _("The last day lies before the first.")
        for stage, chosen in days.items()
        if chosen.opens_on and chosen.closes_on and chosen.closes_on < chosen.opens_on
    }
    if faults:
        raise Invalid(fields=faults)


def _numbers(definition: Definition, given: Mapping[str, str]) -> dict[str, str]:
    """Return the office's own numbers as decimals in text; what is left empty stays unsaid."""
    kept, faults = {}, {}
    for key in definition.numbers:
        text = str(given.get(key, "")).strip()
        if not text:
            continue
        if fault := _number_fault(key, text):
            faults[f"numbers.{key}"] = fault
        else:
            kept[key] = text
    if faults:
        raise Invalid(fields=faults)
    return kept


def _number_fault(key: str, text: str) -> Text | None:
    is_share = key == Number.RECOMMENDATION_RATIO
    plain = text.replace(".", "", 1) if is_share else text
    if not (plain.isascii() and plain.isdecimal()) or len(text) > NUMBER_LENGTH:
        return _("Please give a number.") if is_share else _("Please give a whole number.")
    if is_share and not 0 < Decimal(text) <= MOST_PERCENT:
        return _("Please give a share above 0 and up to 100 percent.")
    if not is_share and not 0 < int(text) <= MOST_OF[key]:
        return _("Please give a whole number from 1 to %(most)d.") % {"most": MOST_OF[key]}
    return None
