"""Claims: what was wrong with deliveries, for supplier, point, college and office."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianxue.distribution.flows.claim import CLAIM_FLOW
from lianxue.distribution.interfaces.web.shipping.access import AT_POINT, CONCERNED, OFFICE, PACKING
from lianxue.distribution.interfaces.web.shipping.claim_forms import AnswerForm, ClaimFilter, SettleForm
from lianxue.distribution.interfaces.web.shipping.forms import ReasonForm
from lianxue.distribution.interfaces.web.shipping.tabs import parcel_tabs
from lianxue.distribution.models import Claim, Round
from lianxue.distribution.operations.claims.answer import answer_claim, decline_answer
from lianxue.distribution.operations.claims.settle import accept_answer, settle_claim
from lianxue.distribution.queries.claims import PARCEL, claim_seen, claims_seen, unsettled
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Refused, Text
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, Organisation

PER_PAGE = 50


def _parcel(claim: Claim) -> Any:
    return claim.receipt_line.lot.shipment


COLUMNS = (
    Column(
        "title",
        gettext_lazy("Title"),
        lambda row: row.receipt_line.lot.title.entry.title,
        "receipt_line__lot__title__entry__title",
    ),
    Column("kind", gettext_lazy("What is wrong"), lambda row: row.get_kind_display(), "kind"),
    Column("quantity", gettext_lazy("Copies"), lambda row: row.quantity, "quantity"),
    Column("point", gettext_lazy("Point"), lambda row: _parcel(row).point.name, f"{PARCEL}__point__code"),
    Column(
        "supplier",
        gettext_lazy("Supplier"),
        lambda row: _parcel(row).supplier.name,
        f"{PARCEL}__supplier__name",
    ),
    Column("code", gettext_lazy("Shipment"), lambda row: _parcel(row).code, f"{PARCEL}__code"),
    Column("opened", gettext_lazy("Reported on"), lambda row: local_date(row.opened_at), "opened_at"),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
    Column("remedy", gettext_lazy("Remedy"), lambda row: row.get_remedy_display(), "remedy"),
)


@page(CONCERNED)
def claims(request: ActingRequest) -> HttpResponseBase:
    """List the claims that concern the actor, what waits for the actor first."""
    seen = claims_seen(request.actor)
    plain = seen.order_by()
    form = ClaimFilter(
        request.GET or None,
        rounds=list(Round.objects.filter(pk__in=plain.values(f"{PARCEL}__round_id"))),
        suppliers=list(
            Organisation.objects.filter(pk__in=plain.values(f"{PARCEL}__supplier_id")).order_by("name")
        ),
    )
    rows = _filtered(seen, form) if form.is_valid() else seen
    listing = Listing(request, rows, COLUMNS, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Claims"))
    context = {
        "tabs": parcel_tabs(request, "claims"),
        "form": form,
        "listing": listing,
        "is_filtered": form.is_bound,
    }
    return render(request, "distribution/claims/list.html", context)


def _filtered(rows: QuerySet[Claim], form: ClaimFilter) -> QuerySet[Claim]:
    asked = form.cleaned_data
    if text := asked["q"].strip():
        rows = rows.filter(
            Q(receipt_line__lot__title__entry__title__icontains=text)
            | Q(**{f"{PARCEL}__code__icontains": text})
            | Q(**{f"{PARCEL}__point__name__icontains": text})
        )
    if asked["state"] == "unsettled":
        rows = rows.filter(unsettled())
    elif asked["state"]:
        rows = rows.filter(state=asked["state"])
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked.get("supplier"):
        rows = rows.filter(**{f"{PARCEL}__supplier_id": int(asked["supplier"])})
    return rows.filter(**{f"{PARCEL}__round_id": int(asked["round"])}) if asked["round"] else rows


@page(CONCERNED)
def claim(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one claim and what can be done about it now."""
    return _page(request, claim_seen(request.actor, pk))


@page(PACKING)
@require_POST
def answer(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Offer a remedy."""
    row = claim_seen(request.actor, pk)
    form = AnswerForm(request.POST, claim=row)
    return _done(
        request,
        row,
        {"answer_form": form},
        lambda: answer_claim(
            actor=request.actor,
            at=clock.now(),
            claim=row,
            remedy=form.cleaned_data["remedy"],
            answer=form.cleaned_data["answer"],
            request_key=request_key(request),
        ),
        _("The point has your answer."),
    )


@page(AT_POINT)
@require_POST
def accept(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Accept the remedy that the supplier offers."""
    row = claim_seen(request.actor, pk)
    try:
        accept_answer(actor=request.actor, at=clock.now(), claim=row, request_key=request_key(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The claim is settled."))
    return redirect("distribution:claim", row.pk)


@page(AT_POINT)
@require_POST
def decline(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give the claim back to the supplier, with the reason."""
    row = claim_seen(request.actor, pk)
    form = ReasonForm(request.POST)
    return _done(
        request,
        row,
        {"decline_form": form},
        lambda: decline_answer(
            actor=request.actor,
            at=clock.now(),
            claim=row,
            reason=form.cleaned_data["reason"],
            request_key=request_key(request),
        ),
        _("The supplier will read why."),
    )


@page(OFFICE)
@require_POST
def settle(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Settle a claim for the office, with a reason."""
    row = claim_seen(request.actor, pk)
    form = SettleForm(request.POST, claim=row)
    return _done(
        request,
        row,
        {"settle_form": form},
        lambda: settle_claim(
            actor=request.actor,
            at=clock.now(),
            claim=row,
            remedy=form.cleaned_data["remedy"],
            reason=form.cleaned_data["reason"],
            request_key=request_key(request),
        ),
        _("The claim is settled."),
    )


def _done(
    request: ActingRequest,
    row: Claim,
    named: dict[str, forms.Form],
    act: Callable[[], object],
    done: Text,
) -> HttpResponseBase:
    """Carry out what a valid form asks for, or show the page again with what is wrong."""
    form = next(iter(named.values()))
    if form.is_valid():
        try:
            act()
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, str(done))
            return redirect("distribution:claim", row.pk)
    return _page(request, row, status=422, **named)


def _page(request: ActingRequest, row: Claim, *, status: int = 200, **named: forms.Form) -> HttpResponseBase:
    offered = {o.verb for o in CLAIM_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    context = {
        "claim": row,
        "lot": row.receipt_line.lot,
        "shipment": _parcel(row),
        "offered": offered,
        "steps": _steps(row),
        "answer_form": AnswerForm(claim=row, initial={"answer": row.answer}),
        "decline_form": ReasonForm(),
        "settle_form": SettleForm(claim=row),
        "request_key": request_key(request),
        **named,
    }
    return render(request, "distribution/claims/claim.html", context, status=status)


def _steps(row: Claim) -> list[dict[str, object]]:
    is_answered, is_settled = row.answered_at is not None, row.settled_at is not None
    answered: list[dict[str, object]] = [
        {
            "label": _("Answered by the supplier"),
            "detail": local_date(row.answered_at) if row.answered_at else "",
            "state": "done" if is_answered else "current",
        }
    ]
    return [
        {"label": _("Reported by the point"), "detail": local_date(row.opened_at), "state": "done"},
        # Settled without an answer: that step was never taken.
        *(answered if is_answered or not is_settled else []),
        {
            "label": _("Settled"),
            "detail": local_date(row.settled_at) if row.settled_at else "",
            "state": "done" if is_settled else ("current" if is_answered else "todo"),
        },
    ]
