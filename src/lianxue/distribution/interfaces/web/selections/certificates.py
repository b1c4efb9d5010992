"""Certificates: printed, withdrawn, and proved to anybody who scans the code or types the number."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from lianxue.distribution.enums import Award, SelectionState
from lianxue.distribution.interfaces.web.selections.access import CANDIDATES, OFFICE, OFFICE_READERS
from lianxue.distribution.interfaces.web.selections.forms import CheckForm, WithdrawForm
from lianxue.distribution.interfaces.web.selections.ranking import TITLES
from lianxue.distribution.models import Certificate
from lianxue.distribution.operations.selections.decide_selection import withdraw_certificate
from lianxue.distribution.queries.selections.reading import (
    certificate_of_number,
    certificate_of_token,
    certificate_seen,
    chosen_in,
    own_selection,
)
from lianxue.distribution.rules.selections import RUNS_CERTIFICATE
from lianxue.documents.public import SelectionCertificate, selection_certificates
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import PUBLIC, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest


@page(OFFICE_READERS)
def certificates(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give all valid certificates of a selection in one PDF."""
    row = own_selection(request.actor, pk)
    if row.state != SelectionState.DECIDED:
        raise NotFound
    rows = [candidate.certificate for candidate in chosen_in(row).select_related("selection__office")]
    if not rows:
        raise NotFound
    return _printed(request, rows, f"{row} 证书.pdf")


@page(CANDIDATES)
def certificate_file(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give one certificate as PDF."""
    row = certificate_seen(request.actor, pk)
    if row.revoked_at is not None:
        raise NotFound
    return _printed(request, [row], f"{row.number}.pdf")


def _printed(request: HttpRequest, rows: Iterable[Certificate], name: str) -> HttpResponse:
    content = selection_certificates(_paper(request, row) for row in rows)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


def _paper(request: HttpRequest, row: Certificate) -> SelectionCertificate:
    selection = row.candidate.selection
    return SelectionCertificate(
        holder=row.holder,
        award=TITLES[Award(selection.award)],
        year=selection.year,
        office=selection.office.name,
        number=row.number,
        issued_on=local_date(row.issued_at),
        url=request.build_absolute_uri(reverse("distribution:certificate", args=[row.token])),
    )


@page(OFFICE)
def withdraw(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Withdraw a certificate with a reason."""
    row = certificate_seen(request.actor, pk)
    if not RUNS_CERTIFICATE.holds(request.actor, row):
        raise NotFound
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_certificate(
                actor=request.actor,
                at=clock.now(),
                certificate=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The certificate is withdrawn."))
            return redirect("distribution:candidate", row.candidate_id)
    context = {"certificate": row, "form": form, "request_key": request_key(request)}
    return render(
        request, "distribution/selections/withdraw.html", context, status=422 if form.is_bound else 200
    )


@page(PUBLIC)
def certificate(request: ActingRequest, token: str) -> HttpResponseBase:
    """Prove a certificate to whoever scanned its code."""
    return _proof(request, certificate_of_token(token), CheckForm())


@page(PUBLIC)
def check(request: ActingRequest) -> HttpResponseBase:
    """Prove a certificate to whoever types its number."""
    form = CheckForm(request.GET or None)
    if not form.is_bound:
        return render(request, "distribution/selections/check.html", {"form": form, "is_asked": False})
    found = certificate_of_number(form.cleaned_data["number"]) if form.is_valid() else None
    return _proof(request, found, form)


def _proof(request: ActingRequest, row: Certificate | None, form: CheckForm) -> HttpResponseBase:
    """Show what stands on a certificate, and no more; what is forged looks like what never was."""
    context = {
        "form": form,
        "is_asked": True,
        "certificate": row,
        "selection": row.candidate.selection if row else None,
    }
    return render(request, "distribution/selections/check.html", context, status=200 if row else 404)
