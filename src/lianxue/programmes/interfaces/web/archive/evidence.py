"""The archive of evidence of the actor's own unit."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.files import file_response
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, Organisation
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS, READERS
from lianxue.programmes.interfaces.web.archive.forms import EvidenceFilter, EvidenceForm, ReasonForm
from lianxue.programmes.models import Call
from lianxue.programmes.operations.archive.evidence import add_evidence, remove_evidence
from lianxue.programmes.queries.archive import evidence_seen, items_kept, one_evidence
from lianxue.programmes.queries.filings import call_seen
from lianxue.programmes.queries.units import units_of

SHOWN = 200


@page(ADMINISTRATORS)
def archive(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what the own unit keeps for each item, find it, add to it."""
    row, unit = _own(request, pk)
    is_sent = request.method == "POST"
    form = EvidenceForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        call=row,
        item=request.GET.get("item", ""),
    )
    if is_sent and form.is_valid():
        try:
            add_evidence(
                actor=request.actor,
                at=clock.now(),
                call=row,
                unit=unit,
                item=form.cleaned_data["item"],
                title=form.cleaned_data["title"],
                words=form.cleaned_data["words"],
                dated_on=form.cleaned_data["dated_on"],
                upload=form.cleaned_data["upload"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Added."))
            return redirect("programmes:archive", pk)
    search = EvidenceFilter(request.GET or None, call=row)
    asked = search.cleaned_data if search.is_valid() else {}
    found = evidence_seen(
        request.actor, row, unit, item=asked.get("item", ""), find=asked.get("find", "").strip()
    )
    groups = items_kept(row, unit)
    items = [one for group in groups.values() for one in group]
    context = {
        "call": row,
        "unit": unit,
        "form": form,
        "search": search,
        "groups": groups,
        "complete": sum(one.count > 0 for one in items),
        "items": len(items),
        "found": found[:SHOWN],
        "titles": {one.item.key: one.item.title for one in items},
        "is_filtered": any(request.GET.get(name) for name in ("find", "item")),
        "may_add": row.state == "open",
        "request_key": request_key(request),
    }
    return render(request, "programmes/archive/archive.html", context, status=422 if form.errors else 200)


def _own(request: ActingRequest, pk: int) -> tuple[Call, Organisation]:
    row = call_seen(request.actor, pk)
    unit = units_of(row).filter(pk=request.actor.organisation_id or 0).first()
    if unit is None or not row.definition.evidence:
        raise NotFound
    return row, unit


@page(READERS)
def evidence_file(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the file of a piece of evidence."""
    row = one_evidence(request.actor, pk)
    if row.file is None:
        raise NotFound
    return file_response(row.file)


@page(ADMINISTRATORS)
def remove(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Take a piece of evidence out, with a reason."""
    row = one_evidence(request.actor, pk)
    if row.unit_id != request.actor.organisation_id:
        raise NotFound
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_evidence(
                actor=request.actor,
                at=clock.now(),
                evidence=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Taken out. The row stays in the trail."))
            return redirect("programmes:archive", row.call_id)
    context = {"form": form, "evidence": row, "request_key": request_key(request)}
    return render(request, "programmes/archive/remove.html", context, status=422 if form.errors else 200)
