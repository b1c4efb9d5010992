"""/healthz and /readyz for the supervisor, the proxy and monitoring.

They answer before everything else: no host check, no session, no log line.
"""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import get_resolver

log = structlog.get_logger("lianxue.health")

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answer `/healthz` (the process lives) and `/readyz` (pages load, the database answers and is migrated)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.loaded = False
        self.migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            trouble = self._trouble()
            return JsonResponse({"status": trouble or "ok"}, status=503 if trouble else 200)
        return self.get_response(request)

    def _trouble(self) -> str | None:
        if not self.loaded:
            try:
                get_resolver().url_patterns  # noqa: B018  # loads every page
            except Exception:
                log.exception("pages do not load")
                return "the pages do not load"
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
