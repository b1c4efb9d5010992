"""Files of a filing: what is attached, and stamped scans that come back."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, NotFound
from lianxue.kernel.files import file_response
from lianxue.kernel.pages import page, request_key
from lianxue.kernel.rules import get_visible
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.enums import ScanState
from lianxue.programmes.errors import WordsMissing
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS, READERS
from lianxue.programmes.models import FilingFile, Scan
from lianxue.programmes.operations.filings.scans import judge_scan, send_scan
from lianxue.programmes.queries.filings import filing_seen, own_filing
from lianxue.programmes.rules.filing import FILLS_IN, JUDGES_SCAN, SEES_SCAN


@page(READERS)
def attached(request: ActingRequest, pk: int, file: int) -> HttpResponseBase:
    """Give an attached file: to the unit, and to others once it was handed in."""
    filing = filing_seen(request.actor, pk)
    row = FilingFile.objects.select_related("file").filter(filing=filing, pk=file).first()
    if row is None:
        raise NotFound
    if not FILLS_IN.holds(request.actor, filing):
        handed_in = {one["id"] for files in filing.revisions.values_list("files", flat=True) for one in files}
        if row.pk not in handed_in:
            raise NotFound
    return file_response(row.file)


@page(ADMINISTRATORS)
def send(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Say how the form is printed, stamped, scanned and sent, and take the scan."""
    filing = own_filing(request.actor, pk)
    if filing.state != "submitted" or filing.form.scan == "none":
        return redirect("programmes:filing", filing.pk)
    fault = ""
    if request.method == "POST":
        try:
            scan = send_scan(
                actor=request.actor,
                at=clock.now(),
                filing=filing,
                upload=_upload(request),
                request_key=request_key(request),
            )
        except Invalid as refusal:
            fault = str(refusal.message)
        else:
            if scan.state == ScanState.MATCHED:
                messages.success(request, _("The scan belongs to this form. Thank you."))
            else:
                messages.warning(
                    request,
                    _("The code on the scan could not be read. Somebody at the desk will look at it."),
                )
            return redirect("programmes:filing", filing.pk)
    context = {
        "filing": filing,
        "fault": fault,
        "revision": filing.revisions.get(number=filing.revision_number),
    }
    return render(request, "programmes/filing/send_scan.html", context, status=422 if fault else 200)


def _upload(request: ActingRequest) -> "UploadedFile[bytes]":
    upload = request.FILES.get("scan")
    if upload is None:
        raise Invalid(_("Please choose the scan, or take a picture of the stamped form."))
    return upload


@page(READERS)
def scan(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a scan beside the form; whoever sits at the desk says whether it belongs to it."""
    row = _scan(request, pk)
    fault = ""
    if request.method == "POST":
        if not JUDGES_SCAN.holds(request.actor, row):
            raise NotFound
        try:
            judge_scan(
                actor=request.actor,
                at=clock.now(),
                scan=row,
                confirm=request.POST.get("decision") == "confirm",
                note=request.POST.get("note", ""),
                request_key=request_key(request),
            )
        except WordsMissing as refusal:
            fault = str(refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:filing", row.filing_id)
    context = {
        "scan": row,
        "fault": fault,
        "note": request.POST.get("note", ""),
        "revision": row.filing.revisions.filter(number=row.filing.revision_number).first(),
        "may_judge": row.state == ScanState.UNREADABLE and JUDGES_SCAN.holds(request.actor, row),
    }
    return render(request, "programmes/filing/scan.html", context, status=422 if fault else 200)


@page(READERS)
def scan_file(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the scan itself."""
    return file_response(_scan(request, pk).file)


def _scan(request: ActingRequest, pk: int) -> Scan:
    rows = Scan.objects.select_related(
        "file", "filing__call__revision", "filing__call__office", "filing__unit", "revision", "judged_by"
    )
    return get_visible(rows, SEES_SCAN, request.actor, pk=pk)
