"""What distribution does by itself at fixed times."""

from procrastinate.contrib.django import app

from lianxue.distribution.public import remind_of_corners, send_due_reminders
from lianxue.kernel import clock
from lianxue.orgs.public import Actor


@app.periodic(cron="30 0 * * *")  # 00:30 UTC: half past eight in the morning in Shanghai, when people read it
@app.task(queueing_lock="distribution.remind_of_demand")
def remind_of_demand(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Remind those whose demand has not come in, before and after the last day."""
    send_due_reminders(actor=Actor.platform(), at=clock.now())


@app.periodic(cron="35 0 * * *")
@app.task(queueing_lock="distribution.remind_of_corners")
def remind_of_display_corners(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Remind points whose display corner is due to be arranged anew (S0-46)."""
    remind_of_corners(actor=Actor.platform(), at=clock.now())
