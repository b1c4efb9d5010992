"""Freezing what was handed in."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lianxue.kernel.new_row import write
from lianxue.kernel.readable_codes import readable_code
from lianxue.programmes.enums import RevisionKind
from lianxue.programmes.models import Filing, FilingFile, FilingRevision

CODE_LENGTH = 12
CODE_MARK = "LX-"


def freeze(
    filing: Filing,
    answers: Mapping[str, Any],
    *,
    at: datetime,
    person_id: int | None,
    kind: RevisionKind = RevisionKind.FILING,
    reason: str = "",
) -> FilingRevision:
    """Make the next revision of a filing: answers and files as they are now, with their fingerprint."""
    files = attached(filing, answers)
    revision = FilingRevision(
        filing=filing,
        number=filing.revision_number + 1,
        kind=kind,
        answers=dict(answers),
        files=files,
        digest=fingerprint(answers, files),
        code=CODE_MARK + readable_code(CODE_LENGTH),
        submitted_at=at,
        submitted_by_id=person_id,
        reason=reason,
    )
    write(revision)
    return revision


def attached(filing: Filing, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a revision keeps of the files that its answers name."""
    keys = {key for key, one in filing.form.fields().items() if one.type == "files"}
    named = {one for key in keys for one in answers.get(key) or []}
    if not named:
        return []
    rows = FilingFile.objects.select_related("file").filter(filing=filing, pk__in=named, key__in=keys)
    return [row.told() for row in rows]


def fingerprint(answers: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> str:
    """Return the SHA-256 over what was filed, in canonical JSON: equal content, equal fingerprint."""
    canonical = json.dumps(
        {"answers": answers, "files": list(files)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_unchanged(revision: FilingRevision) -> bool:
    """Tell whether a revision is still what was handed in."""
    return fingerprint(revision.answers, revision.files) == revision.digest
