"""One browser on one kept-open connection: a session, a form key for each form, no scripts and no pictures."""

import http.client
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = "b" * 32  # Django compares cookie and form; any 32 letters will do


class Unexpected(Exception):
    """An answer that a benchmark must not count."""


@dataclass
class Visitor:
    """Sends requests for one person; ``seconds`` keeps how long each took."""

    port: int
    session: str = ""
    address: str = "10.0.0.1"
    seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> str:
        """Return the page at ``path``."""
        return self._send("GET", path, None, expected=200)[0]

    def post(self, path: str, fields: Mapping[str, object]) -> str:
        """Send a form that changes something; return where the answer leads."""
        sent = {"csrfmiddlewaretoken": TOKEN, "request_key": secrets.token_urlsafe(12), **fields}
        return self._send("POST", path, urlencode(sent, doseq=True), expected=302)[1]

    def save(self, path: str, fields: Mapping[str, object]) -> str:
        """Send an answer as the script of a form does; return what is shown beside the question."""
        sent = {"csrfmiddlewaretoken": TOKEN, **fields}
        return self._send("POST", path, urlencode(sent, doseq=True), expected=200)[0]

    def _send(self, method: str, path: str, body: str | None, *, expected: int) -> tuple[str, str]:
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-Forwarded-For": self.address,
            "X-Forwarded-Proto": "http",
            **({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}),
        }
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.seconds.append(time.perf_counter() - began)
        if answer.status != expected:
            words = " ".join(re.sub(r"<[^>]+>", " ", text).split())
            raise Unexpected(f"{method} {path}: {answer.status} {words[:600]}")
        return text, answer.headers.get("Location", "")
