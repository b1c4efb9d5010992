"""The pages of organisations: what each sees, finds and changes there."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.orgs import AT, PLATFORM, Network, client_for, make_organisation, small_network
from tests.pages import bare

from lianxue.kernel.models import AuditEntry, StoredFile
from lianxue.orgs.enums import OrganisationKind, Role
from lianxue.orgs.models import Organisation
from lianxue.orgs.operations import load_divisions
from lianxue.orgs.queries import superior_of


@pytest.fixture
def network(db: None) -> Network:
    return small_network()


@pytest.fixture
def college(network: Network) -> Client:
    return client_for(network.actor(network.colleges[0]))


def codes(client: Client, query: str = "") -> list[str]:
    return [row.code for row in client.get(f"/network/{query}").context["listing"].page]


def test_each_sees_its_own_branch(network: Network) -> None:
    for organisation, role, seen in (
        (network.office, Role.TIER_ADMIN, 11),
        (network.office, Role.AUDITOR, 11),
        (network.colleges[0], Role.TIER_ADMIN, 5),
        (network.points[0], Role.DESK_CLERK, 3),
        (network.supplier, Role.SUPPLIER_CLERK, 2),
    ):
        assert len(codes(client_for(network.actor(organisation, role)))) == seen
    assert codes(client_for(network.actor(network.points[0]))) == ["college-1", "office", "point-1"]


def test_filters_and_order(network: Network, college: Client) -> None:
    load_divisions(actor=PLATFORM, at=AT, provinces=frozenset({"31"}))
    Organisation.objects.filter(code="point-1").update(division_id="310101013000")
    Organisation.objects.filter(code="point-2").update(division_id="310110000000")
    assert codes(college, "?q=豫园") == ["point-2"]
    assert codes(college, "?q=CARE") == ["care-1"]
    assert codes(college, "?kind=care_learning_point") == ["care-1"]
    assert codes(college, "?tier=2") == ["college-1"]
    assert codes(college, "?district=310101000000") == ["point-1"]
    assert codes(college, "?chain=supply") == ["office"]
    assert codes(college, f"?above={network.colleges[0].pk}") == ["care-1", "point-1", "point-2"]
    assert codes(college, "?sort=-code")[0] == "point-2"
    assert codes(college, "?sort=tier")[0] == "office"
    everything = codes(college)
    for odd in (
        "?tier=x",
        "?district=nowhere",
        "?chain=none",
        f"?above={network.points[3].pk}",
        "?sort=secret",
    ):
        assert codes(college, odd) == everything, odd


def test_list_costs_the_same_for_one_and_for_many(network: Network, college: Client) -> None:
    college.get("/network/")
    with CaptureQueriesContext(connection) as one:
        college.get("/network/?q=豫园")
    for number in range(15):
        make_organisation(f"豫园{number}", OrganisationKind.COMMUNITY_SCHOOL, network.colleges[0])
    with CaptureQueriesContext(connection) as many:
        assert len(codes(college, "?q=豫园")) == 16
    assert len(many) == len(one)


def test_spreadsheet_has_all_rows_and_words(college: Client) -> None:
    response = college.get("/network/?export=xlsx&sort=code")
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(response))).active.values)  # type: ignore[union-attr, arg-type]
    assert rows[0][:4] == ("单位", "代码", "单位类别", "层级")
    assert rows[1][:5] == ("外滩养教结合点", "care-1", "养教结合点", 3, "黄浦区社区学院")
    assert len(rows) == 6


def test_neighbour_and_nobody_look_the_same(network: Network, college: Client) -> None:
    missing = Organisation.objects.latest("pk").pk + 1000
    answers = [
        college.get(f"/network/{pk}/{page}")
        for pk in (network.colleges[1].pk, network.points[3].pk, network.supplier.pk, missing, 10**25)
        for page in ("", "change/")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({bare(answer) for answer in answers}) == 1
    assert college.get(f"/network/{network.office.pk}/change/").status_code == 404


def test_page_shows_places_people_and_what_stands_below(network: Network, college: Client) -> None:
    network.actor(network.points[0])
    Organisation.objects.filter(pk=network.points[0].pk).update(address="四川中路 126 弄", is_sample=True)
    page = college.get(f"/network/{network.points[0].pk}/").content.decode()
    for text in ("四川中路 126 弄", "三级管理员", "第3级", "市学指办", "真实名称未公开"):
        assert text in page
    own = college.get(f"/network/{network.colleges[0].pk}/").content.decode()
    assert "豫园街道社区学校" in own
    office = college.get(f"/network/{network.office.pk}/").content.decode()
    assert "静安区社区学院" not in office
    assert "登记下级单位" not in office


def test_registering_below_ones_own(network: Network, college: Client) -> None:
    given = {"name": "半淞园路街道社区学校", "kind": "community_school", "code": "new-1", "request_key": "k"}
    page = college.get("/network/register/")
    assert "黄浦区社区学院" in page.content.decode()
    for _ in range(2):
        response = college.post("/network/register/", given)
        made = Organisation.objects.get(code="new-1")
        assert (response.status_code, response["Location"]) == (302, f"/network/{made.pk}/")
    assert superior_of(made.pk) == network.colleges[0]
    again = college.post("/network/register/", given | {"request_key": "other"})
    assert again.status_code == 422
    assert "这个代码已被其他单位使用" in again.content.decode()


def test_registering_elsewhere(network: Network) -> None:
    office = client_for(network.office_admin)
    response = office.post(
        f"/network/register/?above={network.colleges[1].pk}",
        {"name": "南京西路街道社区学校", "kind": "community_school", "code": "new-2"},
    )
    assert response.status_code == 302
    assert superior_of(Organisation.objects.get(code="new-2").pk) == network.colleges[1]
    supplier = office.post("/network/register/", {"name": "书店", "kind": "supplier", "code": "shop"})
    assert supplier.status_code == 302
    college = client_for(network.actor(network.colleges[0]))
    for above in (network.colleges[1].pk, network.office.pk, 10**12):
        assert college.get(f"/network/register/?above={above}").status_code == 404
    for odd in ("x" * 30, "9" * 5000):
        assert "黄浦区社区学院" in college.get(f"/network/register/?above={odd}").content.decode()


def test_changing_and_being_told_what_is_wrong(network: Network, college: Client) -> None:
    address = f"/network/{network.points[0].pk}/change/"
    given = {"name": "外滩街道社区学校", "address": "四川中路", "telephone": "", "uscc": "", "division": ""}
    faulty = college.post(address, given | {"uscc": "123", "division": "999999000000"})
    assert faulty.status_code == 422
    assert "没有这个行政区划代码" in faulty.content.decode()
    faulty = college.post(address, given | {"uscc": "123"})
    assert "统一社会信用代码为 18 位" in faulty.content.decode()
    network.points[0].refresh_from_db()
    assert network.points[0].address == ""
    assert college.post(address, given | {"latitude": "31.2", "longitude": "121.5"}).status_code == 302
    network.points[0].refresh_from_db()
    assert (network.points[0].address, network.points[0].latitude) == ("四川中路", 31.2)


TITLES = ["代码", "名称", "单位类别", "直接上级代码", "行政区划代码", "地址", "办公电话", "统一社会信用代码"]


def table(*rows: list[str]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (TITLES, *rows):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("单位.xlsx", content.getvalue())


def test_blank_table_can_be_filled_in_and_taken_in(network: Network, college: Client) -> None:
    blank = college.get("/network/import/blank/")
    sheet = openpyxl.load_workbook(BytesIO(blank.content)).active
    assert sheet is not None
    titles = [str(cell.value).rstrip("*＊ ") for cell in sheet[1]]
    assert titles == TITLES
    upload = table(
        ["n-2", "分部", "社区学校", "college-1"],
        ["n-1", "新学校", "社区学校", "college-1", "", "某路 1 号", "021-1"],
    )
    response = college.post("/network/import/", {"table": upload})
    assert response.status_code == 302, response.context["faults"]
    assert Organisation.objects.get(code="n-1").address == "某路 1 号"
    assert Organisation.objects.filter(code="n-2").exists()


def test_faulty_table_is_named_cell_by_cell_and_had_back_marked(network: Network, college: Client) -> None:
    before = Organisation.objects.count()
    upload = table(
        ["n-1", "新学校", "社区学校", "college-1"],
        ["point-1", "重复", "社区学校", "college-1"],
        ["n-3", "外区学校", "社区学校", "college-2"],
    )
    response = college.post("/network/import/", {"table": upload})
    assert response.status_code == 422
    assert [fault.place for fault in response.context["faults"]] == ["A3", "D4"]
    assert Organisation.objects.count() == before
    assert not AuditEntry.objects.filter(verb="orgs.import_organisations", outcome="done").exists()
    kept = StoredFile.objects.get()
    address = f"/network/import/marked/{kept.pk}/"
    sheet = openpyxl.load_workbook(BytesIO(b"".join(college.get(address)))).active  # type: ignore[arg-type]
    assert sheet is not None
    assert "这个代码已被其他单位使用" in str(sheet["A3"].comment and sheet["A3"].comment.text)
    assert client_for(network.actor(network.colleges[1])).get(address).status_code == 404
    assert client_for(network.office_admin).get(address).status_code == 404


def test_wrong_kind_in_a_cell_and_files_that_are_no_table(network: Network, college: Client) -> None:
    response = college.post("/network/import/", {"table": table(["n-1", "新学校", "大学堂", "college-1"])})
    assert [fault.place for fault in response.context["faults"]] == ["C2"]
    for name, content in (
        ("x.xlsx", b"PK\x03\x04 broken"),
        ("x.pdf", b"%PDF-1.7"),
        ("x.csv", b"\xff\xfe\x00"),
    ):
        response = college.post("/network/import/", {"table": SimpleUploadedFile(name, content)})
        assert response.status_code == 422, name
    assert college.post("/network/import/").status_code == 422
