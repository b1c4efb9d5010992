"""Sessions that end after a time without a request, without being written with every request.

The day-to-day request changes nothing in the session but its end. Moving that end once a minute instead of each time
spares most requests a transaction; a session ends at most that minute early.
"""

import time
from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lianxue.kernel.kept import kept

MOVED_AT = "moved_at"
MOVED_EVERY_SECONDS = 60


@kept
def _not_ended(session_key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    """Django's sessions in the database, read by a statement that is kept: every request reads one."""

    def _get_session_from_db(self) -> Session | None:
        if self.session_key is None:
            return None
        found = _not_ended.first(session_key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None  # as Django does: an unknown key must not become a session's
        return found


class SlidingSessionMiddleware(SessionMiddleware):
    """Move the end of a session that was used, at most once a minute."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Let the session be saved when it changed, or when its end was last moved a while ago."""
        session = getattr(request, "session", None)  # an answer given before the session was opened has none
        if session is not None and session.accessed and not session.is_empty():
            now = int(time.time())
            if session.modified or now - session.get(MOVED_AT, 0) >= MOVED_EVERY_SECONDS:
                session[MOVED_AT] = now
        return super().process_response(request, response)
