"""Awards and statuses: listed, printed, withdrawn, and proved to anybody."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.documents.public import certificates_pdf
from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import PUBLIC, Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS, READERS
from lianxue.programmes.models import Award
from lianxue.programmes.operations.products.awards import withdraw_award
from lianxue.programmes.queries.certificates import certificate_of
from lianxue.programmes.queries.products import award_by_number, award_by_token, award_seen, awards_seen
from lianxue.programmes.rules.awards import RUNS_AWARD


def standing_words(row: Award) -> str:
    """Return whether an award holds today."""
    if row.revoked_at is not None:
        return _("is withdrawn")
    if row.valid_until is not None and row.valid_until < clock.today():
        return _("over")
    return _("in force")


COLUMNS = [
    Column("year", gettext_lazy("Year"), lambda row: row.year, "year"),
    Column("holder", gettext_lazy("Awarded to"), lambda row: row.holder, "holder"),
    Column("title", gettext_lazy("Award"), lambda row: row.title, "title"),
    Column("number", gettext_lazy("Certificate number"), lambda row: row.number, "number"),
    Column("valid_until", gettext_lazy("Valid until"), lambda row: row.valid_until, "valid_until"),
    Column("standing", gettext_lazy("State"), standing_words),
]


class CheckForm(forms.Form):
    """The number on a certificate."""

    number = forms.CharField(label=gettext_lazy("Certificate number"), max_length=40)


class WithdrawForm(forms.Form):
    """Why an award is withdrawn."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


@page(READERS)
def awards(request: ActingRequest) -> HttpResponseBase:
    """List the awards that the actor's office gave, and those of the own organisation and below."""
    rows = awards_seen(request.actor)
    find = request.GET.get("find", "").strip()[:60]
    if find:
        rows = rows.filter(holder__icontains=find)
    listing = Listing(request, rows, COLUMNS)
    if listing.export_asked:
        return listing.export(_("Awards"))
    shown = [
        {"one": one, "words": standing_words(one), "may_withdraw": RUNS_AWARD.holds(request.actor, one)}
        for one in listing.page
    ]
    return render(
        request, "programmes/products/awards.html", {"listing": listing, "rows": shown, "find": find}
    )


@page(READERS)
def certificate_file(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Give a certificate as PDF."""
    row = award_seen(request.actor, pk)
    if row.revoked_at is not None:
        raise NotFound
    url = request.build_absolute_uri(reverse("programmes:award-proof", args=[row.token]))
    content = certificates_pdf([certificate_of(row, url=url)])
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{row.number}.pdf") or ""
    return response


@page(ADMINISTRATORS)
def withdraw(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Withdraw an award with a reason."""
    row = award_seen(request.actor, pk)
    if not RUNS_AWARD.holds(request.actor, row):
        raise NotFound
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_award(
                actor=request.actor,
                at=clock.now(),
                award=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The certificate is withdrawn."))
            return redirect("programmes:awards")
    context = {"award": row, "form": form, "request_key": request_key(request)}
    return render(request, "programmes/products/withdraw.html", context, status=422 if form.errors else 200)


@page(PUBLIC)
def proof(request: ActingRequest, token: str) -> HttpResponseBase:
    """Prove an award to whoever scanned the code on its certificate."""
    return _proof(request, award_by_token(token), CheckForm())


@page(PUBLIC)
def check(request: ActingRequest) -> HttpResponseBase:
    """Prove an award to whoever types its number."""
    form = CheckForm(request.GET or None)
    if not form.is_bound:
        return render(request, "programmes/products/check.html", {"form": form, "is_asked": False})
    return _proof(request, award_by_number(form.cleaned_data["number"]) if form.is_valid() else None, form)


def _proof(request: ActingRequest, row: Award | None, form: CheckForm) -> HttpResponseBase:
    """Show what stands on a certificate, and no more; what is forged looks like what never was."""
    is_over = row is not None and row.valid_until is not None and row.valid_until < clock.today()
    context = {"form": form, "is_asked": True, "award": row, "is_over": is_over}
    return render(request, "programmes/products/check.html", context, status=200 if row else 404)
