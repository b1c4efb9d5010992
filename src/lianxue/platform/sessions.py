"""Sessions that end after a time without a request, without being written with every request.

The day-to-day request changes nothing in the session but its end. Moving that end once a minute instead of each time
spares most requests a transaction; a session ends at most that minute early.
"""

import time

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

MOVED_AT = "moved_at"
MOVED_EVERY_SECONDS = 60


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
