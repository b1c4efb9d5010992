"""What accounts do every night."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from lianxue.accounts.operations import forget_attempts
from lianxue.kernel import clock

KEPT_FOR = timedelta(days=1)


@app.periodic(cron="40 19 * * *")  # UTC: twenty to four at night in Shanghai
@app.task(queueing_lock="accounts.tidy_up")
def tidy_up(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Forget attempts to sign in that no longer count, and sessions that have ended."""
    forget_attempts(before=clock.now() - KEPT_FOR)
    SessionStore.clear_expired()
