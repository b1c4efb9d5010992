"""What the office sets for its network: no number rests, a number reminds, each corner once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.factories.distribution_counts import count_all
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import AT, PLATFORM, Network, client_for, small_network

from lianxue.distribution.models import DisplayCorner, OfficeTerms
from lianxue.distribution.operations.display.corner import refresh_corner, set_up_corner
from lianxue.distribution.operations.display.office_terms import remind_of_corners, set_office_terms
from lianxue.distribution.operations.stocktaking.begin import begin_stocktake
from lianxue.distribution.operations.stocktaking.count import finish_counting
from lianxue.distribution.operations.stocktaking.settle import settle_stocktake
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, NotAllowed
from lianxue.kernel.pages import HOME
from lianxue.notices.models import Notice

pytestmark = pytest.mark.django_db

TODAY = local_date(AT)


@pytest.fixture
def network() -> Network:
    network = small_network()
    for point, posted in zip(
        network.points[:3], (TODAY - timedelta(40), TODAY - timedelta(5), None), strict=True
    ):
        set_up_corner(actor=network.actor(point), at=AT, point=point, location="二楼", sign_posted_on=posted)
    return network


def _set(network: Network, refresh_days: int | None, keep: int | None = None) -> OfficeTerms:
    return set_office_terms(
        actor=network.office_admin,
        at=AT,
        office=network.office,
        refresh_days=refresh_days,
        keep_names_days=keep,
    )


def _waiting(network: Network, number: int) -> list[date | None]:
    source = HOME["distribution.display"]
    return [item.due_on for item in source.waiting(network.actor(network.points[number]), AT)]


def test_only_the_administrator_of_the_office_sets_them(network: Network) -> None:
    before = everything_written()
    for letter, actor in everybody(network).items():
        if letter != "O":
            with pytest.raises(NotAllowed):
                set_office_terms(
                    actor=actor, at=AT, office=network.office, refresh_days=30, keep_names_days=None
                )
    for refresh, keep, field in ((0, None, "refresh_days"), (None, 3661, "keep_names_days")):
        with pytest.raises(Invalid) as refused:
            _set(network, refresh, keep)
        assert list(refused.value.fields) == [field]
    assert everything_written() == before
    row = _set(network, 30, 365)
    assert (row.refresh_days, row.keep_names_days) == (30, 365)
    assert (_set(network, None).refresh_days, OfficeTerms.objects.count()) == (None, 1)


def test_without_a_number_nobody_is_reminded(network: Network) -> None:
    assert remind_of_corners(actor=PLATFORM, at=AT) == 0
    _set(network, None)
    assert remind_of_corners(actor=PLATFORM, at=AT) == 0
    assert (_waiting(network, 0), Notice.objects.count()) == ([], 0)


def test_a_corner_that_is_due_waits_and_is_told_of_once(network: Network) -> None:
    _set(network, 30)
    assert _waiting(network, 0) == [TODAY - timedelta(10)]
    assert _waiting(network, 1) == []
    assert _waiting(network, 2) == [TODAY], "nobody has said when it was arranged last"
    with pytest.raises(NotAllowed):
        remind_of_corners(actor=network.office_admin, at=AT)
    assert remind_of_corners(actor=PLATFORM, at=AT) == 2
    assert remind_of_corners(actor=PLATFORM, at=AT + timedelta(days=1)) == 0
    told = {network.actor(network.points[number]).person_id for number in (0, 2)}
    assert set(Notice.objects.values_list("person_id", flat=True)) == told
    refresh_corner(actor=network.actor(network.points[0]), at=AT, point=network.points[0])
    assert _waiting(network, 0) == []
    later = AT + timedelta(days=30)
    assert (
        remind_of_corners(actor=PLATFORM, at=later) == 2
    )  # this one again, and the second for the first time
    assert DisplayCorner.objects.filter(reminded_on=local_date(later)).count() == 2


def test_the_page_of_the_office_takes_numbers_or_nothing(network: Network) -> None:
    office, url = client_for(network.office_admin), reverse("distribution:office-terms")
    assert office.post(url, {"refresh_days": "x"}).status_code == 422
    assert office.post(url, {"refresh_days": "0"}).status_code == 422
    assert not OfficeTerms.objects.exists()
    assert office.post(url, {"refresh_days": "90", "keep_names_days": ""}).status_code == 302
    assert list(OfficeTerms.objects.values_list("refresh_days", "keep_names_days")) == [(90, None)]


def test_a_title_that_lost_its_displayed_copy_waits_until_one_stands_there_again(network: Network) -> None:
    stocked = delivered_round(network, (3, 1))
    assert _waiting(network, 0) == []
    row = begin_stocktake(actor=stocked.desk, at=AT, point=stocked.point)
    gone = {("display", lot.pk): 0 for lot in stocked.lots}
    count_all(row, stocked.desk, gone)
    row = finish_counting(actor=stocked.desk, at=AT, stocktake=row)
    settle_stocktake(actor=stocked.admin, at=AT, stocktake=row)
    assert len(_waiting(network, 0)) == 1  # of the second title nothing is left: nothing can be put there
    browser = client_for(stocked.desk)
    page = browser.get(reverse("distribution:corner", args=[stocked.point.pk]))
    assert [lot.pk for lot in page.context["to_display"]] == [stocked.lot.pk]
    browser.post(reverse("distribution:rearrange", args=[stocked.lot.pk]), {"to": "corner"})
    assert _waiting(network, 0) == []
