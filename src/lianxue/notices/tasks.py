"""What notices do beside the pages: send what waits."""

from django.urls import reverse
from procrastinate.contrib.django import app

from lianxue.kernel import clock
from lianxue.notices.operations.deliver import deliver_next, give_up_interrupted
from lianxue.notices.operations.sending.post_office import PostOffice


def confirm_path(token: str) -> str:
    """Return where a link to confirm an address leads."""
    return reverse("notices:confirm", kwargs={"token": token})


@app.task
def deliver_due() -> None:
    """Send everything that is due."""
    with PostOffice() as post_office:
        while deliver_next(at=clock.now(), post_office=post_office, confirm_path=confirm_path):
            pass


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="notices.deliver_put_off")
def deliver_put_off(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Try again what was put off, and give up what broke off in the middle."""
    give_up_interrupted(at=clock.now())
    deliver_due()
