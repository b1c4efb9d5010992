"""What waits for whom in the yearly appraisal."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import Waiting
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor
from lianxue.workforce.enums import AppraisalState
from lianxue.workforce.models import Appraisal
from lianxue.workforce.queries.appraisal import to_declare
from lianxue.workforce.rules.appraisal import APPRAISES


def waiting_appraisal(actor: Actor, at: datetime) -> list[Waiting]:
    """Return the sheets of this year on which the actor declares, and those that the actor's city confirms."""
    return [*_declaring(actor, local_date(at).year), *_confirming(actor, local_date(at).year)]


def _declaring(actor: Actor, year: int) -> Iterator[Waiting]:
    if actor.person_id is None:
        return
    rows = list(to_declare(actor).filter(year=year).values_list("pk", flat=True)[:100])
    if rows:
        many = f"{reverse('workforce:appraisals')}?year={year}&state=open"
        url = reverse("workforce:appraisal", args=[rows[0]]) if len(rows) == 1 else many
        yield Waiting(_("Declare for the yearly appraisal"), url, len(rows))


def _confirming(actor: Actor, year: int) -> Iterator[Waiting]:
    if not actor.is_administrator:
        return
    rows = visible(Appraisal.objects.filter(year=year, state=AppraisalState.OPEN), APPRAISES, actor)
    count = rows.count()
    if count:
        url = f"{reverse('workforce:appraisals')}?year={year}&state=open"
        yield Waiting(_("Appraise the service teams"), url, count)
