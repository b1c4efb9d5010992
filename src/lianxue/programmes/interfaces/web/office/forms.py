"""Forms of the office: shape only; what is right is decided by the operations."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.programmes.enums import Number
from lianxue.programmes.models import Call
from lianxue.programmes.models.definition import Definition, Stage, filled, published_years
from lianxue.programmes.operations.calls.prepare import FIRST_YEAR, LAST_YEAR, TITLE_LENGTH, Days
from lianxue.programmes.queries.overview import STANDINGS
from lianxue.programmes.queries.standing_words import STANDING_WORDS
from lianxue.programmes.queries.windows import StageDays
from lianxue.programmes.queries.wording import words_in

NUMBER = {"inputmode": "numeric"}
MONTH_AND_DAY = 2


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class BeginForm(forms.Form):
    """Which programme is called, for which year, under which title."""

    code = forms.ChoiceField(label=_("Programme"), widget=forms.RadioSelect)
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=forms.NumberInput(attrs=NUMBER)
    )
    title = forms.CharField(
        label=_("Title of the call"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=_("Empty: the year and the title of the programme."),
    )
    official_number = forms.CharField(
        label=_("Number of the official letter"),
        max_length=60,
        required=False,
        help_text=_("For example: 浙教技中心〔2021〕33号"),
    )

    def __init__(self, data: Any = None, *, definitions: Sequence[Definition], **options: Any) -> None:
        super().__init__(data, **options)
        choices = [
            (one.code, f"{one.title}（{one.source}）" if one.source else one.title) for one in definitions
        ]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them


class CallForm(forms.Form):
    """Title, number, the days of every stage and the office's own numbers."""

    title = forms.CharField(label=_("Title of the call"), max_length=TITLE_LENGTH)
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=forms.NumberInput(attrs=NUMBER)
    )
    official_number = forms.CharField(label=_("Number of the official letter"), max_length=60, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, call: Call) -> None:
        self.call = call
        initial: dict[str, Any] = {
            "title": call.title,
            "year": call.year,
            "official_number": call.official_number,
            "version": call.version,
            **{f"numbers.{key}": call.numbers.get(key, "") for key in call.definition.numbers},
        }
        windows = {one.stage: one for one in call.windows.all()}
        for stage in call.definition.stages:
            kept = windows.get(stage.key)
            opens, closes = (kept.opens_on, kept.closes_on) if kept else (None, None)
            if call.state == "draft" and not (opens or closes):
                opens, closes = published_days(call.definition, stage, call.year)
            initial |= {f"opens_on.{stage.key}": opens, f"closes_on.{stage.key}": closes}
        super().__init__(data, initial=initial)
        for stage in call.definition.stages:
            self.fields[f"opens_on.{stage.key}"] = day_field(_("From"))
            self.fields[f"closes_on.{stage.key}"] = day_field(_("Until"))
        for key in call.definition.numbers:
            self.fields[f"numbers.{key}"] = forms.CharField(
                label=Number(key).label,
                required=False,
                max_length=12,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )

    def days(self) -> dict[str, Days]:
        """Return what was given for each stage."""
        return {
            stage.key: Days(
                self.cleaned_data[f"opens_on.{stage.key}"], self.cleaned_data[f"closes_on.{stage.key}"]
            )
            for stage in self.call.definition.stages
        }

    def numbers(self) -> dict[str, str]:
        """Return the office's own numbers as typed."""
        return {key: self.cleaned_data[f"numbers.{key}"] for key in self.call.definition.numbers}

    def stages(self) -> list[tuple[Stage, str, Any, Any]]:
        """Return each stage with what is said of it for the days that stand in its two fields, and these."""
        days = {
            stage.key: StageDays(
                self.initial[f"opens_on.{stage.key}"], self.initial[f"closes_on.{stage.key}"]
            )
            for stage in self.call.definition.stages
        }
        return [
            (
                stage,
                filled(stage.about, words_in(self.call, days[stage.key])),
                self[f"opens_on.{stage.key}"],
                self[f"closes_on.{stage.key}"],
            )
            for stage in self.call.definition.stages
        ]

    def number_fields(self) -> list[Any]:
        """Return the fields of the office's own numbers."""
        return [self[f"numbers.{key}"] for key in self.call.definition.numbers]


def published_days(definition: Definition, stage: Stage, year: int) -> tuple[date | None, date | None]:
    """Return the days that the definition publishes, moved to the years of the call; they are offered, not set."""
    later = year - min(published_years(definition), default=year)
    return _day(stage.opens, year, later), _day(stage.closes, year, later)


def _day(text: str, year: int, later: int) -> date | None:
    if not text:
        return None
    try:
        if len(text.split("-")) == MONTH_AND_DAY:  # 10-31: every year
            return date.fromisoformat(f"{year}-{text}")
        day = date.fromisoformat(text)
        return day.replace(year=day.year + later)
    except ValueError:  # 29 February
        return None


class ConsentForm(forms.Form):
    """Until when a unit may file late, and why."""

    until_on = day_field(_("Until"), required=True)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class StandingFilter(forms.Form):
    """Which units are shown."""

    find = forms.CharField(label=_("Name"), required=False, max_length=60)
    standing = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), *((one, STANDING_WORDS[one]) for one in STANDINGS)],
    )
    area = forms.IntegerField(required=False, widget=forms.HiddenInput)
