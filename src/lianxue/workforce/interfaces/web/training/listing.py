"""The trainings that somebody may look at, and the own record of training."""

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import clock
from lianxue.kernel.clock import local_time
from lianxue.kernel.pages import Column, Listing, page
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.interfaces.web.access import ANY_POST, SIGNED_IN
from lianxue.workforce.interfaces.web.training.forms import CodeForm, SessionFilter
from lianxue.workforce.queries.training import attendances_of, sessions_seen, upcoming_of, year_bounds
from lianxue.workforce.rules.training import may_organise

COLUMNS = (
    Column("title", gettext_lazy("Title of the training"), lambda row: row.title, "title"),
    Column("begins", gettext_lazy("Begins"), lambda row: local_time(row.starts_at), "starts_at"),
    Column("organiser", gettext_lazy("Organiser"), lambda row: row.organiser.name, "organiser__code"),
    Column("level", gettext_lazy("Level"), lambda row: row.get_level_display(), "level"),
    Column("topic", gettext_lazy("Topic"), lambda row: row.get_topic_display(), "topic"),
    Column("way", gettext_lazy("Way"), lambda row: row.get_way_display(), "way"),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), "state"),
    Column("expected", gettext_lazy("Expected"), lambda row: row.expected, "expected"),
    Column("attended", gettext_lazy("Attended"), lambda row: row.attended, "attended"),
)
MINE = (
    Column("title", gettext_lazy("Title of the training"), lambda row: row.session.title, "session__title"),
    Column(
        "begins", gettext_lazy("Begins"), lambda row: local_time(row.session.starts_at), "session__starts_at"
    ),
    Column("ends", gettext_lazy("Ends"), lambda row: local_time(row.session.ends_at), "session__ends_at"),
    Column("organiser", gettext_lazy("Organiser"), lambda row: row.session.organiser.name),
    Column("level", gettext_lazy("Level"), lambda row: row.session.get_level_display(), "session__level"),
    Column("topic", gettext_lazy("Topic"), lambda row: row.session.get_topic_display(), "session__topic"),
    Column("part", gettext_lazy("Takes part as"), lambda row: row.get_part_display(), "part"),
    Column("state", gettext_lazy("Attended"), lambda row: row.get_state_display(), "state"),
)


@page(ANY_POST)
def sessions(request: ActingRequest) -> HttpResponseBase:
    """List the trainings of the own organisation and those below, and those one is asked to."""
    rows = sessions_seen(request.actor)
    form = SessionFilter(request.GET or None)
    if form.is_valid():
        data = form.cleaned_data
        words = data["q"].strip()
        rows = rows.filter(Q(title__icontains=words) | Q(organiser__name__icontains=words)) if words else rows
        for name in ("state", "level", "topic"):
            rows = rows.filter(**{name: data[name]}) if data[name] else rows
        if data["year"]:
            first, after = year_bounds(data["year"])
            rows = rows.filter(starts_at__gte=first, starts_at__lt=after)
    listing = Listing(request, rows, COLUMNS)
    if listing.export_asked:
        return listing.export(_("Training"))
    context = {
        "listing": listing,
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "may_organise": may_organise(request.actor),
    }
    return render(request, "workforce/training/sessions.html", context)


@page(SIGNED_IN)
def mine(request: ActingRequest) -> HttpResponseBase:
    """Show the own record of training, where one is expected next, and the box for the code at the door."""
    person_id = request.actor.person_id or 0
    listing = Listing(request, attendances_of(person_id), MINE)
    if listing.export_asked:
        return listing.export(_("My training"))
    context = {
        "listing": listing,
        "upcoming": upcoming_of(person_id, clock.now()),
        "code_form": CodeForm(),
        "attended": attendances_of(person_id).filter(state="attended").count(),
    }
    return render(request, "workforce/training/mine.html", context)
