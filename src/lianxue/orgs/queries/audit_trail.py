"""Reads of the audit trail."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Q, QuerySet

from lianxue.kernel.days import SHANGHAI
from lianxue.kernel.errors import Text
from lianxue.kernel.models import AuditEntry
from lianxue.kernel.rules import Rule, role_rule, visible
from lianxue.orgs.enums import Role
from lianxue.orgs.models import Actor

READS_THE_TRAIL: Rule[Actor] = role_rule("auditor", lambda actor: actor.role == Role.AUDITOR)


@dataclass(frozen=True, kw_only=True)
class TrailSearch:
    """What an auditor looks for; what is left empty is not looked at."""

    text: str = ""
    organisation: str = ""
    verb: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    subject_type: str = ""
    subject_id: str = ""


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    label: Text
    before: Any
    after: Any


def search_trail(actor: Actor, search: TrailSearch) -> QuerySet[AuditEntry]:
    """Return the entries that ``search`` asks for, newest first; nothing for whoever is no auditor."""
    rows = visible(AuditEntry.objects.all(), READS_THE_TRAIL, actor)
    if search.text:
        rows = rows.filter(Q(person_label__icontains=search.text) | Q(subject_label__icontains=search.text))
    if search.organisation:
        rows = rows.filter(organisation_label__icontains=search.organisation)
    for name in ("verb", "outcome", "subject_type", "subject_id"):
        wanted = getattr(search, name)
        if wanted:
            rows = rows.filter(**{name: wanted})
    if search.since:
        rows = rows.filter(at__gte=_midnight(search.since))
    if search.until:
        rows = rows.filter(at__lt=_midnight(search.until + timedelta(days=1)))
    return rows.order_by("-at", "-id")


def own_trail(actor: Actor) -> QuerySet[AuditEntry]:
    """Return what ``actor`` did or tried, under any post, and what was done to their account by others."""
    if actor.person_id is None:
        return AuditEntry.objects.none()
    about = Q(subject_type="accounts.person", subject_id=str(actor.person_id))
    return AuditEntry.objects.filter(Q(person_id=actor.person_id) | about).order_by("-at", "-id")


def entries_about(entry: AuditEntry) -> QuerySet[AuditEntry]:
    """Return all entries about what ``entry`` is about, newest first."""
    if not entry.subject_type:
        return AuditEntry.objects.none()
    return AuditEntry.objects.filter(subject_type=entry.subject_type, subject_id=entry.subject_id).order_by(
        "-at", "-id"
    )


def changes_of(entry: AuditEntry) -> list[Change]:
    """Return the fields that ``entry`` tells of, with their names in words and what their numbers point at."""
    before, after = entry.before or {}, entry.after or {}
    return [
        Change(
            _field_label(entry.subject_type, key),
            _in_words(entry.subject_type, key, before.get(key)),
            _in_words(entry.subject_type, key, after.get(key)),
        )
        for key in {**before, **after}
    ]


def subject_label(subject_type: str) -> Text:
    """Return what kind of thing a subject is, in words."""
    try:
        return apps.get_model(subject_type)._meta.verbose_name or subject_type
    except (LookupError, ValueError):
        return subject_type


def _field(subject_type: str, key: str) -> Field[Any, Any] | None:
    try:
        found = apps.get_model(subject_type)._meta.get_field(key)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, Field) else None


def _field_label(subject_type: str, key: str) -> Text:
    field = _field(subject_type, key)
    return key.replace("_", " ") if field is None else field.verbose_name


def _in_words(subject_type: str, key: str, value: Any) -> Any:
    """Return a recorded value for reading: choices by their label, numbers of rows with the row as it is now called."""
    field = _field(subject_type, key)
    if field is None or value is None:
        return value
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(field, ForeignKey):
        found = field.remote_field.model._default_manager.filter(pk=value).first()
        return value if found is None else f"{found} ({value})"
    return dict(field.flatchoices).get(value, value)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
