"""The audit trail for auditors: search, one entry, everything about the same thing, a spreadsheet."""

from typing import Any

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import clock
from lianxue.kernel.audit import ACTS, act_label
from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.kernel.pages import Column, Listing, page
from lianxue.kernel.rules import get_visible
from lianxue.orgs.interfaces.web.access import AUDITORS
from lianxue.orgs.interfaces.web.organisation_forms import ALL
from lianxue.orgs.interfaces.web.people_forms import day_input
from lianxue.orgs.models import ActingRequest
from lianxue.orgs.operations import record_audit_export
from lianxue.orgs.queries import TrailSearch, changes_of, entries_about, search_trail, subject_label
from lianxue.orgs.queries.audit_trail import READS_THE_TRAIL

MAX_EXPORT = 100_000

COLUMNS = (
    Column("at", gettext_lazy("Time"), lambda entry: f"{clock.local_time(entry.at):%Y-%m-%d %H:%M:%S}", "at"),
    Column("person", gettext_lazy("Person"), lambda entry: entry.person_label, "person_label"),
    Column("organisation", gettext_lazy("Organisation"), lambda entry: entry.organisation_label),
    Column("act", gettext_lazy("Act"), lambda entry: str(act_label(entry.verb)), "verb"),
    Column("subject", gettext_lazy("About"), lambda entry: entry.subject_label),
    Column("outcome", gettext_lazy("Outcome"), lambda entry: entry.get_outcome_display()),
    Column("address", gettext_lazy("From address"), lambda entry: entry.remote_address),
    Column("note", gettext_lazy("Note"), lambda entry: entry.note),
)
SHOWN = COLUMNS[:6]


class TrailFilter(forms.Form):
    """What an auditor looks for."""

    text = forms.CharField(
        label=gettext_lazy("Person or thing"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    organisation = forms.CharField(label=gettext_lazy("Organisation"), required=False)
    verb = forms.ChoiceField(label=gettext_lazy("Act"), required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"), required=False, choices=[ALL, *Outcome.choices]
    )
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=day_input())
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=day_input())
    subject_type = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput())
    subject_id = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        acts = sorted(((verb, str(label)) for verb, label in ACTS.items()), key=lambda act: act[1])
        self.fields["verb"].choices = [ALL, *acts]  # type: ignore[attr-defined]

    @property
    def search(self) -> TrailSearch:
        """Return what was asked for; a faulty box counts as empty."""
        self.is_valid()
        return TrailSearch(**{name: value for name, value in self.cleaned_data.items() if value})


@page(AUDITORS)
def trail(request: ActingRequest) -> HttpResponseBase:
    """Show the entries that were asked for, newest first."""
    form = TrailFilter(request.GET)
    rows = search_trail(request.actor, form.search)
    listing = Listing(request, rows, SHOWN, per_page=50)
    if listing.export_asked:
        return _export(request, Listing(request, rows, COLUMNS))
    context = {
        "form": form,
        "listing": listing,
        "entries": [(entry, act_label(entry.verb)) for entry in listing.page],
        "about": subject_label(form.search.subject_type) if form.search.subject_type else "",
    }
    return render(request, "orgs/audit.html", context)


def _export(request: ActingRequest, listing: Listing[AuditEntry]) -> HttpResponseBase:
    record_audit_export(
        actor=request.actor, at=clock.now(), count=listing.rows.count(), query=request.GET.urlencode()
    )
    listing.rows = listing.rows[:MAX_EXPORT]
    return listing.export(_("Audit trail"))


@page(AUDITORS)
def entry(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show one entry: who, when, from where, what, before and after; and what else happened to the same thing."""
    shown = get_visible(AuditEntry.objects.all(), READS_THE_TRAIL, request.actor, pk=pk)
    others = entries_about(shown).exclude(pk=shown.pk)
    context = {
        "entry": shown,
        "act": act_label(shown.verb),
        "subject_kind": subject_label(shown.subject_type) if shown.subject_type else "",
        "changes": changes_of(shown),
        "others": [(other, act_label(other.verb)) for other in others[:20]],
        "others_count": others.count(),
    }
    return render(request, "orgs/audit_entry.html", context)
