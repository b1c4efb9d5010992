"""Which web-hooks may be called: hosts that the operator opened, and there only public addresses.

Somebody who may register a robot must not be able to make the platform call what stands behind its own walls.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from lianxue.notices.enums import Failure
from lianxue.notices.errors import NotDelivered

HTTPS = 443


@dataclass(frozen=True)
class OpenAddress:
    """A web-hook that may be called: its host and port, and path with query."""

    host: str
    port: int
    path: str

    @property
    def name(self) -> str:
        """Return host and port as the operator writes them in the settings: without the port of HTTPS."""
        return self.host if self.port == HTTPS else f"{self.host}:{self.port}"


def open_address(url: str) -> OpenAddress | None:
    """Return ``url`` taken apart if it may be called: https, a host that the operator opened, no password in it."""
    try:
        parts: SplitResult = urlsplit(url)
        host, port = (parts.hostname or ""), parts.port or HTTPS
    except ValueError:
        return None
    if parts.scheme != "https" or not host or parts.username is not None or parts.password is not None:
        return None
    if not url.isascii() or any(sign.isspace() or not sign.isprintable() for sign in url):
        return None
    found = OpenAddress(host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    return found if found.name in settings.WEBHOOK_HOSTS else None


def public_address_of(target: OpenAddress) -> str:
    """Return the address behind the host's name; the one that was checked is the one that is then called.

    Raise ``NotDelivered`` when there is none, or when one of them lies in a network of its own, unless the operator
    opened that host as a private one.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError as unknown:
        raise NotDelivered(Failure.UNREACHABLE, str(unknown)) from unknown
    addresses = [str(entry[4][0]) for entry in found]
    if target.name not in settings.WEBHOOK_PRIVATE_HOSTS and not all(map(_is_public, addresses)):
        raise NotDelivered(Failure.NOT_OPEN, target.name, is_final=True)
    return addresses[0]


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    inside = getattr(number, "ipv4_mapped", None) or number
    return bool(inside.is_global and not inside.is_multicast)
