"""What readers said, as the point and the units above see it."""

from django import forms
from django.contrib import messages
from django.db.models import Avg, Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lianxue.distribution.flows.feedback import FEEDBACK_FLOW
from lianxue.distribution.interfaces.web.desk.register_tabs import register_tabs
from lianxue.distribution.interfaces.web.feedback.forms import FeedbackFilter, StarsForm
from lianxue.distribution.interfaces.web.fulfilment.access import AT_POINT, IN_NETWORK, RUNS_POINT
from lianxue.distribution.interfaces.web.fulfilment.forms import ReasonForm, row_number
from lianxue.distribution.models import Feedback
from lianxue.distribution.operations.feedback.decide_feedback import set_feedback_aside, show_feedback
from lianxue.distribution.operations.feedback.leave_feedback import write_feedback_down
from lianxue.distribution.queries.feedback import (
    counted_feedback,
    feedback_seen,
    one_feedback_seen,
    own_feedback,
    waiting_feedback,
)
from lianxue.distribution.queries.lending import own_loan
from lianxue.distribution.queries.needs import door_of
from lianxue.distribution.queries.standing import supervises
from lianxue.kernel import clock
from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import Column, Listing, add_refusal, page, request_key
from lianxue.kernel.pages.pressing import acted
from lianxue.orgs.public import ActingRequest

TITLE = Column("title", gettext_lazy("Title"), lambda row: row.entry.title, "entry__title")
STARS = Column("stars", gettext_lazy("Stars"), lambda row: row.stars, "stars")
WORDS = Column("words", gettext_lazy("What was said"), lambda row: row.words)
AUDIENCE = Column("audience", gettext_lazy("Who said it"), lambda row: row.get_audience_display(), "audience")
POINT = Column("point", gettext_lazy("Point"), lambda row: row.point.name, "point__code")
STATE = Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state")
LEFT = Column("left", gettext_lazy("Left on"), lambda row: local_date(row.left_at), "left_at")


@page(IN_NETWORK)
def feedback(request: ActingRequest) -> HttpResponseBase:
    """Show what readers said at the own point, or at the points below."""
    form = FeedbackFilter(request.GET or None)
    seen = feedback_seen(request.actor)
    rows = _narrowed(seen, form)
    above = supervises(request.actor)
    columns = (TITLE, STARS, WORDS, AUDIENCE, *((POINT,) if above else ()), STATE, LEFT)
    listing = Listing(request, rows, columns)
    if listing.export_asked:
        return listing.export(_("Feedback of readers"))
    counted = seen.order_by() & counted_feedback().order_by()
    door = None if above else door_of(request.actor.organisation_id)
    context = {
        "tabs": register_tabs("feedback"),
        "listing": listing,
        "form": form,
        "above": above,
        "average": counted.aggregate(stars=Avg("stars"))["stars"],
        "count": counted.count(),
        "waiting": waiting_feedback(request.actor).count(),
        "decides": RUNS_POINT.allows(request),
        "door": door,
        "page_url": reverse("distribution:feedback-titles", args=[door.token]) if door else "",
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "distribution/feedback/list.html", context)


@page(RUNS_POINT)
@require_POST
def show(request: ActingRequest) -> HttpResponseBase:
    """Show everybody what was ticked."""
    chosen = [row_number(text) for text in request.POST.getlist("chosen")]
    if None in chosen:
        raise NotFound
    ids = [pk for pk in chosen if pk is not None]
    done = ngettext("%(count)d is shown now.", "%(count)d are shown now.", len(ids)) % {"count": len(ids)}
    return acted(
        request,
        lambda: show_feedback(
            actor=request.actor, at=clock.now(), feedback_ids=ids, request_key=request_key(request)
        ),
        done=done,
        back=reverse("distribution:feedback"),
    )


@page(IN_NETWORK)
def one(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show what one reader said, and what can be done with it."""
    return _show_one(request, one_feedback_seen(request.actor, pk))


@page(RUNS_POINT)
@require_POST
def set_aside(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Set aside what is no opinion on the title."""
    row = own_feedback(request.actor, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            set_feedback_aside(
                actor=request.actor,
                at=clock.now(),
                feedback=row,
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("It has been set aside and counts no more."))
            return redirect("distribution:feedback")
    return _show_one(request, one_feedback_seen(request.actor, pk), reason_form=form)


@page(AT_POINT)
def of_loan(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Write down what the borrower said about the title."""
    row = own_loan(request.actor, pk)
    form = StarsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            write_feedback_down(
                actor=request.actor,
                at=clock.now(),
                loan=row,
                stars=form.cleaned_data["stars"],
                words=form.cleaned_data["words"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("What the reader said has been written down."))
            return redirect("distribution:loan", row.pk)
    context = {"loan": row, "form": form, "request_key": request_key(request)}
    return render(request, "distribution/feedback/of_loan.html", context, status=422 if form.errors else 200)


def _show_one(
    request: ActingRequest, row: Feedback, *, reason_form: forms.Form | None = None
) -> HttpResponseBase:
    offers = {o.verb for o in FEEDBACK_FLOW.offered(actor=request.actor, subject=row, at=clock.now())}
    context = {
        "row": row,
        "offered": offers,
        "reason_form": reason_form or ReasonForm(),
        "request_key": request_key(request),
    }
    is_faulty = bool(reason_form and reason_form.errors)
    return render(request, "distribution/feedback/one.html", context, status=422 if is_faulty else 200)


def _narrowed(rows: QuerySet[Feedback], form: FeedbackFilter) -> QuerySet[Feedback]:
    if not form.is_valid():
        return rows
    words, state, stars = (form.cleaned_data[name] for name in ("q", "state", "stars"))
    if words:
        rows = rows.filter(Q(entry__title__icontains=words) | Q(words__icontains=words))
    if state:
        rows = rows.filter(state=state)
    return rows.filter(stars=int(stars)) if stars else rows
