"""Who has not reported in a round: seen, reminded all at once, and let be late by those above them."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lianxue.distribution.flows.round import ROUND_FLOW
from lianxue.distribution.interfaces.web.rounds.access import COLLEGE, OFFICE, OFFICE_READERS
from lianxue.distribution.interfaces.web.rounds.forms import row_number
from lianxue.distribution.interfaces.web.rounds.menu import Tab, batch_tabs, round_tabs
from lianxue.distribution.interfaces.web.rounds.reporting_forms import LateForm, MissingFilter
from lianxue.distribution.models import Round
from lianxue.distribution.operations.demand.give_late_consent import give_late_consent
from lianxue.distribution.operations.demand.remind_missing import remind_missing
from lianxue.distribution.queries.aggregation import own_batch
from lianxue.distribution.queries.reporting import administrators_of, missing_colleges, missing_points
from lianxue.distribution.queries.rounds import office_round
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest, Organisation

STANDINGS = {
    "not_begun": gettext_lazy("Not begun"),
    "draft": gettext_lazy("Being filled in"),
    "returned": gettext_lazy("Sent back"),
    "gathering": gettext_lazy("Gathering"),
}
COLLEGES = "colleges"
PER_PAGE = 50


@page(COLLEGE)
def college_missing(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a college which of its points have not reported; let the ticked ones be late."""
    batch = own_batch(request.actor, pk)
    rows = missing_points(batch.round, batch.college_id)
    return _missing(
        request,
        batch.round,
        rows,
        {
            "tabs": batch_tabs(batch.round, "aggregation-missing"),
            "back_url": reverse("distribution:aggregations"),
            "back_label": _("Aggregation"),
            "here": reverse("distribution:aggregation-missing", args=[pk]),
            "remind_url": reverse("distribution:aggregation-remind", args=[pk]),
            "may_act": True,
            "shows_college": False,
        },
    )


@page(OFFICE_READERS)
def office_missing(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show the office which points or colleges have not reported; let the ticked ones be late."""
    row = office_round(request.actor, pk)
    of_colleges = request.GET.get("who") == COLLEGES
    rows = missing_colleges(row) if of_colleges else missing_points(row)
    here = reverse("distribution:round-missing", args=[pk])
    return _missing(
        request,
        row,
        rows,
        {
            "tabs": round_tabs(row, "round-missing"),
            "views": [
                Tab(_("Points"), here, not of_colleges),
                Tab(_("Colleges"), f"{here}?who={COLLEGES}", of_colleges),
            ],
            "who": COLLEGES if of_colleges else "",
            "back_url": reverse("distribution:rounds"),
            "back_label": _("Rounds"),
            "here": here,
            "remind_url": reverse("distribution:round-remind", args=[pk]),
            "may_act": OFFICE.allows(request),
            "shows_college": not of_colleges,
        },
    )


@page(COLLEGE)
@require_POST
def college_remind(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Remind all points of the college that have not reported."""
    return _remind(request, own_batch(request.actor, pk).round, "aggregation-missing")


@page(OFFICE)
@require_POST
def office_remind(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Remind all colleges and points that have not reported."""
    return _remind(request, office_round(request.actor, pk), "round-missing")


def _remind(request: ActingRequest, row: Round, back: str) -> HttpResponseBase:
    try:
        count = remind_missing(actor=request.actor, at=clock.now(), round=row)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        done = ngettext("%(count)d reminder has been sent.", "%(count)d reminders have been sent.", count)
        messages.success(request, done % {"count": count})
    return redirect(f"distribution:{back}", row.pk)


def _missing(
    request: ActingRequest, row: Round, rows: QuerySet[Organisation], context: dict[str, Any]
) -> HttpResponseBase:
    form = LateForm(request.POST or None)
    if (
        request.method == "POST"
        and context["may_act"]
        and form.is_valid()
        and _let_be_late(request, row, form)
    ):
        return redirect(request.get_full_path())
    search = MissingFilter(request.GET or None)
    columns = _columns(with_college=context["shows_college"])
    listing = Listing(request, _narrowed(rows, search), columns, per_page=PER_PAGE)
    if listing.export_asked:
        return listing.export(_("Not reported in %(round)s") % {"round": row.name})
    shown = list(listing.page)
    names = administrators_of([one.pk for one in shown], clock.today())
    offers = {o.verb for o in ROUND_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    chosen = set(request.POST.getlist("chosen"))
    context |= {
        "round": row,
        "listing": listing,
        "search": search,
        "form": form,
        "rows": [
            {"one": one, "names": names.get(one.pk, []), "is_chosen": str(one.pk) in chosen} for one in shown
        ],
        "standings": STANDINGS,
        "may_remind": context["may_act"] and "remind_missing" in offers,
        "may_consent": context["may_act"]
        and "give_late_consent" in offers
        and row.last_day_of_points is not None,
        "is_filtered": any(request.GET.get(name) for name in search.fields),
        "request_key": request_key(request),
        "today": clock.today(),
    }
    return render(request, "distribution/demand/missing.html", context, status=422 if form.errors else 200)


def _let_be_late(request: ActingRequest, row: Round, form: LateForm) -> bool:
    chosen = [number for number in map(row_number, request.POST.getlist("chosen")) if number is not None]
    try:
        give_late_consent(
            actor=request.actor,
            at=clock.now(),
            round=row,
            organisation_ids=list(dict.fromkeys(chosen)),
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            request_key=request_key(request),
        )
    except Refused as refusal:
        add_refusal(form, refusal)
        return False
    done = ngettext(
        "%(count)d may report until %(day)s.", "%(count)d may report until %(day)s.", len(set(chosen))
    )
    messages.success(
        request,
        done % {"count": len(set(chosen)), "day": date_format(form.cleaned_data["until"], "DATE_FORMAT")},
    )
    return True


def _narrowed(rows: QuerySet[Organisation], search: MissingFilter) -> QuerySet[Organisation]:
    if not search.is_valid():
        return rows
    words, standing = search.cleaned_data["q"].strip(), search.cleaned_data["standing"]
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code__iexact=words))
    return rows.filter(Q(standing=standing)) if standing else rows


def _columns(*, with_college: bool) -> list[Column]:
    above = [Column("college", gettext_lazy("Gathered by"), lambda row: row.gathered_by, "gathered_by")]
    return [
        Column("name", gettext_lazy("Name"), lambda row: row.name, "name"),
        *(above if with_college else []),
        Column("state", gettext_lazy("State"), lambda row: str(STANDINGS[row.standing]), "standing"),
        Column("changed", gettext_lazy("Last change"), lambda row: _day(row.changed_at), "changed_at"),
        Column("late", gettext_lazy("May be late until"), lambda row: row.late_until, "late_until"),
        Column("reminded", gettext_lazy("Reminded on"), lambda row: _day(row.reminded_at), "reminded_at"),
        Column("contact", gettext_lazy("Contact"), lambda row: row.telephone),
    ]


def _day(at: Any) -> object:
    return local_date(at) if at else None
