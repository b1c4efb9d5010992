"""Handing in mail by SMTP, many letters over one connection."""

import re
import smtplib
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from lianxue.notices.enums import Failure
from lianxue.notices.errors import NotDelivered

PERMANENT = 500  # SMTP codes from here on mean: not like this, not later either
_ADDRESS = re.compile(r"<?[\w.+-]+@[\w.-]+>?")


@dataclass(frozen=True)
class Letter:
    """A plain mail; ``name`` makes its Message-ID, the same whenever it is sent."""

    to: str
    subject: str
    text: str
    name: str


class PostOffice:
    """Keeps one connection to the mail server while there are letters to hand in."""

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye to the server."""
        if self._backend is not None:
            self._backend.fail_silently = True
            self._backend.close()
            self._backend = None

    def hand_in(self, letter: Letter) -> None:
        """Hand in one letter. Raise ``NotDelivered``."""
        if not settings.EMAIL_HOST:
            raise NotDelivered(Failure.SWITCHED_OFF, is_final=True)
        backend = self._connected()
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
        mail = EmailMessage(
            letter.subject,
            letter.text,
            to=[letter.to],
            headers={
                "Message-ID": f"<{letter.name}@{domain}>",
                "Auto-Submitted": "auto-generated",  # holiday replies are not wanted
            },
            connection=backend,
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            raise _by_code(code, said) from refused
        except smtplib.SMTPResponseException as refused:
            raise _by_code(refused.smtp_code, refused.smtp_error) from refused
        except OSError as broken:  # the line broke in the middle: the server may have taken it
            self.close()
            raise NotDelivered(Failure.INTERRUPTED, str(broken), is_final=True) from broken

    def _connected(self) -> EmailBackend:
        """Return a connection that answers, a new one if the old one went to sleep."""
        if self._backend is not None and not _answers(self._backend):
            self.close()
        if self._backend is None:
            backend = EmailBackend(fail_silently=False)
            try:
                backend.open()
            except OSError as unreachable:  # also what smtplib raises: refused sign-in, TLS that fails
                raise NotDelivered(Failure.UNREACHABLE, _without_addresses(str(unreachable))) from unreachable
            self._backend = backend
        return self._backend


def _answers(backend: EmailBackend) -> bool:
    try:
        return backend.connection is not None and backend.connection.noop()[0] == 250  # noqa: PLR2004
    except OSError:
        return False


def _by_code(code: int, said: bytes | str) -> NotDelivered:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    detail = _without_addresses(f"{code} {text}")
    if code >= PERMANENT:
        return NotDelivered(Failure.REFUSED, detail, is_final=True)
    return NotDelivered(Failure.BUSY, detail)


def _without_addresses(text: str) -> str:
    """Return what a server said without e-mail addresses: those are personal data and stand elsewhere."""
    return _ADDRESS.sub("…", text)
