"""One call of a web-hook: to the address that was checked, without redirects, with an end in time and size."""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lianxue.notices.enums import Failure
from lianxue.notices.errors import NotDelivered
from lianxue.notices.operations.sending.open_hosts import OpenAddress, public_address_of

SECONDS = 10
LONGEST_ANSWER = 64 * 1024
TOO_MANY, OK_FROM, REDIRECT_FROM, FAULT_FROM = 429, 200, 300, 500


@dataclass(frozen=True)
class Call:
    """What is to be sent: the target with its signed query, the body, and further headers."""

    target: OpenAddress
    body: bytes
    headers: Mapping[str, str]


class _CheckedConnection(http.client.HTTPSConnection):
    """HTTPS to one address, with the certificate of the host's name."""

    def __init__(self, target: OpenAddress, address: str) -> None:
        self._secure = ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=SECONDS, context=self._secure)
        self._address = address

    def connect(self) -> None:
        """Connect to the checked address; the name is not resolved again."""
        plain = socket.create_connection((self._address, self.port), timeout=SECONDS)
        self.sock = self._secure.wrap_socket(plain, server_hostname=self.host)


def post(call: Call) -> dict[str, Any]:
    """Send ``call`` and return what the other side answered as JSON (empty: no JSON). Raise ``NotDelivered``."""
    connection = _CheckedConnection(call.target, public_address_of(call.target))
    try:
        try:
            connection.connect()
        except OSError as unreachable:
            raise NotDelivered(Failure.UNREACHABLE, str(unreachable)) from unreachable
        try:
            headers = {
                "Content-Type": "application/json; charset=utf-8",
                "User-Agent": "Lianxue",
                **call.headers,
            }
            connection.request("POST", call.target.path, body=call.body, headers=headers)
            answer = connection.getresponse()
            status, content = answer.status, answer.read(LONGEST_ANSWER + 1)
        except (OSError, http.client.HTTPException) as broken:  # it may have arrived all the same
            raise NotDelivered(Failure.INTERRUPTED, str(broken), is_final=True) from broken
    finally:
        connection.close()
    _require_taken(status)
    return _as_json(content)


def _require_taken(status: int) -> None:
    if status == TOO_MANY or status >= FAULT_FROM:
        raise NotDelivered(Failure.BUSY, f"HTTP {status}")
    if not OK_FROM <= status < REDIRECT_FROM:
        raise NotDelivered(Failure.REFUSED, f"HTTP {status}", is_final=True)


def _as_json(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content) if len(content) <= LONGEST_ANSWER else None
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
