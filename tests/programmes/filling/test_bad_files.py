"""Files as people send them: merged, hidden, computed, tracked, locked, far too large; each is refused in words, nothing is saved."""

import time
from collections.abc import Callable, Iterator
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet
from tests.factories.orgs import client_for
from tests.factories.programmes import TRIAL, TrialCall, known_programme, trial_call
from tests.kernel.sheets import with_part
from tests.kernel.test_files import LOCKED_PDF, PDF
from tests.programmes.filling.conftest import open_today
from tests.programmes.filling.pages import fill_url, form_of

from lianxue.kernel.rendering import form_docx, form_xlsx
from lianxue.programmes.models import Filing, FilingFile
from lianxue.programmes.queries.papers import paper_of

Change = Callable[[Worksheet], None]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SCRIPT = "<script>alert(1)</script>"
PRINTED = "2026年3月1日"  # as the form prints the day


@pytest.fixture
def trial(db: None) -> Iterator[TrialCall]:
    """Return an open call whose grid asks for a day too."""
    column = "{key: account, title: 平台账号, type: account}"
    text = TRIAL.read_text(encoding="utf-8").replace(
        column, f"{column}\n          - {{key: since, title: 任职日期, type: date}}"
    )
    with known_programme(text):
        yield open_today(trial_call())


@pytest.fixture
def filing(trial: TrialCall) -> Filing:
    """Return a filing with answers to every question, and a day in the grid."""
    street = trial.network.streets[0]
    row = {"_id": "r1", "area": street.division_id, "name": "李甪", "account": "LiLu", "since": "2026-03-01"}
    return trial.fill(trial.filing(street), {"people": [row]})


@pytest.fixture
def writer(trial: TrialCall, filing: Filing) -> Client:
    """Return the browser of whoever fills it in."""
    return client_for(trial.network.actor(filing.unit))


def book(filing: Filing, change: Change | None = None) -> bytes:
    """Return the form as a workbook that somebody changed."""
    opened = openpyxl.load_workbook(BytesIO(form_xlsx(paper_of(filing))))
    sheet = opened.worksheets[0]
    if change is not None:
        change(sheet)
    target = BytesIO()
    opened.save(target)
    return target.getvalue()


def place(sheet: Worksheet, words: str) -> str:
    return next(str(cell.coordinate) for row in sheet.iter_rows() for cell in row if cell.value == words)


def put(old: str, new: object) -> Change:
    """Return a change that puts something in the place of a value."""

    def change(sheet: Worksheet) -> None:
        sheet[place(sheet, old)] = new

    return change


def merge(sheet: Worksheet) -> None:
    """Join the cell of the name with the one below, as a spreadsheet does it with what is joined sideways already."""
    at = sheet[place(sheet, "李甪")]
    wide = [
        one
        for one in sheet.merged_cells.ranges
        if one.min_row in (at.row, at.row + 1) and one.min_col == at.column
    ]
    last = max((one.max_col for one in wide), default=at.column)
    for one in wide:
        sheet.unmerge_cells(one.coord)
    sheet.merge_cells(start_row=at.row, end_row=at.row + 1, start_column=at.column, end_column=last)


def hide(sheet: Worksheet) -> None:
    sheet.row_dimensions[int(place(sheet, "李甪")[1:])].hidden = True


def many(sheet: Worksheet) -> None:
    for _at in range(100_000):
        sheet.append(["", "人"])


def take_in(writer: Client, filing: Filing, content: bytes, name: str = "填好的表.xlsx") -> HttpResponse:
    address = reverse("programmes:import", args=[filing.pk])
    return writer.post(address, {"form": SimpleUploadedFile(name, content)})  # type: ignore[return-value]  # narrower than the stubs tell


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (merge, "此单元格合并了多个格子"),
        (hide, "这一行被隐藏了"),
        (put("李甪", "=1+1"), "单元格里是公式或域"),
        (put("王栟", '=HYPERLINK("http://example.org","王栟")'), "单元格里是公式或域"),
        (put(PRINTED, "31.2.2026"), "31.2.2026"),
        (put(PRINTED, "去年秋天"), "去年秋天"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_saved(
    writer: Client, filing: Filing, change: Change, words: str
) -> None:
    before = Filing.objects.get(pk=filing.pk).answers
    answer = take_in(writer, filing, book(filing, change))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "什么也没有保存" in text
    assert Filing.objects.get(pk=filing.pk).answers == before


@pytest.mark.parametrize("typed", ["2026年4月2日", "2026.4.2", "2026/4/2", "2026-04-02 "])
def test_a_day_that_was_typed_as_text_is_understood(writer: Client, filing: Filing, typed: str) -> None:
    shown = take_in(writer, filing, book(filing, put(PRINTED, typed)))
    assert shown.status_code == 200
    taken = writer.post(reverse("programmes:import", args=[filing.pk]), {"kept": form_of(shown)["kept"][0]})
    assert taken.status_code == 302
    assert Filing.objects.get(pk=filing.pk).answers["people"][0]["since"] == "2026-04-02"


def test_files_that_are_no_plain_form_are_refused_as_a_whole(writer: Client, filing: Filing) -> None:
    plain, word = book(filing), form_docx(paper_of(filing))

    def tracked(part: bytes) -> bytes:
        mark = b'<w:ins w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"><w:r>'
        return part.replace(b"<w:r>", mark, 1).replace(b"</w:r>", b"</w:r></w:ins>", 1)

    before = Filing.objects.get(pk=filing.pk).answers
    for content, name, words in (
        (with_part(plain, "xl/vbaProject.bin", lambda _: b"x"), "a.xlsm", "文件里有宏"),
        (
            with_part(plain, "xl/media/b.bin", lambda _: bytes(65 * 1024 * 1024)),
            "a.xlsx",
            "文件展开后大得异常",
        ),
        (with_part(word, "word/document.xml", tracked), "a.docx", "文档带有修订"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "文件设了密码"),
        (OLE + b"Workbook", "a.xls", "旧版 Office 格式"),
        (PDF, "a.pdf", "请上传填好的 Excel 工作簿"),
        (plain[:-300], "a.xlsx", "文件已损坏"),
        (b"", "a.xlsx", "文件是空的"),
    ):
        answer = take_in(writer, filing, content, name)
        assert answer.status_code == 422, name
        assert words in answer.content.decode(), words
    assert Filing.objects.get(pk=filing.pk).answers == before


def test_a_hundred_thousand_rows_do_not_hold_the_page_up(writer: Client, filing: Filing) -> None:
    content = book(filing, many)
    begun = time.process_time()
    answer = take_in(writer, filing, content)
    spent = time.process_time() - begun
    assert answer.status_code == 422
    assert "超过 5000 行" in answer.content.decode()
    assert spent < 5, "the rest is not read"


def test_scripts_in_names_stay_words(trial: TrialCall, writer: Client, filing: Filing) -> None:
    shown = take_in(writer, filing, book(filing, put("李甪", SCRIPT)), "<img src=x onerror=alert(1)>.xlsx")
    assert SCRIPT not in shown.content.decode()
    assert "<img src=x" not in shown.content.decode()
    writer.post(reverse("programmes:import", args=[filing.pk]), {"kept": form_of(shown)["kept"][0]})
    filing.unit.name = SCRIPT
    filing.unit.save(update_fields=["name"])
    trial.call.title = SCRIPT
    trial.call.save(update_fields=["title"])
    filing = trial.submit(Filing.objects.get(pk=filing.pk))
    assert SCRIPT in str(filing.answers)
    desk = client_for(trial.network.actor(trial.network.districts[0]))
    pages = {
        writer: [reverse("programmes:filing", args=[filing.pk])],
        desk: [
            reverse("programmes:desk"),
            reverse("programmes:opinion", args=[filing.pk]),
            reverse("programmes:call-overview-stage", args=[trial.call.pk, "filing"]),
            reverse("programmes:dossier", args=[trial.call.pk, filing.unit_id]),
        ],
    }
    for client, addresses in pages.items():
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, address
            assert SCRIPT not in page.content.decode(), address
            assert "&lt;script&gt;" in page.content.decode(), address


def test_what_nobody_else_could_open_is_not_attached(writer: Client, filing: Filing) -> None:
    sent = form_of(writer.get(fill_url(filing)))
    for content, words in (
        (LOCKED_PDF, "PDF 文件有密码保护"),
        (b"%PDF-1.7 nothing of the kind %%EOF", "文件已损坏"),
        (PDF[:60], "不完整"),
        (b"GIF89a<svg onload=alert(1)>", "图片"),
        (b"PK\x03\x04", "文件已损坏"),
    ):
        answer = writer.post(fill_url(filing), {**sent, "f.proof": SimpleUploadedFile("证明.pdf", content)})
        assert answer.status_code == 422, content[:9]
        assert words in answer.content.decode(), words
    assert not FilingFile.objects.exists()
    named = SimpleUploadedFile("<b>证明</b>.pdf", PDF)
    assert writer.post(fill_url(filing), {**sent, "f.proof": named}).status_code == 302
    assert "<b>证明" not in writer.get(fill_url(filing)).content.decode()
    assert FilingFile.objects.count() == 1
