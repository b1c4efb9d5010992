"""Publishing a set for a year, with the numbers that the documents leave to the office."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.workforce.enums import Rounding, Team
from lianxue.workforce.interfaces.web.access import SERVICE_SYSTEM
from lianxue.workforce.models import IndicatorSet
from lianxue.workforce.operations.checks import REASON_LENGTH
from lianxue.workforce.operations.indicators.publish import OfficeNumbers, may_publish, publish_indicators
from lianxue.workforce.queries.indicators.sets import SETS, current_set

YEAR_DIGITS = 4


def _number_field(label: str, suffix: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=f"{label}（{suffix}）" if suffix else label,
        max_digits=7,
        decimal_places=2,
        min_value=Decimal(0),
    )


class PublishForm(forms.Form):
    """A year, and every number that the documents leave open; what the office gave before is there to be changed."""

    key = forms.ChoiceField(label=gettext_lazy("Set of indicators"))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2200)

    def __init__(self, *args: Any, key: str, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys: Any = self.fields["key"]
        keys.choices = [(name, f"{made.title} {made.version}") for name, (made, _text) in SETS.items()]
        made, _source = SETS[key]
        self.made = made
        for one in made.numbers:
            self.fields[f"number_{one.key}"] = _number_field(one.title, one.unit)
        for team in made.teams:
            label = _("Recommendation ratio: %(team)s") % {"team": Team(team.team).label}
            self.fields[f"ratio_{team.team}"] = _number_field(label, "%")
        self.fields["rounding"] = forms.ChoiceField(
            label=_("Parts of a person"), choices=Rounding.choices, widget=forms.RadioSelect
        )
        for name, label in (
            ("days_off", _("Public holidays on weekdays")),
            ("extra_days", _("Weekends that are worked")),
        ):
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=4000,
                help_text=_("One day a line, for example 2021-10-01. Reviews are counted in working days."),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["reason"] = forms.CharField(
            label=_("What changed, and why"), required=needs_reason, max_length=REASON_LENGTH
        )

    @property
    def in_turn(self) -> list[tuple[forms.BoundField, str]]:
        """Return the fields with the width of each: what holds a number or a year is narrow."""
        narrow = (forms.IntegerField, forms.DecimalField)
        return [(one, "short" if isinstance(one.field, narrow) else "") for one in self]

    def clean_days_off(self) -> list[date]:
        return self._days("days_off")

    def clean_extra_days(self) -> list[date]:
        return self._days("extra_days")

    def _days(self, name: str) -> list[date]:
        found = []
        for word in re.split(r"[\s,，、;；]+", self.cleaned_data[name].strip()):
            if not word:
                continue
            try:
                found.append(date.fromisoformat(word))
            except ValueError as wrong:
                message = _("“%(word)s” is no day.") % {"word": word[:20]}
                raise forms.ValidationError(message) from wrong
        return found

    def numbers(self) -> OfficeNumbers:
        """Return what was filled in."""
        data = self.cleaned_data
        return OfficeNumbers(
            numbers={one.key: data[f"number_{one.key}"] for one in self.made.numbers},
            ratios={Team(team.team): data[f"ratio_{team.team}"] for team in self.made.teams},
            rounding=Rounding(data["rounding"]),
            days_off=data["days_off"],
            extra_days=data["extra_days"],
        )


def _given_before(known: IndicatorSet | None) -> dict[str, Any]:
    """Return the office's own numbers of the revision before; without one there is nothing to go by (S1-52)."""
    if known is None:
        return {}
    return {
        **{f"number_{key}": value for key, value in known.numbers.items()},
        **{f"ratio_{team}": value for team, value in known.ratios.items()},
        "rounding": known.rounding,
        "days_off": "\n".join(known.days_off),
        "extra_days": "\n".join(known.extra_days),
    }


@page(SERVICE_SYSTEM)
def publish(request: ActingRequest) -> HttpResponseBase:
    """Publish a set for a year; a second time for the same year it is a new revision with a reason."""
    if not may_publish(request.actor) or not list(SETS):
        raise NotFound
    asked = request.POST.get("key") or request.GET.get("key") or ""
    key = asked if asked in SETS else list(SETS)[-1]
    year = clock.today().year
    typed = request.POST.get("year", "")
    asked_year = int(typed) if typed.isdecimal() and len(typed) <= YEAR_DIGITS else year
    known = current_set(request.actor.organisation_id or 0, asked_year)
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        key=key,
        needs_reason=known is not None,
        initial={"key": key, "year": year, **_given_before(known)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = publish_indicators(
                actor=request.actor,
                at=clock.now(),
                key=form.cleaned_data["key"],
                year=form.cleaned_data["year"],
                given=form.numbers(),
                reason=form.cleaned_data["reason"],
                request_key=request_key(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Published. Cities and counties have been told."))
            return redirect("workforce:indicators", row.pk)
    context = {"form": form, "known": known, "request_key": request_key(request)}
    return render(request, "workforce/indicators/publish.html", context, status=422 if form.errors else 200)
