"""One training: what it is, who is asked, who was there, and what comes next."""

from typing import Any

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import clock
from lianxue.kernel.clock import local_time
from lianxue.kernel.errors import Text
from lianxue.kernel.pages import Column, Listing, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.enums import AttendanceState
from lianxue.workforce.flows.training import TRAINING_FLOW
from lianxue.workforce.interfaces.web.access import SIGNED_IN
from lianxue.workforce.interfaces.web.training.forms import AttendanceFilter, ComerForm, ReasonForm
from lianxue.workforce.models import TrainingSession
from lianxue.workforce.queries.training import attendances_seen, session_seen
from lianxue.workforce.rules.training import OWN_ROW, READS_ALL

PER_PAGE = 100
COLUMNS = (
    Column("name", gettext_lazy("Full name"), lambda row: row.name or _("Nobody named yet"), "name"),
    Column("unit", gettext_lazy("Unit"), lambda row: row.unit_name, "organisation__code"),
    Column("part", gettext_lazy("Takes part as"), lambda row: row.get_part_display(), "part"),
    Column("asked", gettext_lazy("Asked to come"), lambda row: row.is_expected, "is_expected"),
    Column("state", gettext_lazy("Attended"), lambda row: row.get_state_display(), "state"),
    Column("way", gettext_lazy("Known by"), lambda row: row.get_way_display() if row.way else "", "way"),
    Column(
        "noted",
        gettext_lazy("Noted on"),
        lambda row: local_time(row.noted_at) if row.noted_at else None,
        "noted_at",
    ),
    Column("reason", gettext_lazy("Reason"), lambda row: row.reason),
)


@page(SIGNED_IN)
def session(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one training."""
    row = session_seen(request.actor, pk)
    listing = _listing(request, row)
    if listing.export_asked:
        return listing.export(_("Attendance of %(training)s") % {"training": row.title})
    return session_page(request, row)


def session_page(
    request: ActingRequest,
    row: TrainingSession,
    *,
    comer_form: ComerForm | None = None,
    cancel_form: ReasonForm | None = None,
    faults: dict[str, Text] | None = None,
) -> HttpResponseBase:
    """Show a training, perhaps with what was wrong in what was sent."""
    actor, at = request.actor, clock.now()
    offers = {offer.verb: offer for offer in TRAINING_FLOW.offered(actor=actor, subject=row, at=at)}
    listing = _listing(request, row)
    runs = "note_attendance" in offers
    form = AttendanceFilter(request.GET or None)
    own = row.attendances.filter(OWN_ROW.rows(actor))
    context: dict[str, Any] = {
        "session": row,
        "offers": offers,
        "runs": runs,
        "reads_all": READS_ALL.holds(actor, row),
        "is_over": at > row.ends_at,
        "has_begun": at >= row.starts_at,
        "audience": row.audience.select_related("organisation"),
        "listing": listing,
        "rows": [
            {
                "row": one,
                "fault": (faults or {}).get(f"reason_{one.pk}") or (faults or {}).get(f"state_{one.pk}", ""),
            }
            for one in listing.page
        ],
        "states": AttendanceState.choices,
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "own": own.filter(person_id=actor.person_id or 0).first() or own.first(),
        "comer_form": comer_form or ComerForm(initial={"part": "participant"}),
        "cancel_form": cancel_form or ReasonForm(),
        "has_faults": bool(faults),
        "request_key": request_key(request),
    }
    is_faulty = faults or (comer_form and comer_form.errors) or (cancel_form and cancel_form.errors)
    return render(request, "workforce/training/session.html", context, status=422 if is_faulty else 200)


def _listing(request: ActingRequest, row: TrainingSession) -> Listing[Any]:
    rows = attendances_seen(request.actor, row)
    form = AttendanceFilter(request.GET or None)
    if form.is_valid():
        words, standing = form.cleaned_data["q"].strip(), form.cleaned_data["standing"]
        rows = rows.filter(Q(name__icontains=words) | Q(unit_name__icontains=words)) if words else rows
        rows = rows.filter(state=standing) if standing else rows
    return Listing(request, rows, COLUMNS, per_page=PER_PAGE)
