"""A selection on its pages, from the weights to the certificate that a stranger checks."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.documents.printed import pdf_pages
from tests.factories.asking import queries_of
from tests.factories.distribution_people import everything_written
from tests.factories.distribution_stock import delivered_round
from tests.factories.orgs import Network, client_for, small_network
from tests.factories.selections import choose, make_selection
from tests.pages import bare

from lianxue.distribution.enums import Award, SelectionState
from lianxue.distribution.interfaces.web.selections.waiting import waiting_selections
from lianxue.distribution.models import Candidate, Certificate, Selection
from lianxue.distribution.operations.desk.lend import lend
from lianxue.distribution.operations.selections.decide_selection import decide_selection
from lianxue.distribution.operations.selections.rank_candidates import rank_candidates
from lianxue.kernel import clock
from lianxue.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


def _url(name: str, *args: object) -> str:
    return reverse(f"distribution:{name}", args=args)


def _decided(network: Network, award: Award = Award.POINT) -> Selection:
    for point in network.points[:2]:
        network.actor(point)
    row = make_selection(network, award, SelectionState.RANKED, at=clock.now())
    choose(network, row, row.candidates.order_by("place", "organisation__code")[0].pk, at=clock.now())
    return decide_selection(actor=network.office_admin, at=clock.now(), selection=row)


def test_from_the_weights_to_the_certificate(network: Network) -> None:
    stocked = delivered_round(network, (6,), points=network.points[:3], at=clock.now())
    for point, copies in zip(network.points[:3], (3, 2, 1), strict=True):
        desk: dict[str, Any] = {"actor": network.actor(point), "at": clock.now(), "point": point}
        lend(**desk, entry=stocked.entry, borrower_name="秘密读者", quantity=copies)
    office, point = client_for(network.office_admin), client_for(network.actor(network.points[1]))
    assert point.get(_url("selections")).status_code == 404
    made = office.post(_url("selection-new"), {"year": clock.today().year, "award": "point"})
    row = Selection.objects.get()
    assert made.url == _url("selection-edit", row.pk)
    assert office.post(_url("selection-edit", row.pk), {"weight-point-lent": "1001"}).status_code == 422
    office.post(_url("selection-edit", row.pk), {"weight-point-lent": "100", "places": "1"})
    assert point.get(_url("selection", row.pk)).status_code == 404
    office.post(_url("selection-publish", row.pk))
    read = point.get(_url("selection", row.pk)).content.decode()
    assert ">100</td>" in read
    told = Notice.objects.filter(message__kind="distribution.selection")
    assert told.filter(organisation=network.points[1]).count() == 1
    ranking = office.post(_url("selection-rank", row.pk))
    assert ranking.url == _url("selection-ranking", row.pk)
    assert point.get(_url("selection-ranking", row.pk)).status_code == 404
    office.post(_url("selection-follow", row.pk))
    by_code = {one.organisation.code: one for one in Candidate.objects.select_related("organisation")}
    marks = {f"chosen-{by_code['point-2'].pk}": "on", "request_key": "m"}
    office.post(_url("selection-ranking", row.pk), marks)
    office.post(_url("selection-decide", row.pk))
    row.refresh_from_db()
    assert row.state == SelectionState.RANKED  # the second is chosen and nobody has said why
    marks |= {
        f"reason-{by_code['point-2'].pk}": "送书下乡",
        f"reason-{by_code['point-1'].pk}": "去年已获表彰",
    }
    office.post(_url("selection-ranking", row.pk), marks)
    office.post(_url("selection-decide", row.pk))
    row.refresh_from_db()
    assert row.state == SelectionState.DECIDED
    certificate = Certificate.objects.get()
    assert certificate.holder == "豫园街道社区学校"
    assert "豫园街道社区学校" in point.get(_url("selection", row.pk)).content.decode()
    rows = point.get(_url("candidate-rows", by_code["point-2"].pk, "point-lent"))
    assert "智能手机入门" not in rows.content.decode()
    assert "资源1" in rows.content.decode()
    assert "秘密读者" not in rows.content.decode()
    assert point.get(_url("candidate", by_code["point-1"].pk)).status_code == 404
    paper = "".join(pdf_pages(point.get(_url("certificate-file", certificate.pk)).content))
    assert "豫园街道社区学校" in paper
    assert certificate.number in paper


def test_a_stranger_checks_a_certificate_and_learns_no_more_than_it_says(network: Network) -> None:
    _decided(network, Award.ADMINISTRATOR)
    certificate, stranger = Certificate.objects.get(), Client()
    by_code = stranger.get(_url("certificate", certificate.token))
    by_number = stranger.get(_url("certificate-check"), {"number": f" {certificate.number.lower()} "})
    for proof in (by_code, by_number):
        words = proof.content.decode()
        assert proof.status_code == 200
        assert certificate.holder in words
        assert certificate.number in words
        assert network.office.name in words
    person = Candidate.objects.get(pk=certificate.candidate_id).person
    assert person is not None
    assert person.username not in by_code.content.decode().replace(certificate.holder, "")


def test_forged_and_missing_look_the_same(network: Network) -> None:
    _decided(network)
    certificate, stranger = Certificate.objects.get(), Client()
    forged = certificate.token[:-1] + ("a" if certificate.token[-1] != "a" else "b")
    pages = [stranger.get(_url("certificate", token)) for token in (forged, "nothing", "0" * 200)]
    assert {page.status_code for page in pages} == {404}
    assert len({bare(page) for page in pages}) == 1
    numbers = [certificate.number[:-1] + "0", "2019-C1-0001-ABCDEF"]
    asked = [stranger.get(_url("certificate-check"), {"number": number}) for number in numbers]
    assert {page.status_code for page in asked} == {404}
    texts = {page.content.decode().replace(n, "") for page, n in zip(asked, numbers, strict=True)}
    assert all(certificate.holder not in text for text in texts)
    assert stranger.get(_url("certificate-check")).status_code == 200


def test_a_withdrawn_certificate_says_so_and_is_printed_no_more(network: Network) -> None:
    row = _decided(network)
    certificate, office = Certificate.objects.get(), client_for(network.office_admin)
    assert office.post(_url("certificate-withdraw", certificate.pk), {"reason": " "}).status_code == 422
    assert (
        office.post(_url("certificate-withdraw", certificate.pk), {"reason": "材料不实"}).status_code == 302
    )
    proof = Client().get(_url("certificate", certificate.token)).content.decode()
    assert certificate.number in proof
    assert certificate.holder not in proof
    assert "材料不实" not in proof
    assert office.get(_url("certificate-file", certificate.pk)).status_code == 404
    assert office.get(_url("selection-certificates", row.pk)).status_code == 404


def test_the_list_is_printed_and_given_as_a_spreadsheet(network: Network) -> None:
    row = _decided(network, Award.ADMINISTRATOR)
    certificate, browser = Certificate.objects.get(), client_for(network.actor(network.points[3]))
    printed = "".join(pdf_pages(browser.get(_url("selection-list", row.pk, "pdf")).content))
    assert f"{row.year}年度优秀资源配送管理员名单" in printed
    assert certificate.number in printed
    sheet = load_workbook(BytesIO(browser.get(_url("selection-list", row.pk, "xlsx")).content)).active
    assert sheet is not None
    assert certificate.number in {cell.value for line in sheet.iter_rows() for cell in line}
    assert browser.get(_url("selection-list", row.pk, "exe")).status_code == 404
    office = client_for(network.office_admin)
    book = office.get(_url("selection-ranking", row.pk), {"export": "xlsx"})
    ranking = load_workbook(BytesIO(b"".join(book.streaming_content))).active
    assert ranking is not None
    lines = list(ranking.iter_rows(values_only=True))
    assert (len(lines), len(lines[0])) == (3, 8)


def test_pages_that_are_not_open_yet_change_nothing(network: Network) -> None:
    row = make_selection(network, at=clock.now())
    before = everything_written()
    college = client_for(network.actor(network.colleges[0]))
    for name in ("publish", "rank", "follow", "decide", "discard"):
        assert college.post(_url(f"selection-{name}", row.pk)).status_code == 404
    office = client_for(network.office_admin)
    for name in ("rank", "follow", "decide"):
        assert office.post(_url(f"selection-{name}", row.pk)).status_code == 302
    assert office.get(_url("selection-ranking", row.pk)).status_code == 404
    assert office.get(_url("selection-list", row.pk, "pdf")).status_code == 404
    assert everything_written() == before
    assert office.post(_url("selection-discard", row.pk)).url == _url("selections")
    assert not Selection.objects.exists()


def test_lists_ask_the_database_as_often_for_one_row_as_for_many(network: Network) -> None:
    network.actor(network.points[0])
    row = make_selection(network, Award.ADMINISTRATOR, SelectionState.RANKED, at=clock.now())
    browser = client_for(network.office_admin)
    addresses = [_url("selections"), _url("selection-ranking", row.pk)]
    with_one = [queries_of(browser, address) for address in addresses]
    for point in network.points[1:]:
        network.actor(point)
    browser.post(_url("selection-rank", row.pk))
    make_selection(network, Award.POINT, at=clock.now())
    assert row.candidates.count() == len(network.points)
    assert [queries_of(browser, address) for address in addresses] == with_one


def test_the_performance_of_all_points_is_a_spreadsheet(network: Network) -> None:
    browser = client_for(network.actor(network.colleges[0]))
    book = browser.get(_url("performance", clock.today().year))
    sheet = load_workbook(BytesIO(b"".join(book.streaming_content))).active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert [line[0] for line in lines[1:]] == ["care-1", "point-1", "point-2"]
    assert {len(line) for line in lines} == {len(lines[0])}
    assert browser.get(_url("performance", 1999)).status_code == 404


def test_a_ranking_waits_for_its_decision_on_the_home_page_of_the_office(network: Network) -> None:
    at = clock.now()
    row = make_selection(network, state=SelectionState.PUBLISHED, at=at)
    assert waiting_selections(network.office_admin, at) == []
    rank_candidates(actor=network.office_admin, at=at, selection=row)
    (waits,) = waiting_selections(network.office_admin, at)
    assert (waits.count, waits.url) == (1, _url("selection-ranking", row.pk))
    for actor in (network.actor(network.colleges[0]), network.actor(network.points[0])):
        assert waiting_selections(actor, at) == []
