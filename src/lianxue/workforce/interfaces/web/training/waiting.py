"""What waits for whom in trainings."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.clock import local_date
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import Waiting
from lianxue.orgs.public import Actor
from lianxue.workforce.queries.training import to_close, upcoming_of

_UPCOMING, _TO_CLOSE = kept(upcoming_of), kept(to_close)


def waiting_training(actor: Actor, at: datetime) -> list[Waiting]:
    """Return the trainings at which the actor is expected, and those whose list is to be closed."""
    return [*_expected(actor, at), *_to_close(actor, at)]


def _expected(actor: Actor, at: datetime) -> Iterator[Waiting]:
    if actor.person_id is None:
        return
    rows = _UPCOMING.rows(person_id=actor.person_id, at=at)
    if rows:
        session = rows[0].session
        url = reverse("workforce:session", args=[session.pk]) if len(rows) == 1 else reverse("workforce:mine")
        yield Waiting(
            _("You are expected at a training"),
            url,
            len(rows),
            # What goes on for days can still be attended: until its last one.
            due_on=local_date(session.starts_at if at < session.starts_at else session.ends_at),
            detail=session.title,
        )


def _to_close(actor: Actor, at: datetime) -> Iterator[Waiting]:
    if not actor.is_administrator:
        return
    rows = _TO_CLOSE.rows(actor=actor, at=at)
    if rows:
        one, many = (
            reverse("workforce:session", args=[rows[0].pk]),
            reverse("workforce:sessions") + "?state=planned",
        )
        title, url = _("Note who attended and close the list"), one if len(rows) == 1 else many
        yield Waiting(title, url, len(rows), detail=rows[0].title if len(rows) == 1 else "")
