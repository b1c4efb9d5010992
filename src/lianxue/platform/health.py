"""/healthz and /readyz for the supervisor, the proxy and monitoring.

They answer before everything else: no host check, no session, no log line.
"""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import get_resolver

PAGES_BROKEN = "the pages do not load"

log = structlog.get_logger("lianxue.health")

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answer `/healthz` (the process lives) and `/readyz` (pages load, the database answers and is migrated)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.loaded = False
        self.told = ""
        self.migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            trouble = self._trouble()
            answer = JsonResponse({"status": trouble or "ok"}, status=503 if trouble else 200)
            answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  # Django notes it else; probes come often
            return answer
        return self.get_response(request)

    def _trouble(self) -> str | None:
        if not self.loaded:
            try:
                get_resolver().url_patterns  # noqa: B018  # loads every page
            except Exception as error:
                if repr(error) != self.told:
                    self.told = repr(error)
                    log.exception(PAGES_BROKEN)
                return PAGES_BROKEN
            self.loaded = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            if not self.migrated:
                executor = MigrationExecutor(connection)
                self.migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            return "the database does not answer"
        finally:
            connection.close()
        return None if self.migrated else "migrations are waiting"
