"""From the check to the stamped scan and back: what the unit and the desk see on the way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.orgs import client_for
from tests.factories.programmes import PHONE, TrialCall
from tests.programmes.filling.pages import form_of, send

from lianxue.kernel.errors import Invalid
from lianxue.kernel.models import AuditEntry
from lianxue.kernel.rendering import FormPaper, form_docx, form_pdf, form_xlsx
from lianxue.programmes.enums import Decision, ScanState
from lianxue.programmes.models import ChangeNotice, Filing, FilingRevision, Scan
from lianxue.programmes.operations.filings.scans import send_scan
from lianxue.programmes.operations.filings.submit import take_back_filing
from lianxue.programmes.queries.papers import paper_of


def url(name: str, *args: object) -> str:
    """Return an address of programmes."""
    return reverse(f"programmes:{name}", args=args)


def test_the_check_page_leads_to_every_fault_and_hands_in_when_all_is_right(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    page = writer.get(url("check", filing.pk)).content.decode()
    assert f"{url('fill', filing.pk)}?all#q-head_name" in page
    refused = writer.post(url("check", filing.pk), {"version": "0"})
    assert refused.status_code == 422
    filing = trial.fill(filing)
    stale = writer.post(url("check", filing.pk), {"version": "0"})
    assert stale.status_code == 422
    done = writer.post(url("check", filing.pk), {"version": str(filing.version)})
    assert (done.status_code, done["Location"]) == (302, url("filing", filing.pk))
    filing.refresh_from_db()
    assert filing.state == "submitted"


def test_a_page_says_where_it_is_and_what_was_said(trial: TrialCall, writer: Client) -> None:
    filing = trial.opinion(trial.submitted(trial.network.streets[0]))
    page = writer.get(url("filing", filing.pk)).content.decode()
    assert "黄浦区教育局" in page
    assert "上海市教育委员会" in page
    assert PHONE in page
    desk = (
        client_for(trial.network.actor(trial.network.office)).get(url("filing", filing.pk)).content.decode()
    )
    assert PHONE not in desk
    assert "138****5678" in desk


def test_what_was_returned_stands_on_top_until_it_is_mended(trial: TrialCall, writer: Client) -> None:
    filing = trial.opinion(trial.submitted(trial.network.streets[0]), Decision.RETURN, "方案太短。")
    for name in ("filing", "fill"):
        assert "方案太短。" in writer.get(url(name, filing.pk)).content.decode()
    filing = trial.submit(trial.fill(filing, {"plan": "目标、方案与分工。"}))
    page = writer.get(url("compare", filing.pk, 1, 2)).content.decode()
    assert "<del>计划</del><ins>方案</ins>" in page


def test_it_can_be_taken_back_before_an_opinion(trial: TrialCall, writer: Client) -> None:
    filing = trial.submitted(trial.network.streets[0])
    assert writer.post(url("take_back", filing.pk)).status_code == 302
    filing.refresh_from_db()
    assert filing.state == "draft"


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_taking_a_form_away_is_written_down(trial: TrialCall, writer: Client, ending: str) -> None:
    filing = trial.submitted(trial.network.streets[0])
    answer = writer.get(url(f"form_{ending}", filing.pk))
    assert answer.status_code == 200
    assert answer.content[:2] in (b"PK", b"%P")
    entry = AuditEntry.objects.filter(verb="programmes.take_form_away").get()
    assert entry.after == {"revision": 1, "file": ending}
    stranger = client_for(trial.network.actor(trial.network.streets[1]))
    assert stranger.get(url(f"form_{ending}", filing.pk)).status_code == 404


def test_a_draft_says_so_and_carries_no_code(trial: TrialCall, filing: Filing) -> None:
    paper = paper_of(trial.fill(filing))
    assert "草稿" in paper.title
    assert paper.qr_text == ""
    handed = paper_of(trial.submit(filing), FilingRevision.objects.get())
    assert "草稿" not in handed.title
    assert handed.qr_text == FilingRevision.objects.get().code


def stamped(filing: Filing) -> SimpleUploadedFile:
    """Return the printed form of a filing's newest revision, as it would come back from the scanner."""
    revision = filing.revisions.get(number=filing.revision_number)
    return SimpleUploadedFile("扫描件.pdf", form_pdf(paper_of(filing, revision)), "application/pdf")


def test_a_scan_is_matched_by_its_code(trial: TrialCall, writer: Client) -> None:
    filing = trial.submitted(trial.network.streets[0])
    answer = writer.post(url("send_scan", filing.pk), {"scan": stamped(filing)})
    assert answer.status_code == 302
    scan = Scan.objects.get()
    assert (scan.state, scan.revision and scan.revision.number) == (ScanState.MATCHED, 1)


def test_a_scan_of_an_older_revision_is_refused_with_its_number(trial: TrialCall, writer: Client) -> None:
    filing = trial.submitted(trial.network.streets[0])
    older = stamped(filing)
    take_back_filing(actor=trial.network.actor(filing.unit), at=trial.at, filing=filing)
    filing = trial.submit(filing)
    answer = writer.post(url("send_scan", filing.pk), {"scan": older})
    assert answer.status_code == 422
    assert "1" in answer.content.decode()
    assert not Scan.objects.exists()


def test_a_scan_of_another_unit_is_refused_without_saying_whose(trial: TrialCall) -> None:
    mine, other = (trial.submitted(street) for street in trial.network.streets[:2])
    with pytest.raises(Invalid) as refused:
        send_scan(actor=trial.network.actor(mine.unit), at=trial.at, filing=mine, upload=stamped(other))
    assert other.unit.name not in str(refused.value)


def test_a_scan_without_a_code_goes_to_a_person_at_the_desk(trial: TrialCall, writer: Client) -> None:
    filing = trial.submitted(trial.network.streets[0])
    blank = form_pdf(paper_of(filing))
    assert (
        writer.post(url("send_scan", filing.pk), {"scan": SimpleUploadedFile("a.pdf", blank)}).status_code
        == 302
    )
    scan = Scan.objects.get()
    assert scan.state == ScanState.UNREADABLE
    desk = client_for(trial.network.actor(trial.network.districts[0]))
    assert url("scan", scan.pk) in desk.get(url("filing", filing.pk)).content.decode()
    assert desk.post(url("scan", scan.pk), {"decision": "refuse", "note": " "}).status_code == 422
    assert writer.post(url("scan", scan.pk), {"decision": "confirm"}).status_code == 404
    assert desk.post(url("scan", scan.pk), {"decision": "confirm"}).status_code == 302
    scan.refresh_from_db()
    assert (scan.state, scan.revision_id) == (ScanState.CONFIRMED, FilingRevision.objects.get().pk)
    other = client_for(trial.network.actor(trial.network.streets[1]))
    assert other.get(url("scan", scan.pk)).status_code == 404
    assert other.get(url("scan_file", scan.pk)).status_code == 404


def test_the_scan_opens_from_where_the_desk_decides(trial: TrialCall) -> None:
    filing = trial.submitted(trial.network.streets[0])
    writer, desk = (
        trial.network.actor(filing.unit),
        client_for(trial.network.actor(trial.network.districts[0])),
    )
    blank = SimpleUploadedFile("a.pdf", form_pdf(paper_of(filing)))
    scan = send_scan(actor=writer, at=trial.at, filing=filing, upload=blank)
    page = url("opinion", filing.pk)
    assert url("scan", scan.pk) in desk.get(page).content.decode(), "also one whose code nobody could read"
    desk.post(url("scan", scan.pk), {"decision": "refuse", "note": "看不清。"})
    assert url("scan", scan.pk) not in desk.get(page).content.decode()
    scan = send_scan(actor=writer, at=trial.at, filing=filing, upload=stamped(filing))
    assert url("scan", scan.pk) in desk.get(page).content.decode()
    trial.at += timedelta(minutes=1)
    take_back_filing(actor=writer, at=trial.at, filing=filing)
    trial.submit(filing)
    assert url("scan", scan.pk) not in desk.get(page).content.decode(), "it is of what was handed in before"


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.4 broken", b"PK\x03\x04"])
def test_a_broken_scan_is_refused_in_words(trial: TrialCall, writer: Client, content: bytes) -> None:
    filing = trial.submitted(trial.network.streets[0])
    answer = writer.post(url("send_scan", filing.pk), {"scan": SimpleUploadedFile("x.pdf", content)})
    assert answer.status_code == 422
    assert not Scan.objects.exists()


@pytest.mark.parametrize("render", [form_xlsx, form_docx])
def test_a_filled_file_shows_what_changes_before_it_is_taken_over(
    trial: TrialCall, writer: Client, filing: Filing, render: Callable[[FormPaper], bytes]
) -> None:
    file = render(paper_of(trial.fill(filing, {"head_name": "陈甪直"})))
    Filing.objects.filter(pk=filing.pk).update(answers={}, marks={})
    shown = writer.post(url("import", filing.pk), {"form": SimpleUploadedFile("填好的表", file)})
    assert shown.status_code == 200
    assert "陈甪直" in shown.content.decode()
    filing.refresh_from_db()
    assert filing.answers == {}
    taken = writer.post(url("import", filing.pk), {"kept": form_of(shown)["kept"][0]})
    assert taken.status_code == 302
    filing.refresh_from_db()
    assert filing.answers["head_name"] == "陈甪直"
    assert PHONE not in str(filing.answers)
    assert writer.post(url("import", filing.pk), {"kept": "x"}).status_code == 422


def test_a_file_with_a_fault_names_its_cell_and_saves_nothing(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    trial.fill(filing, {"people": [{"_id": "r1", "area": "Atlantis", "name": "李"}]})
    file = form_xlsx(paper_of(Filing.objects.get(pk=filing.pk)))
    before = Filing.objects.get(pk=filing.pk).answers
    answer = writer.post(url("import", filing.pk), {"form": SimpleUploadedFile("a.xlsx", file)})
    assert answer.status_code == 422
    assert "Atlantis" in answer.content.decode()
    assert Filing.objects.get(pk=filing.pk).answers == before
    for junk in (b"", b"x", b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0"):
        refused = writer.post(url("import", filing.pk), {"form": SimpleUploadedFile("a.xlsx", junk)})
        assert refused.status_code == 422


def test_a_change_notice_is_written_checked_handed_in_and_seen(trial: TrialCall, writer: Client) -> None:
    filing = trial.approved(trial.network.streets[0])
    begun = writer.post(url("begin_change", filing.pk))
    notice = ChangeNotice.objects.get()
    assert begun["Location"] == url("change", notice.pk)
    page = form_of(writer.get(begun["Location"]))
    changed = {**page, "a.people.r1.name": "周垟", "a.notice.reason": "人员调离", "then": "check"}
    assert writer.post(url("change", notice.pk), changed)["Location"] == url("change_check", notice.pk)
    check = writer.get(url("change_check", notice.pk)).content.decode()
    assert "<ins>周垟</ins>" in check
    assert writer.post(url("change_check", notice.pk))["Location"] == url("notice", notice.pk)
    notice.refresh_from_db()
    assert notice.state == "submitted"
    assert "周垟" in writer.get(url("notice", notice.pk)).content.decode()
    other = client_for(trial.network.actor(trial.network.streets[1]))
    assert other.get(url("change", notice.pk)).status_code == 404


def test_the_home_page_says_what_to_do_and_asks_as_much_for_many_calls(trial: TrialCall) -> None:
    street = trial.network.streets[0]
    actor = trial.network.actor(street)
    from lianxue.programmes.queries.waiting import waiting_stages

    assert [one.kind for one in waiting_stages(actor, trial.at.date())] == ["begin"]
    filing = trial.filing(street)
    assert [one.kind for one in waiting_stages(actor, trial.at.date())] == ["draft"]
    trial.opinion(trial.submit(trial.fill(filing)), Decision.RETURN, "补")
    with CaptureQueriesContext(connection) as one:
        assert [x.kind for x in waiting_stages(actor, trial.at.date())] == ["returned"]
    from tests.factories.programmes import trial_call
    from tests.programmes.filling.conftest import open_today

    for _call in range(3):
        open_today(trial_call(trial.network))
    with CaptureQueriesContext(connection) as many:
        assert len(waiting_stages(actor, trial.at.date())) == 4
    assert len(one) == len(many)


def test_the_filing_page_asks_as_much_for_many_revisions(trial: TrialCall, writer: Client) -> None:
    filing = trial.opinion(trial.submitted(trial.network.streets[0]), Decision.RETURN, "补")
    writer.get(url("filing", filing.pk))
    with CaptureQueriesContext(connection) as few:
        writer.get(url("filing", filing.pk))
    for _again in range(3):
        filing = trial.opinion(trial.submit(filing), Decision.RETURN, "补")
    with CaptureQueriesContext(connection) as many:
        writer.get(url("filing", filing.pk))
    assert len(few) == len(many)


def test_a_script_in_a_name_is_only_a_name(trial: TrialCall, writer: Client, filing: Filing) -> None:
    send(
        writer,
        filing,
        {"a.head_name": "<script>alert(1)</script>", "a.plan": "</textarea><script>alert(2)</script>"},
    )
    for name in ("fill", "preview", "check"):
        assert "<script>alert" not in writer.get(url(name, filing.pk)).content.decode()
