"""Carrying a request out once, however often it is sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.files.base import File
from django.db import models

from lianxue.kernel.acting import Accountable
from lianxue.kernel.models.done_request import DoneRequest

_NOT_CONTENT = frozenset({"actor", "at", "request_key"})


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
        self.claim, is_new = DoneRequest.objects.get_or_create(
            key=digest, verb=verb, person_id=actor.person_id, defaults={"at": at}
        )
        self.is_repeated = not is_new

    def first_result(self) -> models.Model | None:
        """Return the row that the first sender got, or None when there was none."""
        if not self.claim.result_type:
            return None
        model: type[models.Model] = apps.get_model(self.claim.result_type)
        return model._default_manager.filter(pk=self.claim.result_id).first()

    def remember(self, outcome: object) -> None:
        """Keep which row came out, for those who send the same again."""
        if isinstance(outcome, models.Model):
            self.claim.result_type = outcome._meta.label_lower
            self.claim.result_id = str(outcome.pk)
            self.claim.save(update_fields=["result_type", "result_id"])
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
