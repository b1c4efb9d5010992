"""Writing the audit trail.

Sealed values never enter it, nor do those that a model names in ``kept_out_of_trail``: names that must go one day cannot
go from a trail that is never changed. Where one stands, the trail shows a dot and four digits of a keyed fingerprint:
enough to see that it changed, and to see it change back, and nothing more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from lianxue.kernel.acting import Accountable
from lianxue.kernel.errors import Refused, Text
from lianxue.kernel.models.audit_entry import AuditEntry, Outcome
from lianxue.kernel.new_row import write
from lianxue.kernel.registry import Registry
from lianxue.kernel.sealing import SealedTextField, blind_index

ACTS: Registry[Text] = Registry("acts")
ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Change:
    """One of many things that an actor did in the same act: to what, from what to what."""

    subject: Model | None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    note: str = ""


def name_act(verb: str, label: Text) -> None:
    """Say what people read in the trail where ``verb`` stands."""
    ACTS.register(verb, label)


def act_label(verb: str) -> Text:
    """Return what people read for ``verb``; an act that is no longer known is shown by its verb."""
    return ACTS.get(verb, verb)


def snapshot(subject: Model, *fields: str) -> dict[str, Any]:
    """Return the named fields of ``subject`` as plain JSON values; sealed ones and names to be forgotten stay unreadable."""
    kept_out: frozenset[str] = getattr(subject, "kept_out_of_trail", frozenset())
    taken: dict[str, Any] = {}
    for name in fields:
        field = subject._meta.get_field(name)
        value = getattr(subject, getattr(field, "attname", name))
        if isinstance(field, SealedTextField) or name in kept_out:
            value = f"• {blind_index(value, purpose='audit')[:4]}" if value else ""
        taken[name] = _plain(value)
    return taken


def record(
    *,
    actor: Accountable,
    at: datetime,
    verb: str,
    subject: Model | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    note: str = "",
) -> AuditEntry:
    """Write down that ``actor`` did ``verb`` to ``subject``; only the fields that changed are kept."""
    entry = _entry(_who(actor), at, verb, Change(subject, before, after, note))
    write(entry)
    return entry


def record_many(*, actor: Accountable, at: datetime, verb: str, changes: Iterable[Change]) -> None:
    """Write down that ``actor`` did ``verb`` to many things at once: a line for each, in a few statements for all."""
    who = _who(actor)
    entries = [_entry(who, at, verb, one) for one in changes]
    if len(entries) == 1:
        write(entries[0])
    else:
        AuditEntry.objects.bulk_create(entries, batch_size=ROWS_AT_ONCE)


def record_refusal(
    *, actor: Accountable, at: datetime, verb: str, subject: Model | None, refusal: Refused
) -> None:
    """Write down that ``actor`` tried ``verb`` and was refused."""
    AuditEntry.objects.create(
        **_who(actor),
        at=at,
        verb=verb,
        outcome=Outcome.REFUSED,
        **_about(subject),
        before=None,
        after=None,
        note=_clean(f"{refusal.code}: {refusal}"),
    )


def _entry(who: Mapping[str, Any], at: datetime, verb: str, change: Change) -> AuditEntry:
    before, after = _changes(change.before, change.after)
    return AuditEntry(
        **who,
        at=at,
        verb=verb,
        outcome=Outcome.DONE,
        **_about(change.subject),
        before=before,
        after=after,
        note=_clean(change.note),
    )


def _who(actor: Accountable) -> dict[str, Any]:
    return {
        "person_id": actor.person_id,
        "person_label": _clean(actor.label)[:100],
        "organisation_id": actor.organisation_id,
        "organisation_label": _clean(actor.organisation_label)[:200],
        "remote_address": actor.remote_address,
    }


def _about(subject: Model | None) -> dict[str, str]:
    if subject is None:
        return {"subject_type": "", "subject_id": "", "subject_label": ""}
    return {
        "subject_type": subject._meta.label_lower,
        "subject_id": str(subject.pk or ""),
        "subject_label": _clean(str(subject))[:200],
    }


def _clean(text: str) -> str:
    # PostgreSQL keeps no NUL; what somebody sent in must not keep the trail from being written.
    return text.replace("\0", "")


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
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return _clean(str(value))
