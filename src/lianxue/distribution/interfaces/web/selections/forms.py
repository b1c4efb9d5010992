"""Forms of the yearly selections. What is right is decided by the operations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Award
from lianxue.distribution.models import Candidate, Selection
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.selections.mark_candidates import Mark
from lianxue.distribution.operations.selections.save_selection import MOST_PLACES, MOST_WEIGHT
from lianxue.distribution.queries.selections.criterion import criteria_of

NUMBER = {"inputmode": "numeric"}


class BeginForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    award = forms.ChoiceField(label=_("Award"), choices=Award.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"), coerce=int, choices=[(year, str(year)) for year in years]
        )


class WeightsForm(forms.Form):
    """One whole number for each criterion, and how many are chosen."""

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria_of(selection.award)
        for criterion in self.criteria:
            self.fields[f"weight-{criterion.key}"] = forms.IntegerField(
                label=str(criterion.title),
                help_text=str(criterion.source),
                required=False,
                min_value=0,
                max_value=MOST_WEIGHT,
                initial=selection.weights.get(criterion.key),
                widget=forms.NumberInput(attrs=NUMBER),
            )
        self.fields["places"] = forms.IntegerField(
            label=_("How many are chosen"),
            help_text=_("May stay empty. It is published together with the weights."),
            required=False,
            min_value=1,
            max_value=MOST_PLACES,
            initial=selection.places,
            widget=forms.NumberInput(attrs=NUMBER),
        )

    def weights(self) -> dict[str, int]:
        """Return what a valid form says."""
        return {one.key: self.cleaned_data[f"weight-{one.key}"] or 0 for one in self.criteria}


class MarksForm(forms.Form):
    """Who of the candidates on one page is chosen, and why, where that departs from the ranking."""

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for one in candidates:
            self.fields[f"chosen-{one.pk}"] = forms.BooleanField(
                label=_("Chosen"), required=False, initial=bool(one.chosen)
            )
            self.fields[f"reason-{one.pk}"] = forms.CharField(
                label=_("Reason"), required=False, max_length=REASON_LENGTH, initial=one.reason
            )

    def marks(self) -> list[Mark]:
        """Return what a valid form says."""
        data = self.cleaned_data
        return [Mark(one.pk, data[f"chosen-{one.pk}"], data[f"reason-{one.pk}"]) for one in self.candidates]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )


class CheckForm(forms.Form):
    number = forms.CharField(
        label=_("Certificate number"),
        max_length=60,
        help_text=_("It stands at the foot of the certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
