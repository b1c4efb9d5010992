"""Personal data at rest: sealed columns, keyed fingerprints to find equal values, masks to show in lists.

A sealed value is stored as ``key-id:base64(nonce + ciphertext)`` under AES-256-GCM. The name of its column is bound
in as associated data, so a sealed value copied into another column does not open. Keys come from
``settings.SEALING_KEYS``, an ordered mapping of key id to base64 of 32 bytes: the first key seals, all keys open.
To change keys, put a new one in front, run ``reseal`` over each model, then drop the old one.
"""

import base64
import binascii
import functools
import hashlib
import hmac
import os
import re
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.functions import Cast

NONCE_BYTES, KEY_BYTES = 12, 32
SHOWN_HEAD, SHOWN_TAIL = 3, 4  # what a mask leaves readable
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class SealBroken(Exception):
    """A sealed value does not open: it was changed, moved to another column, or its key is gone."""


def seal(text: str, *, context: str) -> str:
    """Seal ``text`` with the first key; it opens only under the same ``context``."""
    key_id, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    closed = AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return f"{key_id}:{base64.b64encode(nonce + closed).decode()}"


def unseal(sealed: str, *, context: str) -> str:
    """Open what ``seal`` made. Raises SealBroken."""
    key_id, _colon, body = sealed.partition(":")
    key = _keys().get(key_id)
    if key is None:
        raise SealBroken(f"no key {key_id!r} for a value of {context}")
    try:
        raw = base64.b64decode(body, validate=True)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as broken:
        raise SealBroken(f"a value of {context} does not open") from broken


def blind_index(value: str, *, purpose: str = "") -> str:
    """Return a keyed fingerprint (HMAC-SHA-256, 64 hex digits) that finds equal values without opening them.

    Different ``purpose``s give unrelated fingerprints. Normalise ``value`` first; the empty string has none.
    """
    if not value:
        return ""
    message = f"{purpose}\x00{value}" if purpose else value
    return hmac.new(_key_bytes(settings.BLIND_INDEX_KEY), message.encode(), hashlib.sha256).hexdigest()


def _keys() -> dict[str, bytes]:
    keys = {key_id: _key_bytes(text) for key_id, text in settings.SEALING_KEYS.items()}
    if not keys:
        raise ImproperlyConfigured("SEALING_KEYS is empty")
    if any(not KEY_ID.fullmatch(key_id) for key_id in keys):
        raise ImproperlyConfigured("a key id in SEALING_KEYS is not plain letters, digits, - and _")
    return keys


@functools.lru_cache(maxsize=16)
def _key_bytes(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as broken:
        raise ImproperlyConfigured("a sealing key is not base64") from broken
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"a sealing key is not {KEY_BYTES} bytes long")
    return key


class SealedTextField(models.TextField[str, str]):
    """A text column whose values are readable in Python and sealed in the database.

    It cannot be searched: keep a ``blind_index`` beside it. The empty string and NULL are stored as they are.
    ``context`` pins the associated data when a model or field gets another name; leave it out otherwise.
    """

    def __init__(self, *args: Any, context: str = "", **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Add the pinned context to what migrations keep."""
        name, path, args, kwargs = super().deconstruct()
        if self.context:
            kwargs["context"] = self.context
        return str(name), path, list(args), kwargs

    @property
    def bound_to(self) -> str:
        """Return the associated data: by default the name of the column, ``app.model.field``."""
        return self.context or f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in."""
        text = super().get_prep_value(value)
        if text is None or text == "":
            return text
        return seal(str(text), context=self.bound_to)

    def from_db_value(
        self, value: str | None, _expression: object, _connection: BaseDatabaseWrapper
    ) -> str | None:
        """Open on the way out."""
        if value is None or value == "":
            return value
        return unseal(value, context=self.bound_to)

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every look-up but ``isnull``: equal texts are sealed differently each time."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.bound_to} is sealed and cannot be searched by {lookup_name!r}")
        return super().get_lookup(lookup_name)


def reseal(model: type[models.Model], *, batch: int = 500) -> int:
    """Seal again with the first key whatever an older key sealed in ``model``; return how many rows changed.

    Each batch is one transaction with its rows locked, so this may run beside the live platform.
    """
    fields = [f for f in model._meta.get_fields() if isinstance(f, SealedTextField)]
    current = f"{next(iter(_keys()))}:"
    changed = 0
    for field in fields:
        stored = model._default_manager.annotate(stored=Cast(F(field.name), models.TextField()))
        stale = stored.exclude(stored="").exclude(stored__startswith=current).exclude(stored__isnull=True)
        while True:
            with transaction.atomic():
                rows = list(stale.select_for_update().order_by("pk")[:batch])
                model._default_manager.bulk_update(rows, [field.name])
            changed += len(rows)
            if len(rows) < batch:
                break
    return changed


def mask_phone(phone: str) -> str:
    """Hide the middle of a telephone number: ``138****5678``. A Chinese country code is left out."""
    text = re.sub(r"[\s()-]", "", phone)
    return _masked(re.sub(r"^(\+|00)86", "", text))


def mask_citizen_id(citizen_id: str) -> str:
    """Hide all but the province and the last four characters: ``310***********0014``."""
    return _masked(citizen_id.strip())


def mask_name(name: str) -> str:
    """Keep the first character of a name: ``王**``. Spaces and the dot between foreign names stay."""
    text = name.strip()
    return text[:1] + "".join(letter if letter in " ·•" else "*" for letter in text[1:])


def _masked(text: str) -> str:
    hidden = len(text) - SHOWN_HEAD - SHOWN_TAIL
    if hidden < SHOWN_TAIL:  # too short to show both ends and still hide something
        return "*" * len(text)
    return f"{text[:SHOWN_HEAD]}{'*' * hidden}{text[-SHOWN_TAIL:]}"
