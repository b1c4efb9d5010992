"""What the kernel does every night."""

from datetime import timedelta

from procrastinate.contrib.django import app

from lianxue.kernel import clock
from lianxue.kernel.files import sweep_orphans
from lianxue.kernel.request_once import forget_requests

KEPT_FOR = timedelta(days=30)  # nobody sends a form again after that


@app.periodic(cron="20 19 * * *")  # UTC: twenty past three at night in Shanghai
@app.task(queueing_lock="kernel.tidy_up")
def tidy_up(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Forget requests that were carried out long ago, and delete files that no row refers to."""
    now = clock.now()
    forget_requests(before=now - KEPT_FOR)
    sweep_orphans(at=now)
