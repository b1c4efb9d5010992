"""What follows when indicators are published, an appraisal is confirmed, or the province has decided."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.events import subscribe
from lianxue.kernel.kept import kept
from lianxue.notices.public import notify, register_kind
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Actor
from lianxue.programmes.public import BEGINNINGS, Beginning, Call, Filing, FilingDecided
from lianxue.workforce.events import AppraisalConfirmed, IndicatorsPublished
from lianxue.workforce.models import Appraisal, IndicatorSet
from lianxue.workforce.operations.appraisal.commend import commend
from lianxue.workforce.operations.appraisal.file import RECOMMENDATION
from lianxue.workforce.queries.roster import account_of

APPRAISAL = "workforce.appraisal"


def connect_appraisal() -> None:
    """Listen."""
    register_kind(
        APPRAISAL,
        gettext_lazy("Yearly appraisal"),
        gettext_lazy("When indicators are published, and when your own appraisal is confirmed."),
    )
    subscribe(IndicatorsPublished, _tell_of_indicators)
    subscribe(AppraisalConfirmed, _tell_of_result)
    subscribe(FilingDecided, _commend)
    BEGINNINGS.register(RECOMMENDATION, _from_the_appraisal)


def _from_the_appraisal(actor: Actor, call: Call) -> Beginning | None:
    """Lead a city from the province's call to the people whom it recommends (S1-82)."""
    if not actor.is_administrator:
        return None
    rows = Appraisal.objects.filter(
        city_id=actor.organisation_id or 0, office_id=call.office_id, year=call.year
    )
    if not rows.exists():
        return None
    return Beginning(
        gettext_lazy("Whom you recommend in the yearly appraisal is put on the form from there."),
        gettext_lazy("Go to the recommendations"),
        reverse("workforce:recommendations", args=[call.year]),
    )


def _tell_of_indicators(event: IndicatorsPublished) -> None:
    row = IndicatorSet.objects.get(pk=event.set_id)
    below = ChainNode.objects.filter(
        path__contains=f"/{row.office_id}/", depth__lte=3, organisation__is_active=True
    )
    notify(
        at=event.at,
        kind=APPRAISAL,
        title=lambda: (
            (
                _("The indicators of %(year)d are published")
                if row.number == 1
                else _("The indicators of %(year)d have changed")
            )
            % {"year": row.year}
        ),
        body=row.reason,
        url=reverse("workforce:indicators", args=[row.pk]),
        once_key=f"indicators-{row.pk}",
        organisation_ids=list(
            below.exclude(organisation_id=row.office_id).values_list("organisation_id", flat=True)
        ),
    )


def _tell_of_result(event: AppraisalConfirmed) -> None:
    row = Appraisal.objects.select_related("entry__account__person").get(pk=event.appraisal_id)
    person = account_of(row.entry)
    if person is None:
        return
    notify(
        at=event.at,
        kind=APPRAISAL,
        title=lambda: _("Your appraisal of %(year)d is confirmed") % {"year": row.year},
        url=reverse("workforce:appraisal", args=[row.pk]),
        person_ids=[person.pk],
    )


def _commend(event: FilingDecided) -> None:
    if event.approved:
        filing = _recommendation.first(pk=event.filing_id, code=RECOMMENDATION)
        if filing is not None:
            commend(actor=Actor.platform(), at=event.at, filing=filing)


@kept
def _recommendation(pk: int, code: str) -> QuerySet[Filing]:
    rows = Filing.objects.select_related("call__revision", "call__office", "approved", "unit")
    return rows.filter(pk=pk, call__revision__code=code)
