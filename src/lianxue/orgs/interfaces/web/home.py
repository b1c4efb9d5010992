"""What of people waits for an administrator: posts that end soon."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.days import local_date
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import HOME, HomeSource, Waiting
from lianxue.orgs.models import Actor, Post
from lianxue.orgs.queries import in_force, posts_in_charge

SOON = timedelta(days=30)


def register_home() -> None:
    """Tell the home page what waits."""
    HOME.register("orgs", HomeSource(waiting=waiting))


def waiting(actor: Actor, at: datetime) -> Sequence[Waiting]:
    """Return one line when posts in the actor's charge end within thirty days, due on the first of those days."""
    if not actor.is_administrator:
        return ()
    today = local_date(at)
    days = _ending.rows(actor=actor, today=today, until=today + SOON)
    if not days:
        return ()
    url = f"{reverse('orgs:people')}?sort=ends_on"
    return (
        Waiting(_("Posts that end soon"), url, count=len(days), due_on=days[0], action=_("Look at them")),
    )


@kept
def _ending(actor: Actor, today: date, until: date) -> "QuerySet[Post, date | None]":
    posts = posts_in_charge(actor).filter(in_force(today), ends_on__lte=until)
    return posts.exclude(person_id=actor.person_id or 0).order_by("ends_on").values_list("ends_on", flat=True)
