"""Tables of contributions and entries: the blank one, faults with their places, all rows or none."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories.orgs import Network, client_for, make_organisation, small_network
from tests.factories.resources import make_category, make_contribution, make_entry
from tests.resources.pages import read_all

from lianxue.orgs.public import OrganisationKind
from lianxue.resources.enums import ContributionState, EntryState, ResourceKind
from lianxue.resources.models import CatalogueEntry, Category, Contribution

pytestmark = pytest.mark.django_db

TITLES = [
    "资源名称",
    "资源类型",
    "作者（制作者）",
    "出版（制作）单位",
    "书号（ISBN）",
    "年份",
    "主题类别",
    "适用对象",
    "内容简介",
    "关键词",
    "网址",
]
OF_CONTRIBUTION = [*TITLES, "提供份数", "权利人", "自主知识产权声明"]
OF_ENTRY = [*TITLES, "提供单位"]


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def category() -> Category:
    return make_category("skills", "智能技术")


def table(titles: list[str], *rows: dict[str, Any]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表一"
    sheet.append(titles)
    for row in rows:
        assert row.keys() <= set(titles)
        sheet.append([row.get(title) for title in titles])
    target = BytesIO()
    book.save(target)
    return SimpleUploadedFile("资源.xlsx", target.getvalue())


def good(title: str = "童谣二十首", **more: Any) -> dict[str, Any]:
    return {"资源名称": title, "资源类型": "图书", "主题类别": "智能技术", "内容简介": "老人口述。", **more}


def test_the_blank_table_can_be_filled_in_and_sent_back(network: Network, category: Category) -> None:
    client = client_for(network.actor(network.points[0]))
    answer = client.get(reverse("resources:contribution-blank"))
    book = openpyxl.load_workbook(BytesIO(read_all(answer)))
    sheet = book.worksheets[0]
    assert [str(cell.value).rstrip("*") for cell in sheet[1]] == OF_CONTRIBUTION
    assert [str(cell.value) for cell in sheet[1] if str(cell.value).endswith("*")] == [
        "资源名称*",
        "资源类型*",
    ]
    for column, value in enumerate(
        [
            "童谣二十首",
            "图书",
            "社区课程组",
            "",
            "978-0-306-40615-7",
            2024,
            "智能技术",
            "居民",
            "口述整理。",
            "童谣 口述",
            "",
            30,
            "本校",
            "是",
        ],
        start=1,
    ):
        sheet.cell(2, column, str(value) if value else None)
    target = BytesIO()
    book.save(target)
    url = reverse("resources:contribution-import")
    answer = client.post(url, {"sheet": SimpleUploadedFile("x.xlsx", target.getvalue())}, follow=True)
    assert "已导入1行。" in answer.content.decode()
    row = Contribution.objects.get()
    assert (row.title, row.kind, row.isbn, row.year, row.category, row.keywords) == (
        "童谣二十首",
        ResourceKind.BOOK,
        "9780306406157",
        2024,
        category,
        "童谣、口述",
    )
    assert (row.copies_offered, row.rights_holder, row.rights_declared, row.state) == (
        30,
        "本校",
        True,
        ContributionState.DRAFT,
    )
    assert row.organisation == network.points[0]


def test_every_fault_is_named_by_its_place_and_nothing_is_saved(network: Network, category: Category) -> None:
    make_contribution(network, title="早就交过")
    client = client_for(network.actor(network.points[0]))
    upload = table(
        OF_CONTRIBUTION,
        good(),
        good("没有类型", 资源类型=None),
        good("错书号", **{"书号（ISBN）": "9780306406158"}),
        good("错网址", 网址="ftp://x"),
        good("错年份", 年份="去年"),
        good("没有这个类别", 主题类别="炼金术"),
        good("份数太多", 提供份数=100001),
    )
    answer = client.post(reverse("resources:contribution-import"), {"sheet": upload})
    assert answer.status_code == 422
    assert Contribution.objects.count() == 1
    found = [(fault.sheet, fault.place, fault.column_title) for fault in answer.context["faults"]]
    assert found == [
        ("表一", "B3", "资源类型"),
        ("表一", "E4", "书号（ISBN）"),
        ("表一", "K5", "网址"),
        ("表一", "F6", "年份"),
        ("表一", "G7", "主题类别"),
        ("表一", "L8", "提供份数"),
    ]
    page = answer.content.decode()
    assert "有6处需要修改，尚未导入任何内容" in page
    marked = read_all(client.get(answer.context["marked_url"]))
    sheet = openpyxl.load_workbook(BytesIO(marked)).worksheets[0]
    comments = [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.comment]
    assert comments == ["B3", "E4", "K5", "F6", "G7", "L8"]
    assert client_for(network.actor(network.points[1])).get(answer.context["marked_url"]).status_code == 404


def test_what_is_there_already_is_a_fault(network: Network, category: Category) -> None:
    make_contribution(network, ContributionState.SUBMITTED, title="早就交过")
    make_contribution(network, ContributionState.REJECTED, title="曾被否决")
    make_contribution(network, organisation=network.points[1], title="邻校的")
    client = client_for(network.actor(network.points[0]))
    url = reverse("resources:contribution-import")
    upload = table(
        OF_CONTRIBUTION, good("早就交过"), good("新的"), good("新的"), good("曾被否决"), good("邻校的")
    )
    answer = client.post(url, {"sheet": upload})
    found = [(fault.place, fault.message) for fault in answer.context["faults"]]
    assert found == [("A2", "本单位已提交过同名资源。"), ("A4", "与第3行重复。")]
    upload = table(
        OF_CONTRIBUTION, good("新的"), good("曾被否决"), good("邻校的"), good("早就交过", 资源类型="光盘")
    )
    assert client.post(url, {"sheet": upload}).status_code == 302
    assert Contribution.objects.filter(organisation=network.points[0]).count() == 6


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.xlsx"),
        (b"PK\x03\x04junk", "a.xlsx"),
        (b"\x00\x01\x02", "a.csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls"),
    ],
)
def test_what_is_no_table_is_refused_in_words(network: Network, content: bytes, name: str) -> None:
    client = client_for(network.actor(network.points[0]))
    url = reverse("resources:contribution-import")
    answer = client.post(url, {"sheet": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert answer.context["form"].errors or answer.context["faults"]
    assert client.post(url, {}).status_code == 422


def test_a_csv_file_from_a_spreadsheet_is_read(network: Network, category: Category) -> None:
    client = client_for(network.actor(network.colleges[0]))
    text = "资源名称,资源类型,主题类别\n甲,图书,智能技术\n乙,光盘,\n"
    for encoding in ("utf-8-sig", "gb18030"):
        Contribution.objects.all().delete()
        upload = SimpleUploadedFile("资源.csv", text.encode(encoding))
        assert client.post(reverse("resources:contribution-import"), {"sheet": upload}).status_code == 302
        assert list(Contribution.objects.order_by("pk").values_list("title", "kind")) == [
            ("甲", "book"),
            ("乙", "disc"),
        ]


def test_the_office_imports_entries_with_their_providers(network: Network, category: Category) -> None:
    client = client_for(network.office_admin)
    make_organisation("twin-1", OrganisationKind.OTHER, name="同名单位")
    make_organisation("twin-2", OrganisationKind.OTHER, name="同名单位")
    make_entry("已有的", provider=network.supplier)
    url = reverse("resources:entry-import")
    faulty = table(
        OF_ENTRY,
        good("甲", 提供单位="上海教育音像出版社"),
        good("乙", 提供单位="没有的单位"),
        good("丙", 提供单位="同名单位"),
        good("丁"),
    )
    answer = client.post(url, {"sheet": faulty})
    assert [(fault.place, fault.message) for fault in answer.context["faults"]] == [
        ("L3", "没有这个单位。"),
        ("L4", "有多个单位同名，请改填代码。"),
        ("L5", "此处必须填写。"),
    ]
    answer = client.post(url, {"sheet": table(OF_ENTRY, good("已有的", 提供单位="supplier-1"))})
    assert [fault.message for fault in answer.context["faults"]] == ["资源目录中已有该单位提供的同名资源。"]
    assert CatalogueEntry.objects.count() == 1
    fine = table(OF_ENTRY, good("甲", 提供单位="上海教育音像出版社"), good("乙", 提供单位="twin-2"))
    assert client.post(url, {"sheet": fine}).status_code == 302
    made = CatalogueEntry.objects.exclude(title="已有的").order_by("code")
    assert [(e.title, e.provider.code, e.state) for e in made] == [
        ("甲", "supplier-1", EntryState.PUBLISHED),
        ("乙", "twin-2", EntryState.PUBLISHED),
    ]
    found = client.get(reverse("resources:catalogue"), {"q": "甲"}).content.decode()
    assert "twin" not in found
    assert made[0].code in found
