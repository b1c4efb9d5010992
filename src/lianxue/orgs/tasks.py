"""What orgs do every night."""

from procrastinate.contrib.django import app

from lianxue.kernel import clock
from lianxue.orgs.operations.api_tokens import REQUESTS_KEPT_FOR, forget_token_requests


@app.periodic(cron="30 19 * * *")  # UTC: half past three at night in Shanghai
@app.task(queueing_lock="orgs.tidy_up")
def tidy_up(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Forget keys of requests that nobody sends again."""
    forget_token_requests(before=clock.now() - REQUESTS_KEPT_FOR)
