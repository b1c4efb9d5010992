"""Carrying a request out once, however often it is sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.files.base import File
from django.db import connection, models

from lianxue.kernel.acting import Accountable
from lianxue.kernel.models.done_request import DoneRequest

_NOT_CONTENT = frozenset({"actor", "at", "request_key"})

# One statement claims the key, or waits for the one who holds it and comes back with nothing.
_CLAIM = """
INSERT INTO kernel_donerequest (key, verb, person_id, at, result_type, result_id) VALUES (%s, %s, %s, %s, '', '')
ON CONFLICT (key, verb, person_id) DO NOTHING RETURNING id
"""
_REMEMBER = "UPDATE kernel_donerequest SET result_type = %s, result_id = %s WHERE id = %s"


class RequestOnce:
    """The claim of one request on its key, inside the transaction that carries it out.

    A key counts together with what was sent: the same form sent twice is one request, a form that was taken back with
    the browser's button, changed and sent again is a new one. The unique index makes a second sender wait until the
    first has committed or failed.
    """

    def __init__(
        self, verb: str, key: str, *, actor: Accountable, at: datetime, given: Mapping[str, Any]
    ) -> None:
        content = [(name, _plain(given[name])) for name in sorted(given) if name not in _NOT_CONTENT]
        digest = hashlib.sha256(f"{key}\0{content!r}".encode(errors="backslashreplace")).hexdigest()
        self.key, self.verb, self.person_id = digest, verb, actor.person_id
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [digest, verb, actor.person_id, at])
            claimed = cursor.fetchone()
        self.claim_id: int | None = claimed[0] if claimed else None

    @property
    def is_repeated(self) -> bool:
        """Tell whether the same was sent before."""
        return self.claim_id is None

    def first_result(self) -> models.Model | None:
        """Return the row that the first sender got, or None when there was none."""
        first = DoneRequest.objects.get(key=self.key, verb=self.verb, person_id=self.person_id)
        if not first.result_type:
            return None
        model: type[models.Model] = apps.get_model(first.result_type)
        return model._default_manager.filter(pk=first.result_id).first()

    def remember(self, outcome: object) -> None:
        """Keep which row came out, for those who send the same again."""
        if isinstance(outcome, models.Model):
            with connection.cursor() as cursor:
                cursor.execute(_REMEMBER, [outcome._meta.label_lower, str(outcome.pk), self.claim_id])
        elif outcome is not None:
            raise TypeError("an operation that takes request_key returns a row or nothing")


def forget_requests(*, before: datetime) -> None:
    """Forget the requests that were carried out before a moment so long ago that nobody sends them again."""
    DoneRequest.objects.filter(at__lt=before).delete()


def _digest(file: "File[bytes]") -> str:
    """Return the fingerprint of a file's content, and leave the file as it was."""
    place = file.tell()
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(place)
    return found


def _plain(value: Any) -> Any:
    """Return what stands for ``value`` in the fingerprint of a request."""
    if isinstance(value, models.Model):
        return value._meta.label_lower, value.pk
    if isinstance(value, File):
        return value.name, _digest(value)
    if is_dataclass(value) and not isinstance(value, type):
        return [(one.name, _plain(getattr(value, one.name))) for one in fields(value)]
    if isinstance(value, Mapping):
        return sorted((str(key), repr(_plain(item))) for key, item in value.items())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(repr(_plain(item)) for item in value)
    if value is None or isinstance(value, bool | int | float | str | bytes | date | datetime):
        return value
    return type(value).__qualname__, str(value)
