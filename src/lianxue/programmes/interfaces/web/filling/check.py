"""Looking a form over before it is handed in, handing it in, and taking it back."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import NotAllowed, NotFound, Refused
from lianxue.kernel.pages import page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.filling.sent import number_in
from lianxue.programmes.interfaces.web.filling.tabs import filing_tabs
from lianxue.programmes.models import Filing
from lianxue.programmes.models.definition import Form
from lianxue.programmes.operations.filings.submit import submit_filing, take_back_filing
from lianxue.programmes.queries.faults import faults_in
from lianxue.programmes.queries.filings import own_filing
from lianxue.programmes.queries.opening import opened_answers
from lianxue.programmes.queries.windows import days_of_stages
from lianxue.programmes.rules.answers import AnswerFault, notes_of


@page(ADMINISTRATORS)
def check(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what is missing or wrong, each fault a way to its question; hand in when all is right."""
    filing = own_filing(request.actor, pk, bare=request.method == "POST")
    if filing.state not in ("draft", "returned"):
        return redirect("programmes:filing", filing.pk)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            submit_filing(
                actor=request.actor,
                at=clock.now(),
                filing=filing,
                version=number_in(request.POST.get("version", "")),
                request_key=request_key(request),
            )
        except Refused as refused:
            refusal = refused
            filing = own_filing(request.actor, pk)
        else:
            messages.success(request, _("Handed in."))
            return redirect("programmes:filing", filing.pk)
    faults = faults_in(filing)
    offered = {
        one.verb: one for one in FILING_FLOW.offered(actor=request.actor, subject=filing, at=clock.now())
    }
    context = {
        "filing": filing,
        "tabs": filing_tabs(filing, "check"),
        "faults": [_told(filing.form, filing, fault) for fault in faults],
        "notes": [
            _told(filing.form, filing, note)
            for note in notes_of(filing.form, opened_answers(filing.form, filing.answers))
        ],
        "hand_in": offered.get("submit_filing"),
        "days": days_of_stages(filing.call, filing.unit_id)[filing.stage],
        "levels": filing.stage_definition.levels,
        "refusal": refusal,
    }
    return render(request, "programmes/filing/check.html", context, status=422 if refusal else 200)


def _told(form: Form, filing: Filing, fault: AnswerFault) -> dict[str, str]:
    """Return a fault with its part of the form and the place of its question on the page where it is filled in."""
    grids = form.grids()
    words, place = fault.message, f"q-{fault.key or fault.section}"
    titles = {part.key: part.title for part in form.sections}
    if fault.section in grids:
        place = f"q-{fault.section}"
        if fault.row:
            ids = [str(row.get("_id")) for row in filing.answers.get(fault.section) or []]
            number = ids.index(fault.row) + 1 if fault.row in ids else 0
            words = _("Row %(row)s: %(message)s") % {"row": number, "message": words}
            place = f"a.{fault.section}.{fault.row}.{fault.key}"
    elif not fault.key and not fault.section:
        place = ""
    # Two sections may both ask for a name, two grids for the same number of people: the part of the form stands above.
    return {"words": words, "place": place, "part": titles.get(fault.section, "")}


@page(ADMINISTRATORS)
@require_POST
def take_back(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take a filing back that nobody gave an opinion on yet."""
    filing = own_filing(request.actor, pk)
    try:
        take_back_filing(actor=request.actor, at=clock.now(), filing=filing, request_key=request_key(request))
    except NotAllowed as foreign:
        raise NotFound from foreign
    messages.success(request, _("Taken back. You can go on filling it in."))
    return redirect("programmes:fill", filing.pk)
