"""Writing the audit trail."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from lianxue.kernel.acting import Accountable
from lianxue.kernel.errors import Refused
from lianxue.kernel.models.audit_entry import AuditEntry, Outcome
from lianxue.kernel.sealing import SealedTextField

UNREADABLE = "•"


def snapshot(subject: Model, *fields: str) -> dict[str, Any]:
    """Return the named fields of ``subject`` as plain JSON values; sealed ones are shown as a dot only."""
    taken: dict[str, Any] = {}
    for name in fields:
        field = subject._meta.get_field(name)
        value = getattr(subject, getattr(field, "attname", name))
        if isinstance(field, SealedTextField):
            value = UNREADABLE if value else ""
        taken[name] = _plain(value)
    return taken


def record(
    *,
    actor: Accountable,
    at: datetime,
    verb: str,
    subject: Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    note: str = "",
) -> AuditEntry:
    """Write down that ``actor`` did ``verb`` to ``subject``; only the fields that changed are kept."""
    changed_before, changed_after = _changes(before, after)
    return AuditEntry.objects.create(
        **_who(actor),
        at=at,
        verb=verb,
        outcome=Outcome.DONE,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        before=changed_before,
        after=changed_after,
        note=note,
    )


def record_refusal(*, actor: Accountable, at: datetime, verb: str, subject: Model | None, refusal: Refused) -> None:
    """Write down that ``actor`` tried ``verb`` and was refused."""
    AuditEntry.objects.create(
        **_who(actor),
        at=at,
        verb=verb,
        outcome=Outcome.REFUSED,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk or "") if subject is not None else "",
        subject_label=str(subject)[:200] if subject is not None else "",
        before=None,
        after=None,
        note=f"{refusal.code}: {refusal}",
    )


def _who(actor: Accountable) -> dict[str, Any]:
    return {
        "person_id": actor.person_id,
        "person_label": actor.label,
        "organisation_id": actor.organisation_id,
        "organisation_label": actor.organisation_label,
        "remote_address": actor.remote_address,
    }


def _changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    old = {key: _plain(value) for key, value in before.items()} if before is not None else None
    new = {key: _plain(value) for key, value in after.items()} if after is not None else None
    if old is None or new is None:
        return old, new
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return {key: old.get(key) for key in changed}, {key: new.get(key) for key in changed}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return str(value)
