"""Photographs in the effect report (S0-53): who may look, how many, what is said about them, and where they print."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.documents.printed import pdf_pages
from tests.factories.distribution_people import everybody, everything_written
from tests.factories.orgs import AT, Network, client_for, small_network
from tests.factories.resources import make_picture

from lianxue.distribution.flows.effect_report import MOST_PICTURES
from lianxue.distribution.models import EffectReport, EffectReportPicture
from lianxue.distribution.operations.reports.pictures import add_report_picture, remove_report_picture
from lianxue.distribution.operations.reports.save_effect_report import save_effect_report
from lianxue.distribution.operations.reports.submit_effect_report import submit_effect_report
from lianxue.distribution.queries.effect_reports import paper_of
from lianxue.distribution.rules.reports import SEES_REPORT_PICTURE
from lianxue.documents.public import effect_report_docx, effect_report_pdf
from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, Refused, Unmet
from lianxue.kernel.models import StoredFile
from lianxue.kernel.rules import visible

pytestmark = pytest.mark.django_db

TEXTS = {"recipients": "学员", "forms": "借阅", "effects": "很好", "suggestions": "更多"}


@pytest.fixture
def network() -> Network:
    return small_network()


def _add(
    network: Network, caption: str = "读书会", upload: SimpleUploadedFile | None = None
) -> EffectReportPicture:
    point = network.points[0]
    return add_report_picture(
        actor=network.actor(point),
        at=AT,
        point=point,
        year=2026,
        upload=upload or make_picture(),
        caption=caption,
    )


def _submitted(network: Network) -> EffectReport:
    point, admin = network.points[0], network.actor(network.points[0])
    report = save_effect_report(actor=admin, at=AT, point=point, year=2026, version=0, texts=TEXTS)
    return submit_effect_report(actor=admin, at=AT, report=report, version=report.version)


def test_the_first_photograph_begins_the_report(network: Network) -> None:
    picture = _add(network, "  读书会  ")
    assert (picture.caption, picture.report.year, picture.report.version) == ("读书会", 2026, 0)
    assert picture.picture.is_picture


@pytest.mark.parametrize("caption", ["", "   ", "长" * 121])
def test_each_photograph_says_what_it_shows(network: Network, caption: str) -> None:
    before = everything_written()
    with pytest.raises(Invalid) as refused:
        _add(network, caption)
    assert list(refused.value.fields) == ["caption"]
    assert everything_written() == before


def test_what_is_no_picture_is_refused(network: Network) -> None:
    before, files = everything_written(), StoredFile.objects.count()
    with pytest.raises(Refused):
        _add(network, upload=SimpleUploadedFile("a.jpg", b"no picture at all", "image/jpeg"))
    assert (everything_written(), StoredFile.objects.count()) == (before, files)


def test_a_report_holds_so_many_and_no_more(network: Network) -> None:
    rows = [_add(network, f"照片{number}") for number in range(MOST_PICTURES)]
    with pytest.raises(Unmet):
        _add(network)
    remove_report_picture(actor=network.actor(network.points[0]), at=AT, picture=rows[0])
    assert _add(network, "新").report.pictures.count() == MOST_PICTURES


def test_what_is_taken_out_leaves_no_file_row_behind(network: Network) -> None:
    picture = _add(network)
    admin = network.actor(network.points[0])
    remove_report_picture(actor=admin, at=AT, picture=picture)
    remove_report_picture(actor=admin, at=AT, picture=picture)
    assert not EffectReportPicture.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_photograph_is_seen_by_whoever_may_read_its_report(network: Network) -> None:
    picture, actors = _add(network), everybody(network)
    for readers in ("P", "PCO"):  # while it is being written, and once it was handed in
        for letter, actor in actors.items():
            found = visible(EffectReportPicture.objects.all(), SEES_REPORT_PICTURE, actor)
            assert SEES_REPORT_PICTURE.holds(actor, picture) is (letter in readers), letter
            assert found.exists() is (letter in readers), letter
        if readers == "P":
            _submitted(network)
        picture = EffectReportPicture.objects.select_related("report").get(pk=picture.pk)


def test_photographs_stand_in_the_paper_with_what_they_show(network: Network) -> None:
    for number in range(3):
        _add(network, f"第{number}次读书会")
    paper = paper_of(_submitted(network))
    text = "".join(pdf_pages(effect_report_pdf(paper)))
    assert "六、照片第0次读书会第1次读书会第2次读书会" in text
    with ZipFile(BytesIO(effect_report_docx(paper))) as word:
        assert (
            len({name for name in word.namelist() if name.startswith("word/media/")}) == 1
        )  # the same picture
        assert word.read("word/document.xml").decode().count("<pic:pic") == 3


def test_the_page_adds_shows_and_takes_out(network: Network) -> None:
    browser, year = client_for(network.actor(network.points[0])), clock.today().year
    address = reverse("distribution:report-pictures", args=[year])
    sent = browser.post(address, {"picture": make_picture(), "caption": "书法课", "request_key": "a"})
    assert sent.url == address
    again = browser.post(address, {"picture": make_picture(), "caption": "书法课", "request_key": "a"})
    assert again.status_code == 302
    picture = EffectReportPicture.objects.get()
    assert "书法课" in browser.get(address).content.decode()
    assert "书法课" in browser.get(reverse("distribution:report-write", args=[year])).content.decode()
    assert browser.post(address, {"picture": make_picture(), "caption": ""}).status_code == 422
    assert b"".join(browser.get(reverse("distribution:report-picture-small", args=[picture.pk])))
    removed = browser.post(reverse("distribution:report-picture-remove", args=[picture.pk]))
    assert removed.url == address
    assert not EffectReportPicture.objects.exists()
    neighbour = client_for(network.actor(network.points[1]))
    assert neighbour.get(reverse("distribution:report-picture", args=[picture.pk])).status_code == 404
