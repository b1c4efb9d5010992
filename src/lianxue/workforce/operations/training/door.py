"""The code at the door of a training: signed, for a while only, as QR code or typed."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from lianxue.kernel.readable_codes import ALPHABET
from lianxue.workforce.enums import SessionState
from lianxue.workforce.errors import CodeNotValid
from lianxue.workforce.flows.training import DOOR_OPEN, DOOR_STAYS_OPEN
from lianxue.workforce.models import TrainingSession

SALT = "lianxue.workforce.door"
SCREEN_LIVES = timedelta(minutes=10)  # a photograph of the screen sent home is of no use for long
WINDOW = timedelta(minutes=5)  # a typed code holds for this part of an hour and the next
LENGTH = 8
PROOF = 24  # hexadecimal signs of the signature: 96 bits


@dataclass(frozen=True)
class DoorCode:
    """What the screen shows: the token in the QR code, what can be typed instead, and until when both hold."""

    token: str
    typed: str
    until: datetime


def door_code(session: TrainingSession, at: datetime) -> DoorCode:
    """Return the code that a screen shows now."""
    return DoorCode(_token(session, at + SCREEN_LIVES), _typed(session, _window(at)), at + SCREEN_LIVES)


def poster_token(session: TrainingSession) -> str:
    """Return the token for a poster at the door: it holds until the door closes."""
    return _token(session, session.ends_at + DOOR_STAYS_OPEN)


def session_behind(token: str, at: datetime) -> TrainingSession:
    """Return the training to whose door a token belongs. Raise ``CodeNotValid`` when forged, over, or closed."""
    number, _sign, rest = token.partition("-")
    until, _sign, proof = rest.partition("-")
    if not hmac.compare_digest(proof.encode(), _proof(number, until).encode()):
        raise CodeNotValid
    pk, last = int(number, 36), int(until, 36)
    found = TrainingSession.objects.select_related("organiser").filter(pk=pk).first()
    if found is None or at.timestamp() > last or found.state != SessionState.PLANNED:
        raise CodeNotValid
    return found


def session_typed(text: str, at: datetime) -> TrainingSession:
    """Return the training whose code somebody typed or scanned (without the address around it). Raise ``CodeNotValid``."""
    bare = "".join(letter for letter in text.upper() if letter.isalnum())
    if len(bare) != LENGTH or not bare.isascii():
        return session_behind(text, at)
    rows = TrainingSession.objects.select_related("organiser").filter(state=SessionState.PLANNED)
    for row in rows.filter(starts_at__lte=at + timedelta(days=1), ends_at__gte=at - timedelta(days=1)):
        if not DOOR_OPEN.check(row, at):
            continue
        now = _window(at)
        if any(hmac.compare_digest(bare, _typed(row, window)) for window in (now, now - 1)):
            return row
    raise CodeNotValid


def _token(session: TrainingSession, until: datetime) -> str:
    """Return ``number-until-proof``: short, so that the QR code stays coarse enough for the last row of a hall."""
    number, last = _in_36(session.pk), _in_36(int(until.timestamp()))
    return f"{number}-{last}-{_proof(number, last)}"


def _proof(number: str, until: str) -> str:
    content = f"{number}-{until}".encode("ascii", "replace")
    return salted_hmac(SALT, content, algorithm="sha256").hexdigest()[:PROOF]


def _in_36(number: int) -> str:
    letters = ""
    while number or not letters:
        number, at = divmod(number, 36)
        letters = "0123456789abcdefghijklmnopqrstuvwxyz"[at] + letters
    return letters


def _window(at: datetime) -> int:
    return int(at.timestamp() // WINDOW.total_seconds())


def _typed(session: TrainingSession, window: int) -> str:
    digest = salted_hmac(SALT, f"{session.pk}:{window}", algorithm="sha256").digest()
    number = int.from_bytes(digest[:16], "big")
    letters = []
    for _place in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return "".join(letters)
