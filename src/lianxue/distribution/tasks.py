"""What distribution does by itself at fixed times."""

from procrastinate.contrib.django import app

from lianxue.distribution.public import (
    anonymise_borrowers,
    lapse_reservations,
    remind_of_corners,
    send_due_reminders,
    tell_overdue_loans,
)
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


@app.periodic(cron="40 16 * * *")  # 16:40 UTC: twenty to one at night in Shanghai, when the day is over
@app.task(queueing_lock="distribution.end_of_day_at_desks")
def end_of_day_at_desks(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Give copies that were not fetched to the next reader, and forget names that are kept no longer."""
    lapse_reservations(actor=Actor.platform(), at=clock.now())
    anonymise_borrowers(actor=Actor.platform(), at=clock.now())


@app.periodic(cron="40 0 * * *")
@app.task(queueing_lock="distribution.tell_of_overdue_loans")
def tell_of_overdue_loans(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
    """Tell points of loans that are overdue, as often as they want to hear of it."""
    tell_overdue_loans(actor=Actor.platform(), at=clock.now())
