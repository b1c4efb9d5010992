"""Programs that call the open interface."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from lianxue.kernel import clock
from lianxue.kernel.api.scopes import SCOPES
from lianxue.orgs.models import Actor, ApiToken
from lianxue.orgs.operations.api_tokens import make_token

ROOT = "/api/v1"


@dataclass
class Program:
    """A program with a token."""

    token: ApiToken
    text: str

    def call(self, method: str, path: str, body: Any = None, *, key: str | None = None) -> HttpResponse:
        """Send one request; ``path`` begins behind /api/v1, ``key`` is its Idempotency-Key."""
        headers = {"Authorization": f"Bearer {self.text}", "Accept-Language": "en"}
        if key is not None:
            headers["Idempotency-Key"] = key
        sent = b"" if body is None else json.dumps(body).encode()
        found: HttpResponse = Client().generic(
            method.upper(), ROOT + path, sent, "application/json", headers=headers
        )
        return found

    def get(self, path: str) -> Any:
        """Read something that is there."""
        response = self.call("get", path)
        assert response.status_code == 200, response.content
        return json.loads(response.content)


def make_program(actor: Actor, *scopes: str) -> Program:
    """Return a program that acts as ``actor`` with ``scopes`` (none named: all)."""
    made = make_token(actor=actor, at=clock.now(), name="test", scopes=scopes or tuple(SCOPES), valid_days=30)
    return Program(made.token, made.text)
