"""The stamped scan of a form (S1-47): matched to its revision by the code on it, or by a person's word."""

from datetime import datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid
from lianxue.kernel.files import store_document, store_picture
from lianxue.kernel.files.scans import ScanReading, read_codes
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import ScanState
from lianxue.programmes.errors import WordsMissing
from lianxue.programmes.flows.filing import FILING_FLOW, SCAN_FLOW
from lianxue.programmes.models import Filing, FilingRevision, Scan
from lianxue.programmes.operations.filings.revisions import CODE_MARK


@operation("programmes.send_scan", label=_("Send the stamped scan"))
def send_scan(
    *, actor: Actor, at: datetime, filing: Filing, upload: "File[bytes]", request_key: str | None = None
) -> Scan:
    """Keep a stamped scan of the revision that lies at the desk; without a readable code a person looks at it.

    Raise ``WrongState``, ``NotAllowed``, or ``Invalid``: no scan at all, or one of another revision (nothing is kept).
    """
    row = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("call__revision", "unit")
        .get(pk=filing.pk)
    )
    FILING_FLOW.require("send_scan", actor=actor, subject=row, at=at)
    upload.seek(0)
    reading = read_codes(upload.read())
    current = row.revisions.get(number=row.revision_number)
    is_matched = _is_of(current, reading)
    upload.seek(0)
    head = upload.read(5)
    upload.seek(0)
    store = store_document if head == b"%PDF-" else store_picture
    scan = Scan.objects.create(
        filing=row,
        revision=current if is_matched else None,
        file=store(upload, person_id=actor.person_id, at=at),
        state=ScanState.MATCHED if is_matched else ScanState.UNREADABLE,
        pages=reading.pages,
        sent_at=at,
        sent_by_id=actor.person_id,
    )
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.send_scan",
        subject=row,
        after={"state": scan.state, "sha256": scan.file.sha256, "revision": current.number},
    )
    return scan


def _is_of(current: FilingRevision, reading: ScanReading) -> bool:
    """Tell whether the codes name this revision; False without any. Raise ``Invalid`` for those of another one."""
    codes = {text.strip() for text in reading.texts if text.strip().startswith(CODE_MARK)}
    if not codes:
        return False
    if codes == {current.code}:
        return True
    other = codes - {current.code}
    found = FilingRevision.objects.filter(code__in=other).first()
    if len(codes) > 1:
        raise Invalid(_("There are pages of several forms in this scan. Please scan this form alone."))
    if found is None:
        raise Invalid(
            _("The code on this paper is of no form here. Please print the form anew and scan that.")
        )
    if found.filing_id != current.filing_id:  # of whom and what is not said: it may be another unit's
        raise Invalid(_("This is the scan of another form. Please choose the scan of this one."))
    raise Invalid(
        _(
            "This is the scan of revision %(found)d, handed in now is revision %(current)d. Please print it anew."
        )
        % {"found": found.number, "current": current.number}
    )


@operation("programmes.judge_scan", label=_("Look at a stamped scan"))
def judge_scan(
    *,
    actor: Actor,
    at: datetime,
    scan: Scan,
    confirm: bool,
    note: str = "",
    request_key: str | None = None,
) -> Scan:
    """Confirm that a scan without a readable code is of the revision at the desk, or refuse it with words.

    Raise ``WrongState``, ``NotAllowed`` or ``WordsMissing``.
    """
    row = (
        Scan.objects.select_for_update(of=("self",))
        .select_related("filing__call__revision", "filing__unit")
        .get(pk=scan.pk)
    )
    SCAN_FLOW.require("confirm_scan" if confirm else "refuse_scan", actor=actor, subject=row, at=at)
    words = note.strip()[:300]
    if not confirm and not words:
        raise WordsMissing
    row.state = ScanState.CONFIRMED if confirm else ScanState.REFUSED
    row.revision = row.filing.revisions.get(number=row.filing.revision_number) if confirm else None
    row.judged_at, row.judged_by_id, row.note = at, actor.person_id, words
    row.save(update_fields=["state", "revision", "judged_at", "judged_by", "note"])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.judge_scan",
        subject=row.filing,
        before={"state": ScanState.UNREADABLE},
        after={"state": row.state},
        note=words,
    )
    return row
