"""People at their desks: they lend, take back and confirm parcels, and press again when no answer came."""

import http.client
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

TOKEN = "c" * 32  # Django compares cookie and form
PATIENCE = 90.0  # seconds in which somebody presses again


@dataclass
class Acknowledged:
    """What the site said yes to."""

    lent: list[str] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    pressed_again: int = 0

    @property
    def count(self) -> int:
        return len(self.lent) + len(self.returned) + len(self.received)


class Desk(threading.Thread):
    """One person at one point."""

    def __init__(self, port: int, desk: dict[str, Any], seen: Acknowledged, ending: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.desk, self.seen, self.ending = port, desk, seen, ending
        self.today = (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()
        self.fault: Exception | None = None

    def run(self) -> None:
        """Work until told to stop."""
        try:
            turn = 0
            while not self.ending.is_set():
                turn += 1
                self._lend_and_take_back(turn)
                if turn % 3 == 0 and self.desk["parcels"]:
                    self._receive(self.desk["parcels"].pop())
        except Exception as fault:  # noqa: BLE001  # told to the test
            self.fault = fault

    def _lend_and_take_back(self, turn: int) -> None:
        name = f"读者{secrets.token_hex(6)}"
        entry = self.desk["entries"][turn % len(self.desk["entries"])]
        self._post(f"/desk/lend/{entry}/", borrower_name=name, quantity=1, lent_on=self.today)
        self.seen.lent.append(name)
        found = re.search(r"/loans/(\d+)/", self._send("GET", f"/desk/?q={quote(name)}", None)[1])
        assert found, f"{name} stands nowhere at the desk"
        if turn % 2:
            self._post(f"/loans/{found[1]}/return/", returned_on=self.today)
            self.seen.returned.append(int(found[1]))

    def _receive(self, shipment: int) -> None:
        self._post(f"/shipments/{shipment}/receive/", all_good="yes")
        self.seen.received.append(shipment)

    def _post(self, path: str, **fields: object) -> None:
        sent = {"csrfmiddlewaretoken": TOKEN, "request_key": secrets.token_urlsafe(12), **fields}
        status, text = self._send("POST", path, urlencode(sent))
        assert status == 302, f"{path}: {status} {' '.join(re.sub('<[^>]+>', ' ', text).split())[:400]}"

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        """Send until there is an answer that is not 'try again later'."""
        headers = {"Cookie": f"sessionid={self.desk['session']}; csrftoken={TOKEN}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        deadline = time.monotonic() + PATIENCE
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                status, text = answer.status, answer.read().decode()
            except (OSError, http.client.HTTPException):
                status, text = 0, ""
            finally:
                connection.close()
            if status and status < 500:
                return status, text
            assert time.monotonic() < deadline, f"{path}: no answer but {status} {text[:300]}"
            self.seen.pressed_again += 1
            time.sleep(0.2)
