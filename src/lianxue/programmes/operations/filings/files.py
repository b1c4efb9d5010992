"""Files that belong to the answers of a filing."""

from datetime import datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotFound
from lianxue.kernel.files import store_document, store_picture
from lianxue.kernel.models import StoredFile
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.models import Filing, FilingFile
from lianxue.programmes.models.definition import Field

ENDINGS = {"pdf": "PDF", "docx": "Word (.docx)", "xlsx": "Excel (.xlsx)", "picture": "JPEG / PNG"}
MOST_FILES = 50


@operation("programmes.attach_file", label=_("Attach a file"))
def attach_file(
    *,
    actor: Actor,
    at: datetime,
    filing: Filing,
    key: str,
    upload: "File[bytes]",
    request_key: str | None = None,
) -> FilingFile:
    """Attach a file to a question of type ``files``. Raise ``WrongState``, ``NotAllowed``, ``NotFound`` or ``Invalid``."""
    row = Filing.objects.select_for_update(of=("self",)).select_related("call__revision").get(pk=filing.pk)
    FILING_FLOW.require("save_answer", actor=actor, subject=row, at=at)
    asked = row.form.fields().get(key)
    if asked is None or asked.type != "files":
        raise NotFound
    named = list(row.answers.get(key) or [])
    if len(named) >= (asked.most or MOST_FILES):
        raise Invalid(_("No more files can be attached here."))
    stored = keep_upload(upload, asked, person_id=actor.person_id, at=at)
    attached = FilingFile.objects.create(
        filing=row, key=key, file=stored, added_at=at, added_by_id=actor.person_id
    )
    _name_files(row, key, [*named, attached.pk])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.attach_file",
        subject=row,
        after={"key": key, "name": stored.original_name, "sha256": stored.sha256},
    )
    return attached


@operation("programmes.remove_file", label=_("Remove an attached file"))
def remove_file(
    *, actor: Actor, at: datetime, filing: Filing, file: FilingFile, request_key: str | None = None
) -> Filing:
    """Take a file out of the answers; revisions that have it keep it. Raise ``WrongState``, ``NotAllowed``, ``NotFound``."""
    row = Filing.objects.select_for_update(of=("self",)).select_related("call__revision").get(pk=filing.pk)
    FILING_FLOW.require("save_answer", actor=actor, subject=row, at=at)
    named = list(row.answers.get(file.key) or [])
    if file.filing_id != row.pk or file.pk not in named:
        raise NotFound
    file.removed_at = at
    file.save(update_fields=["removed_at"])
    _name_files(row, file.key, [one for one in named if one != file.pk])
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.remove_file",
        subject=row,
        after={"key": file.key, "removed": file.pk},
    )
    return row


def keep_upload(upload: "File[bytes]", asked: Field, *, person_id: int | None, at: datetime) -> StoredFile:
    """Keep an upload of one of the kinds that the question takes. Raise ``Invalid``."""
    head = upload.read(8)
    upload.seek(0)
    is_document = head.startswith((b"%PDF-", b"PK", b"\xd0\xcf\x11\xe0"))
    kinds = asked.kinds or ("pdf", "docx", "xlsx", "picture")
    if not is_document and "picture" in kinds:
        return store_picture(upload, person_id=person_id, at=at)
    stored = store_document(upload, person_id=person_id, at=at)
    if stored.original_name.rpartition(".")[2] not in kinds:
        words = " / ".join(ENDINGS[kind] for kind in kinds)
        raise Invalid(_("Please send a file of this kind: %(kinds)s.") % {"kinds": words})
    return stored


def _name_files(row: Filing, key: str, named: list[int]) -> None:
    row.answers[key] = named
    row.marks[key] = int(row.marks.get(key, 0)) + 1
    row.version += 1
    row.save(update_fields=["answers", "marks", "version"])
