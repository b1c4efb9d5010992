"""A stamped paper comes back as offices send it: 150 dpi, 2° askew, JPEG quality 60, a red stamp over its code, grey."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.documents import filled_in, scanner
from tests.factories.programmes import TrialCall

from lianxue.kernel.errors import Invalid
from lianxue.kernel.files import read_codes
from lianxue.kernel.rendering import FormPaper, form_pdf
from lianxue.programmes.enums import ScanState
from lianxue.programmes.models import Filing, Scan
from lianxue.programmes.operations.filings.scans import send_scan
from lianxue.programmes.operations.filings.submit import take_back_filing
from lianxue.programmes.queries.papers import paper_of

STANDS = {  # where the stamp stands, seen from the middle of the code, in shares of the width and height of the page
    "beside it": (-0.16, 0.03),
    "over its edge": (-0.08, 0.03),
    "over all of it": (0.0, 0.0),
}
LONG = {"plan": "目标、计划与分工，甪直路街道垟头社区同此办理。" * 120}


def code_stands(page: Image.Image) -> tuple[float, float]:
    """Return where the code is printed."""
    return (0.89, 0.055) if page.height > page.width else (0.915, 0.085)


def sealed(pages: list[Image.Image], where: str = "over its edge") -> list[Image.Image]:
    """Return the pages with a stamp on each."""
    right, down = STANDS[where]
    return [
        scanner.stamped(page, (code_stands(page)[0] + right, code_stands(page)[1] + down)) for page in pages
    ]


@pytest.fixture(scope="module")
def papers() -> dict[str, list[Image.Image]]:
    """Return the first two pages of published forms, as they come out of a printer."""
    found = {}
    for name in ("streets", "roster"):
        paper = filled_in.filled(name)
        assert isinstance(paper, FormPaper)
        found[name] = scanner.drawn(form_pdf(paper))[:2]
    return found


@pytest.mark.parametrize(
    ("name", "where"), [("streets", "beside it"), ("streets", "over its edge"), ("roster", "over all of it")]
)
def test_the_code_of_a_published_form_is_read(
    name: str, where: str, papers: dict[str, list[Image.Image]]
) -> None:
    stamped = sealed(papers[name], where)
    scans = [scanner.scanned(page) for page in stamped]
    reading = read_codes(scanner.as_pdf(scans[::-1]))
    assert [(one.page, one.text) for one in reading.codes] == [(1, filled_in.CODE), (2, filled_in.CODE)]
    assert read_codes(scanner.as_jpeg(scans[0])).texts == (filled_in.CODE,)
    assert read_codes(scanner.as_jpeg(scanner.photographed(stamped[0]))).texts == (filled_in.CODE,)


def printed(filing: Filing) -> list[Image.Image]:
    """Return the pages of the revision that lies at the desk, stamped."""
    revision = filing.revisions.get(number=filing.revision_number)
    return sealed(scanner.drawn(form_pdf(paper_of(filing, revision))))


def sent(trial: TrialCall, filing: Filing, name: str, content: bytes) -> Scan:
    upload = SimpleUploadedFile(name, content)
    return send_scan(actor=trial.network.actor(filing.unit), at=trial.at, filing=filing, upload=upload)


@pytest.mark.parametrize("way", ["pages in the wrong order", "photograph of the first page"])
def test_a_realistic_scan_is_matched_by_itself(trial: TrialCall, way: str) -> None:
    filing = trial.submit(trial.fill(trial.filing(trial.network.streets[0]), LONG))
    pages = printed(filing)
    assert len(pages) > 1
    if way == "photograph of the first page":
        scan = sent(trial, filing, "照片.jpg", scanner.as_jpeg(scanner.photographed(pages[0])))
    else:
        scan = sent(
            trial, filing, "扫描.pdf", scanner.as_pdf([scanner.scanned(page) for page in pages[::-1]])
        )
        assert scan.pages == len(pages)
    assert (scan.state, scan.revision and scan.revision.number) == (ScanState.MATCHED, 1)


def test_a_realistic_scan_of_an_older_revision_is_refused_and_told_which(trial: TrialCall) -> None:
    filing = trial.submitted(trial.network.streets[0])
    older = [scanner.scanned(page) for page in printed(filing)]
    take_back_filing(actor=trial.network.actor(filing.unit), at=trial.at, filing=filing)
    filing = trial.submit(filing)
    with pytest.raises(Invalid) as refused:
        sent(trial, filing, "扫描.pdf", scanner.as_pdf(older))
    assert re.findall(r"\d+", str(refused.value)) == ["1", "2"]  # which it is, and which is handed in
    newer = [scanner.scanned(page) for page in printed(filing)]
    with pytest.raises(Invalid) as refused:
        sent(trial, filing, "扫描.pdf", scanner.as_pdf([newer[0], older[0]]))
    assert "几份不同的表" in str(refused.value)
    assert not Scan.objects.exists()
