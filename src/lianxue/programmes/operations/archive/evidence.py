"""Evidence that a unit keeps for the items of a programme, so that it is complete and can be found (S2-46)."""

from datetime import date, datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.days import local_date
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from lianxue.kernel.operation import operation
from lianxue.kernel.search import to_vector
from lianxue.orgs.models import Organisation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import CallState
from lianxue.programmes.models import Call, Evidence
from lianxue.programmes.models.definition import Field
from lianxue.programmes.operations.filings.files import keep_upload
from lianxue.programmes.queries.units import units_of
from lianxue.programmes.rules.archive import KEEPS_EVIDENCE

TITLE_LENGTH, WORDS_LENGTH = 120, 20_000
ANY_FILE = Field(key="file", title="", type="files")


@operation("programmes.add_evidence", label=_("Add evidence"))
def add_evidence(
    *,
    actor: Actor,
    at: datetime,
    call: Call,
    unit: Organisation,
    item: str,
    title: str,
    words: str = "",
    dated_on: date | None = None,
    upload: "File[bytes] | None" = None,
    request_key: str | None = None,
) -> Evidence:
    """Keep one piece of evidence: words, a file, or both. Raise ``WrongState``, ``NotAllowed``, ``NotFound`` or ``Invalid``."""
    row = Call.objects.select_for_update(of=("self",)).select_related("revision").get(pk=call.pk)
    if row.state != CallState.OPEN:
        raise WrongState
    if not actor.is_administrator or actor.organisation_id != unit.pk:
        raise NotAllowed
    titles = {one.key: one for one in row.definition.evidence}
    if item not in titles or not units_of(row).filter(pk=unit.pk).exists():
        raise NotFound
    faults = {}
    if not title.strip() or len(title.strip()) > TITLE_LENGTH:
        faults["title"] = _("Please give a title of at most 120 characters.")
    if len(words) > WORDS_LENGTH:
        faults["words"] = _("This text is too long.")
    if dated_on is not None and dated_on > local_date(at):
        faults["dated_on"] = _("This day is still to come.")
    if upload is None and not words.strip():
        faults["upload"] = _("Please write what it shows, or add a file.")
    if faults:
        raise Invalid(fields=faults)
    stored = keep_upload(upload, ANY_FILE, person_id=actor.person_id, at=at) if upload is not None else None
    evidence = Evidence.objects.create(
        call=row,
        unit=unit,
        item=item,
        title=title.strip(),
        words=words.strip(),
        dated_on=dated_on,
        file=stored,
        added_at=at,
        added_by_id=actor.person_id,
    )
    name = stored.original_name if stored else ""
    found = to_vector(a=evidence.title, b=f"{titles[item].title} {name}", c=evidence.words)
    Evidence.objects.filter(pk=evidence.pk).update(search=found)
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.add_evidence",
        subject=evidence,
        after=audit.snapshot(evidence, "unit", "item", "title", "file"),
    )
    return evidence


@operation("programmes.remove_evidence", label=_("Take evidence out"))
def remove_evidence(
    *, actor: Actor, at: datetime, evidence: Evidence, reason: str, request_key: str | None = None
) -> Evidence:
    """Take a piece of evidence out with a reason; the row stays. Raise ``NotAllowed``, ``WrongState`` or ``Invalid``."""
    row = Evidence.objects.select_for_update(of=("self",)).select_related("call").get(pk=evidence.pk)
    if not KEEPS_EVIDENCE.holds(actor, row):
        raise NotAllowed
    if row.removed_at is not None or row.call.state != CallState.OPEN:
        raise WrongState
    if not reason.strip():
        raise Invalid(fields={"reason": _("Please say why.")})
    row.removed_at, row.removed_reason = at, reason.strip()[:200]
    row.save(update_fields=["removed_at", "removed_reason"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.remove_evidence",
        subject=row,
        after=audit.snapshot(row, "removed_at", "removed_reason"),
        note=row.removed_reason,
    )
    return row
