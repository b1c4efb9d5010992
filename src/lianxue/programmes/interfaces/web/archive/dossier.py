"""The dossier of a unit in a call: what it filed, what was said of it, its evidence, the guidance it got."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.files.documents import PDF
from lianxue.kernel.pages import PUBLIC, add_refusal, page, request_key
from lianxue.kernel.pages.pressing import acted
from lianxue.orgs.public import ActingRequest, Organisation
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS, READERS
from lianxue.programmes.interfaces.web.archive.forms import EvidenceFilter, GuidanceForm, LinkForm
from lianxue.programmes.models import Call
from lianxue.programmes.operations.archive.dossier_links import (
    make_dossier_link,
    open_dossier,
    withdraw_dossier_link,
)
from lianxue.programmes.operations.archive.dossier_paper import dossier_pdf
from lianxue.programmes.operations.archive.guidance import log_guidance
from lianxue.programmes.operations.archive.take_dossier import take_dossier_away
from lianxue.programmes.queries.archive import (
    evidence_seen,
    filings_of_unit,
    guidance_seen,
    items_kept,
    links_seen,
    unit_with_dossier,
)
from lianxue.programmes.queries.dossier import Dossier, dossier_of
from lianxue.programmes.queries.filings import call_seen
from lianxue.programmes.queries.reading import answers_shown, opinions_on, steps_of
from lianxue.programmes.rules.archive import may_guide

SHOWN = 200


@page(READERS)
def dossier(request: ActingRequest, pk: int, unit_id: int) -> HttpResponseBase:
    """Show the dossier; levels above log guidance here."""
    row = call_seen(request.actor, pk)
    unit = unit_with_dossier(request.actor, row, unit_id)
    is_guide = row.definition.guides and may_guide(request.actor, row, unit)
    form = GuidanceForm(
        request.POST if request.method == "POST" and is_guide else None,
        call=row,
        initial={"given_on": clock.today()},
    )
    if form.is_bound and form.is_valid():
        try:
            log_guidance(
                actor=request.actor,
                at=clock.now(),
                call=row,
                unit=unit,
                request_key=request_key(request),
                **form.cleaned_data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The guidance has been logged."))
            return redirect("programmes:dossier", pk, unit_id)
    context = {
        **_contents(request, row, unit),
        "form": form if is_guide and row.state == "open" else None,
        "links": links_seen(request.actor, row, unit) if request.actor.is_administrator else (),
        "may_link": request.actor.is_administrator,
        "now": clock.now(),
        "request_key": request_key(request),
    }
    return render(request, "programmes/archive/dossier.html", context, status=422 if form.errors else 200)


def _contents(request: ActingRequest, row: Call, unit: Organisation) -> dict[str, Any]:
    is_own = request.actor.organisation_id == unit.pk
    search = EvidenceFilter(request.GET or None, call=row)
    asked = search.cleaned_data if search.is_valid() else {}
    groups = items_kept(row, unit)
    items = [one for group in groups.values() for one in group]
    stages = {stage.key: stage for stage in row.definition.stages}
    filings = filings_of_unit(row, unit, handed_in_only=not is_own)
    return {
        "call": row,
        "unit": unit,
        "filings": [{"one": one, "stage": stages[one.stage], "steps": steps_of(one)} for one in filings],
        "groups": groups,
        "items": len(items),
        "complete": sum(one.count > 0 for one in items),
        "evidence": evidence_seen(
            request.actor, row, unit, item=asked.get("item", ""), find=asked.get("find", "").strip()
        )[:SHOWN],
        "titles": {one.item.key: one.item.title for one in items},
        "search": search,
        "guidance": guidance_seen(request.actor, row, unit),
        "stage_titles": {key: stage.title for key, stage in stages.items()},
    }


@page(READERS)
def take_away(request: ActingRequest, pk: int, unit_id: int) -> HttpResponseBase:
    """Give the dossier as one PDF."""
    row = call_seen(request.actor, pk)
    unit = unit_with_dossier(request.actor, row, unit_id)
    return _volume(take_dossier_away(actor=request.actor, at=clock.now(), call=row, unit=unit))


def _volume(found: Dossier) -> HttpResponse:
    response = HttpResponse(dossier_pdf(found), content_type=PDF)
    name = f"{found.unit.name} {found.call.title}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@page(ADMINISTRATORS)
def hand_out(request: ActingRequest, pk: int, unit_id: int) -> HttpResponseBase:
    """Make a link for somebody without an account; it is shown once."""
    row = call_seen(request.actor, pk)
    unit = unit_with_dossier(request.actor, row, unit_id)
    form = LinkForm(request.POST if request.method == "POST" else None)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = make_dossier_link(
                actor=request.actor,
                at=clock.now(),
                call=row,
                unit=unit,
                handed_to=form.cleaned_data["handed_to"],
                days=form.cleaned_data["days"],
            )
        except Refused as refusal:
            add_refusal(form, refusal)
    address = (
        request.build_absolute_uri(reverse("programmes:dossier-open", args=[made.token])) if made else ""
    )
    context = {
        "call": row,
        "unit": unit,
        "form": form,
        "made": made,
        "address": address,
        "request_key": request_key(request),
    }
    return render(request, "programmes/archive/link.html", context, status=422 if form.errors else 200)


@page(ADMINISTRATORS)
@require_POST
def withdraw(request: ActingRequest, pk: int, unit_id: int, link_id: int) -> HttpResponseBase:
    """Withdraw a link."""
    row = call_seen(request.actor, pk)
    unit = unit_with_dossier(request.actor, row, unit_id)
    link = links_seen(request.actor, row, unit).filter(pk=link_id).first()
    if link is None:
        raise NotFound
    key = request_key(request)
    return acted(
        request,
        lambda: withdraw_dossier_link(actor=request.actor, at=clock.now(), link=link, request_key=key),
        done=_("The link does not work any more."),
        back=reverse("programmes:dossier", args=[pk, unit_id]),
    )


@page(PUBLIC)
def read_by_link(request: ActingRequest, token: str) -> HttpResponseBase:
    """Show a dossier to somebody who has a link: what was handed in, personal numbers masked."""
    link = open_dossier(actor=request.actor, at=clock.now(), token=token)
    filings = filings_of_unit(link.call, link.unit, handed_in_only=True)
    context = {
        "link": link,
        "token": token,
        "filings": [
            {
                "one": one,
                "stage": one.stage_definition,
                "sections": answers_shown(one, one.revisions.get(number=one.revision_number)),
                "opinions": opinions_on(one),
            }
            for one in filings
        ],
    }
    return render(request, "programmes/archive/by_link.html", context)


@page(PUBLIC)
def take_away_by_link(request: ActingRequest, token: str) -> HttpResponseBase:
    """Give the dossier as one PDF to somebody who has a link."""
    link = open_dossier(actor=request.actor, at=clock.now(), token=token)
    return _volume(dossier_of(link.call, link.unit))
