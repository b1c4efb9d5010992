"""The pages of letters, from setting the code to withdrawing."""

import pytest
from django.test import Client
from tests.documents.letters.letters import issued, with_code
from tests.documents.printed import pdf_pages
from tests.factories.orgs import Network, client_for, small_network

from lianxue.documents.public import Letter
from lianxue.documents.rules import ISSUED_LETTER, SEES_LETTER
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Role


@pytest.fixture
def network(db: None) -> Network:
    return small_network()


@pytest.fixture
def office(network: Network) -> Client:
    return client_for(network.office_admin)


def test_a_letter_from_the_code_to_its_withdrawal(office: Client) -> None:
    assert office.get("/letters/new/").headers["Location"] == "/letters/codes/"
    assert office.post("/letters/codes/", {"words": "no"}).status_code == 422
    assert office.post("/letters/codes/", {"words": "沪学指办", "used_until": "6"}).status_code == 302
    assert office.get("/letters/new/").status_code == 200
    given = {
        "kind": "notice",
        "title": "关于公布名单的\n通知",
        "addressee": "各区社区学院",
        "body": "一、名单\n见附件。",
        "attachments": "名单",
        "dated_on": "2026-01-01",
    }
    assert office.post("/letters/new/", {**given, "body": ""}).status_code == 422
    assert not Letter.objects.exists()
    page = office.post("/letters/new/", {**given, "dated_on": _today()}, follow=True)
    letter = Letter.objects.get()
    assert f"沪学指办〔{letter.year}〕7号" in page.content.decode()
    listed = office.get("/letters/").content.decode()
    assert "关于公布名单的通知" in listed
    assert office.get("/letters/?words=没有").status_code == 200
    assert office.get("/letters/?export=xlsx").status_code == 200
    pdf = office.get(f"/letters/{letter.pk}/pdf/")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "附件：名单" in pdf_pages(pdf.content)[0]
    assert office.get(f"/letters/{letter.pk}/docx/").content.startswith(b"PK")
    assert office.post(f"/letters/{letter.pk}/withdraw/", {"reason": ""}).status_code == 422
    shown = office.post(
        f"/letters/{letter.pk}/withdraw/", {"reason": "名单有误"}, follow=True
    ).content.decode()
    assert "名单有误" in shown
    assert "本件已作废" in pdf_pages(office.get(f"/letters/{letter.pk}/pdf/").content)[0]


def _today() -> str:
    from lianxue.kernel import clock

    return clock.today().isoformat()


def test_who_is_addressed_reads_it_and_nobody_else(network: Network) -> None:
    first, second = network.colleges
    letter = issued(with_code(network.office_admin), addressee_organisation=first)
    for actor, status in (
        (network.actor(first), 200),
        (network.actor(second), 404),
        (network.actor(network.office, Role.AUDITOR), 404),
    ):
        for tail in ("", "pdf/", "docx/"):
            assert client_for(actor).get(f"/letters/{letter.pk}/{tail}").status_code == status
    assert client_for(network.actor(first)).get(f"/letters/{letter.pk}/withdraw/").status_code == 404


def test_rules_hold_for_rows_as_for_one(network: Network) -> None:
    office, first = with_code(network.office_admin), with_code(network.actor(network.colleges[0]), "黄社院")
    issued(office), issued(office, addressee_organisation=network.colleges[0]), issued(first)
    actors = (office, first, network.actor(network.colleges[1]), network.actor(network.office, Role.AUDITOR))
    for rule in (SEES_LETTER, ISSUED_LETTER):
        for actor in actors:
            rows = set(visible(Letter.objects.all(), rule, actor))
            assert rows == {letter for letter in Letter.objects.all() if rule.holds(actor, letter)}


def test_the_list_asks_the_same_for_one_and_for_many(
    network: Network, office: Client, django_assert_num_queries: object, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    actor = with_code(network.office_admin)
    issued(actor)
    office.get("/letters/")
    with CaptureQueriesContext(connection) as one:
        office.get("/letters/")
    for _more in range(12):
        issued(actor, addressee_organisation=network.colleges[0])
    with CaptureQueriesContext(connection) as many:
        office.get("/letters/")
    assert len(one) == len(many)
