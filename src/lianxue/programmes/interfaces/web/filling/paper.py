"""The printed form of a filing: on the screen, and as a file to take away."""

from collections.abc import Callable

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound
from lianxue.kernel.pages import page
from lianxue.kernel.rendering import FormPaper, form_docx, form_pdf, form_xlsx
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS, READERS
from lianxue.programmes.interfaces.web.filling.tabs import filing_tabs
from lianxue.programmes.models import Filing, FilingRevision
from lianxue.programmes.operations.filings.take_away import take_form_away
from lianxue.programmes.queries.filings import filing_seen, own_filing
from lianxue.programmes.queries.papers import current_revision, paper_of

OFFICE = "application/vnd.openxmlformats-officedocument"
ENDINGS: dict[str, tuple[str, Callable[[FormPaper], bytes]]] = {
    "pdf": ("application/pdf", form_pdf),
    "docx": (f"{OFFICE}.wordprocessingml.document", form_docx),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", form_xlsx),
}


@page(ADMINISTRATORS)
def preview(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the printed form as it would come out now; ``part`` gives the paper alone."""
    filing = own_filing(request.actor, pk)
    paper = paper_of(filing, current_revision(filing))
    context = {"filing": filing, "paper": paper, "rows": zip(paper.rows, paper.layout(), strict=True)}
    if "part" in request.GET:
        return render(request, "programmes/filing/paper.html", context)
    context["tabs"] = filing_tabs(filing, "preview")
    return render(request, "programmes/filing/preview.html", context)


@page(READERS)
def take_away(request: ActingRequest, pk: int, ending: str) -> HttpResponseBase:
    """Give the printed form of what lies at a desk, or of the draft, which says that it is one."""
    filing = filing_seen(request.actor, pk)
    return _given(request, filing, current_revision(filing), ending)


@page(READERS)
def take_revision_away(request: ActingRequest, pk: int, number: int, ending: str) -> HttpResponseBase:
    """Give the printed form of one revision."""
    filing = filing_seen(request.actor, pk)
    revision = filing.revisions.filter(number=number).first()
    if revision is None:
        raise NotFound
    return _given(request, filing, revision, ending)


def _given(
    request: ActingRequest, filing: Filing, revision: FilingRevision | None, ending: str
) -> HttpResponse:
    media_type, renderer = ENDINGS[ending]
    paper = take_form_away(
        actor=request.actor, at=clock.now(), filing=filing, revision=revision, ending=ending
    )
    response = HttpResponse(renderer(paper), content_type=media_type)
    name = f"{filing.unit.name} {paper.name}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
