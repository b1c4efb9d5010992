"""The dossier as one PDF: what stands in it, in which order, what is left out and why."""

from datetime import timedelta
from io import BytesIO

import pypdfium2
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.factories.orgs import AT, client_for
from tests.factories.programmes import PHONE, TrialCall
from tests.kernel.test_files import picture

from lianxue.kernel.files.binding import Part, Place, bind
from lianxue.kernel.models import AuditEntry
from lianxue.programmes.models import FilingRevision
from lianxue.programmes.operations.archive.dossier_links import make_dossier_link, withdraw_dossier_link
from lianxue.programmes.operations.archive.evidence import add_evidence
from lianxue.programmes.operations.archive.guidance import log_guidance
from lianxue.programmes.operations.filings.files import attach_file


def pages_of(content: bytes) -> list[str]:
    """Return the text of each page, without spaces and breaks."""
    document = pypdfium2.PdfDocument(content)
    texts = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    return ["".join(text.split()) for text in texts]


def sheets(number: int, *, turned: int = 0) -> bytes:
    """Return a PDF with empty pages."""
    document = pypdfium2.PdfDocument.new()
    for _at in range(number):
        document.new_page(300, 200).set_rotation(turned)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def full_dossier(trial: TrialCall) -> None:
    network, street = trial.network, trial.network.streets[0]
    unit, district = network.actor(street), network.actor(network.districts[0])
    filing = trial.fill(trial.filing(street))
    attach_file(
        actor=unit, at=AT, filing=filing, key="proof", upload=SimpleUploadedFile("创建方案.pdf", sheets(2))
    )
    filing.refresh_from_db()
    trial.opinion(trial.opinion(trial.submit(filing), comment="同意创建。"))
    log_guidance(
        actor=district, at=AT, call=trial.call, unit=street, given_on=AT.date(), words="到街道指导一次。"
    )
    add_evidence(
        actor=unit,
        at=AT,
        call=trial.call,
        unit=street,
        item="plan",
        title="发展规划",
        words="纳入规划",
        upload=ContentFile(picture(), "照片.jpg"),
    )


def test_the_volume_holds_everything_in_order(trial: TrialCall) -> None:
    full_dossier(trial)
    street = trial.network.streets[0]
    url = reverse("programmes:dossier-pdf", args=[trial.call.pk, street.pk])
    answer = client_for(trial.network.actor(trial.network.office)).get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = pages_of(answer.content)
    whole = "".join(pages)
    assert len(pages) == 6  # cover, form, record, two pages attached, one picture
    assert all(f"{at}/6" in text for at, text in enumerate(pages, start=1))
    assert "外滩街道" in pages[0]
    assert FilingRevision.objects.get().digest in pages[0].replace("\u200b", "")
    assert "王栟" in pages[1]
    assert "138****5678" in pages[1]
    assert PHONE not in whole
    for words in ("同意创建。", "到街道指导一次。", "发展规划", "创建方案.pdf", "照片.jpg"):
        assert words in pages[2], words
    taken = AuditEntry.objects.get(verb="programmes.take_dossier_away")
    assert taken.after == {"unit": "外滩街道", "stages": 1, "files": 2}


def test_who_may_take_it(trial: TrialCall) -> None:
    trial.submitted(trial.network.streets[0])
    network = trial.network
    url = reverse("programmes:dossier-pdf", args=[trial.call.pk, network.streets[0].pk])
    for organisation in (network.streets[1], network.districts[1]):
        assert client_for(network.actor(organisation)).get(url).status_code == 404
    assert not AuditEntry.objects.filter(verb="programmes.take_dossier_away").exists()


def test_by_its_link_for_a_time(trial: TrialCall) -> None:
    trial.submitted(trial.network.streets[0])
    office = trial.network.actor(trial.network.office)
    unit = trial.network.streets[0]
    made = make_dossier_link(
        actor=office, at=timezone.now(), call=trial.call, unit=unit, handed_to="王专家", days=7
    )
    stranger = client_for(None)
    url = reverse("programmes:dossier-open-pdf", args=[made.token])
    page = stranger.get(reverse("programmes:dossier-open", args=[made.token])).content.decode()
    assert url in page
    pages = pages_of(stranger.get(url).content)
    assert "外滩街道" in pages[0]
    assert PHONE not in "".join(pages)
    withdraw_dossier_link(actor=office, at=timezone.now() + timedelta(hours=1), link=made.link)
    assert stranger.get(url).status_code == 404


def test_what_cannot_be_bound_is_left_out_and_told() -> None:
    parts = [
        Part("own", sheets(1)),
        Part("pdf", b"%PDF-1.4 broken"),
        Part("picture", b"\xff\xd8\xff broken"),
        Part("pdf", sheets(5)),
        Part("pdf", sheets(2, turned=90)),
        Part("picture", picture()),
    ]
    places, bound = bind(parts, most_pages=4, is_numbered=True)
    assert places == [
        Place(1, 1),
        Place(refused="broken"),
        Place(refused="broken"),
        Place(refused="pages"),
        Place(2, 2),
        Place(4, 1),
    ]
    document = pypdfium2.PdfDocument(bound)
    assert [tuple(round(side) for side in document[at].get_size()) for at in range(4)] == [
        (300, 200),
        (595, 842),  # turned: upright
        (595, 842),
        (842, 595),
    ]
