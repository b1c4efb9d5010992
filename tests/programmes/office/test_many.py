"""Overview pages ask the same number of questions of the database, whether one unit has filed or sixty."""

import pytest
from django.db import transaction
from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.orgs import AT, PLATFORM, client_for
from tests.factories.programmes import TrialCall, education_network, trial_call

from lianxue.orgs.models import Division, Organisation
from lianxue.orgs.public import OrganisationKind, OrganisationRow, import_organisations

MANY = 60
PAGES = ("call", "call-overview", "call-overview-stage", "desk", "calls")


def filed_by(number: int) -> TrialCall:
    """Open a call in which ``number`` streets have filed; all lie at the desk of the first district."""
    network = education_network()
    district = network.districts[0]
    place = Division.objects.get(code="310101013000")
    rows = [
        OrganisationRow(
            number=at,
            code=f"edu-many-{at}",
            name=f"第{at}街道",
            kind=OrganisationKind.SUBDISTRICT,
            superior=district.code,
            division=place.code,
        )
        for at in range(number)
    ]
    import_organisations(actor=PLATFORM, at=AT, rows=rows)
    trial = trial_call(network)
    for street in Organisation.objects.filter(code__startswith="edu-many-"):
        trial.submitted(street)
    return trial


def asked_by(trial: TrialCall) -> dict[str, int]:
    """Return how many statements each page takes, for the office and for the district."""
    found = {}
    for organisation in (trial.network.office, trial.network.districts[0]):
        client = client_for(trial.network.actor(organisation))
        for page in PAGES:
            arguments: list[object] = [trial.call.pk] if page.startswith("call") and page != "calls" else []
            address = reverse(
                f"programmes:{page}", args=[*arguments, *(["filing"] if "stage" in page else [])]
            )
            for query in ("", "?standing=submitted&find=街道") if "overview" in page else ("",):
                found[f"{page}{query} {organisation.name}"] = queries_of(client, f"{address}{query}")
    return found


@pytest.mark.slow
@pytest.mark.django_db
def test_one_filing_and_sixty_are_the_same_number_of_statements() -> None:
    counted = []
    for number in (1, MANY):
        with transaction.atomic():
            counted.append(asked_by(filed_by(number)))
            transaction.set_rollback(True)
    assert counted[0] == counted[1]
