"""What waits for whom in the yearly appraisal."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.clock import local_date
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import Waiting
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor
from lianxue.workforce.enums import AppraisalState
from lianxue.workforce.models import Appraisal
from lianxue.workforce.queries.appraisal import to_declare
from lianxue.workforce.rules.appraisal import APPRAISES


def waiting_appraisal(actor: Actor, at: datetime) -> list[Waiting]:
    """Return the sheets on which the actor declares, and those that the actor's city confirms: of this year and the last.

    A year is appraised when it is nearly over, and often not finished when the next begins.
    """
    return [*_declaring(actor, local_date(at).year), *_confirming(actor, local_date(at).year)]


def _declaring(actor: Actor, this_year: int) -> Iterator[Waiting]:
    if actor.person_id is None:
        return
    found = _to_declare.rows(actor=actor, first=this_year - 1, last=this_year)
    if found:
        many = f"{reverse('workforce:appraisals')}?year={found[0][1]}&state=open"
        url = reverse("workforce:appraisal", args=[found[0][0]]) if len(found) == 1 else many
        yield Waiting(_("Declare for the yearly appraisal"), url, len(found))


def _confirming(actor: Actor, this_year: int) -> Iterator[Waiting]:
    if not actor.is_administrator:
        return
    for year, number in _to_confirm.rows(actor=actor, first=this_year - 1, last=this_year):
        url = f"{reverse('workforce:appraisals')}?year={year}&state=open"
        yield Waiting(_("Appraise the service teams"), url, number)


@kept
def _to_declare(actor: Actor, first: int, last: int) -> QuerySet[Appraisal, tuple[int, int]]:
    rows = to_declare(actor).filter(year__gte=first, year__lte=last)
    return rows.order_by("year", "pk").values_list("pk", "year")[:100]


@kept
def _to_confirm(actor: Actor, first: int, last: int) -> QuerySet[Any, tuple[int, int]]:
    rows = Appraisal.objects.filter(year__gte=first, year__lte=last, state=AppraisalState.OPEN)
    counted = visible(rows, APPRAISES, actor).order_by().values("year").annotate(number=Count("pk"))
    return counted.order_by("year").values_list("year", "number")
