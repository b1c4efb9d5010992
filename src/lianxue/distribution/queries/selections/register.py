"""The criteria that the platform offers for each award; ``CRITERIA`` takes further ones."""

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Award
from lianxue.distribution.queries.selections import counted
from lianxue.distribution.queries.selections.criterion import CRITERIA, Criterion

_TITLES, _COPIES = _("titles"), _("copies")

# S0-57: 提供共享资源的数量和质量. Quantity is what was contributed, quality what was accepted, asked for and used.
PROVIDER = (
    Criterion(
        key="provider-contributed",
        award=Award.PROVIDER,
        title=_("Titles contributed"),
        unit=_TITLES,
        source=_("Contributions first sent in during the year."),
        rows=counted.contributions,
        organisation="organisation_id",
    ),
    Criterion(
        key="provider-accepted",
        award=Award.PROVIDER,
        title=_("Titles accepted"),
        unit=_TITLES,
        source=_("Those of them that the office accepted into the catalogue."),
        rows=counted.contributions_accepted,
        organisation="organisation_id",
    ),
    Criterion(
        key="provider-accepted-share",
        award=Award.PROVIDER,
        title=_("Share accepted"),
        unit="%",
        source=_("Accepted titles among those on which the office has decided."),
        rows=counted.contributions_decided,
        organisation="organisation_id",
        counts=counted.accepted,
    ),
    Criterion(
        key="provider-asked",
        award=Award.PROVIDER,
        title=_("Copies asked for"),
        unit=_COPIES,
        source=_("Copies of the provider's titles that points asked for in the rounds of the year."),
        rows=counted.demand_lines,
        organisation="title__entry__provider_id",
        amount="asked",
    ),
    Criterion(
        key="provider-lent",
        award=Award.PROVIDER,
        title=_("Copies lent"),
        unit=_COPIES,
        source=_("Copies of the provider's titles that were lent during the year."),
        rows=counted.loans,
        organisation="title__entry__provider_id",
        amount="quantity",
    ),
    Criterion(
        key="provider-issued",
        award=Award.PROVIDER,
        title=_("Copies issued"),
        unit=_COPIES,
        source=_("Copies of the provider's titles that were issued during the year."),
        rows=counted.issues,
        organisation="title__entry__provider_id",
        amount="quantity",
    ),
    # Readers' stars. What points set aside and what the provider's own readers say is left out.
    Criterion(
        key="provider-rated",
        award=Award.PROVIDER,
        title=_("Share rated four or five stars"),
        unit="%",
        source=_("What readers said about the provider's titles at other points during the year."),
        rows=counted.feedback,
        organisation="entry__provider_id",
        counts=counted.rated_well,
    ),
)


def _duties(award: Award, prefix: str, *, by_person: bool) -> tuple[Criterion, ...]:
    """Return the duties of S0-40…47, counted for the point, or for whoever did them where that is written down."""
    return (*_arriving(award, prefix, by_person), *_using(award, prefix, by_person))


def _arriving(award: Award, prefix: str, by_person: bool) -> tuple[Criterion, ...]:
    """Return what is done until copies are there: contributing, stating demand, checking, photographing."""
    return (
        Criterion(
            key=f"{prefix}-contributed",
            award=award,
            title=_("Titles accepted"),  # S0-40
            unit=_TITLES,
            source=_("Contributions first sent in during the year and accepted by the office."),
            rows=counted.contributions_accepted,
            organisation="organisation_id",
            person="submitted_by_id" if by_person else "",
        ),
        Criterion(
            key=f"{prefix}-demand",
            award=award,
            title=_("Rounds with a demand"),  # S0-41
            unit=_("rounds"),
            source=_("Rounds of the year in which the point submitted its demand."),
            rows=counted.demands,
            organisation="point_id",
        ),
        Criterion(
            key=f"{prefix}-received",
            award=award,
            title=_("Receipts in time"),  # S0-42
            unit="%",
            source=_("Parcels confirmed on or before the day that their round had for it."),
            rows=counted.receipts_due if by_person else counted.shipments_due,
            organisation="shipment__point_id" if by_person else "point_id",
            person="received_by_id" if by_person else "",
            counts=counted.received_in_time if by_person else counted.confirmed_in_time,
        ),
        Criterion(
            key=f"{prefix}-photographed",
            award=award,
            title=_("Receipts with a photograph"),  # S0-43
            unit="%",
            source=_("Receipts of the year for which a photograph of the display corner was sent in."),
            rows=counted.receipts,
            organisation="shipment__point_id",
            person="received_by_id" if by_person else "",
            counts=counted.photographed,
        ),
    )


def _using(award: Award, prefix: str, by_person: bool) -> tuple[Criterion, ...]:
    """Return what is done with them: lending, issuing, keeping the corner, reporting."""
    return (
        Criterion(
            key=f"{prefix}-lent",
            award=award,
            title=_("Copies lent"),  # S0-44
            unit=_COPIES,
            source=_("Copies lent during the year, as the register of loans has them."),
            rows=counted.loans,
            organisation="point_id",
            person="recorded_by_id" if by_person else "",
            amount="quantity",
        ),
        Criterion(
            key=f"{prefix}-issued",
            award=award,
            title=_("Copies issued"),  # S0-45
            unit=_COPIES,
            source=_("Copies issued during the year, as the register of issues has them."),
            rows=counted.issues,
            organisation="point_id",
            person="recorded_by_id" if by_person else "",
            amount="quantity",
        ),
        Criterion(
            key=f"{prefix}-photos",
            award=award,
            title=_("Photographs of the display corner"),  # S0-46
            unit=_("photographs"),
            source=_("Photographs sent in during the year."),
            rows=counted.photographs,
            organisation="corner__point_id",
            person="taken_by_id" if by_person else "",
        ),
        Criterion(
            key=f"{prefix}-report",
            award=award,
            title=_("Effect report in time"),  # S0-30, S0-47
            unit="%",
            source=_("The effect report of the year was handed in before 20 November."),
            rows=counted.reports,
            organisation="point_id",
            counts=counted.reported_in_time,
        ),
    )


POINT = _duties(Award.POINT, "point", by_person=False)
ADMINISTRATOR = _duties(Award.ADMINISTRATOR, "administrator", by_person=True)

for _criterion in (*PROVIDER, *ADMINISTRATOR, *POINT):
    CRITERIA.register(_criterion.key, _criterion)
