"""Number and quality of what each organisation shares (S0-57), counted exactly."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from tests.factories.orgs import Network, client_for, small_network
from tests.factories.resources import COMPLETE_OFFER, make_contribution, make_description
from tests.resources.pages import read_all

from lianxue.orgs.public import Organisation
from lianxue.resources.enums import ContributionState
from lianxue.resources.operations import Offer, save_contribution, submit_contribution
from lianxue.resources.queries.figures import contribution_counts, years_of_contributions

pytestmark = pytest.mark.django_db


def _with_copies(copies: int) -> Offer:
    return Offer(copies_offered=copies, rights_holder="本校", rights_declared=True)


@pytest.fixture
def network() -> Network:
    network = small_network()
    first, second = network.points[0], network.points[3]
    for state, organisation, copies in (
        (ContributionState.ACCEPTED, first, 10),
        (ContributionState.ACCEPTED, first, 30),
        (ContributionState.REJECTED, first, 500),
        (ContributionState.COLLATED, first, 500),
        (ContributionState.DRAFT, first, 500),
        (ContributionState.RETURNED, second, 7),
    ):
        make_contribution(
            network, state, organisation=organisation, title=f"{state}{copies}", offer=_with_copies(copies)
        )
    return network


def _figures(rows: "list[Organisation]") -> list[tuple[object, ...]]:
    names = ("contributed", "accepted", "rejected", "waiting", "accepted_share", "average_copies")
    return [(row.code, *[getattr(row, name) for name in names]) for row in rows]


FIRST = ("point-1", 4, 2, 1, 1, pytest.approx(2 / 3), 20.0)
SECOND = ("point-3", 1, 0, 0, 1, None, None)


def test_figures_are_exact(network: Network) -> None:
    assert _figures(list(contribution_counts())) == [FIRST, SECOND]
    assert _figures(list(contribution_counts(2026))) == [FIRST, SECOND]
    assert _figures(list(contribution_counts(2025))) == []


def test_the_year_is_that_of_the_first_submission_in_shanghai(network: Network) -> None:
    author = network.actor(network.points[1])
    row = save_contribution(
        actor=author,
        at=datetime(2026, 12, 31, 12, tzinfo=UTC),
        description=make_description(),
        offer=COMPLETE_OFFER,
    )
    submit_contribution(
        actor=author, at=datetime(2026, 12, 31, 16, 30, tzinfo=UTC), contribution=row
    )  # 00:30 on 1 January
    assert _figures(list(contribution_counts(2027))) == [("point-2", 1, 0, 0, 1, None, None)]
    assert years_of_contributions() == [2027, 2026]


def test_each_sees_the_figures_of_its_own_area(network: Network) -> None:
    def seen(organisation: Organisation) -> list[str]:
        return [row.code for row in contribution_counts(None, network.actor(organisation))]

    assert seen(network.office) == ["point-1", "point-3"]
    assert seen(network.colleges[0]) == ["point-1"]
    assert seen(network.colleges[1]) == ["point-3"]
    assert seen(network.points[0]) == ["point-1"]
    assert seen(network.points[1]) == []


def test_the_page_sorts_filters_and_gives_a_spreadsheet(network: Network) -> None:
    client = client_for(network.office_admin)
    url = reverse("resources:figures")
    for sort, codes in {
        "share": ["point-3", "point-1"],
        "-share": ["point-1", "point-3"],
        "copies": ["point-3", "point-1"],
        "contributed": ["point-3", "point-1"],
        "-provider": ["point-3", "point-1"],
    }.items():
        assert [row.code for row in client.get(url, {"sort": sort}).context["listing"].page] == codes
    assert client.get(url, {"year": "2026"}).context["total"] == {"all_contributed": 5, "all_accepted": 2}
    assert client.get(url, {"year": "zz"}).status_code == 200
    sheet = openpyxl.load_workbook(BytesIO(read_all(client.get(url, {"export": "xlsx"})))).worksheets[0]
    assert list(sheet.values) == [
        ("单位", "提交数", "审核通过", "未通过", "审核中", "审核通过率（%）", "每种平均份数"),
        (network.points[0].name, 4, 2, 1, 1, 67, 20),
        (network.points[3].name, 1, 0, 0, 1, None, None),
    ]
