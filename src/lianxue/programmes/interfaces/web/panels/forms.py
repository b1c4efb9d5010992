"""Forms of panels: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.programmes.models import Score
from lianxue.programmes.models.definition import PanelRule
from lianxue.programmes.operations.panels.draw import MOST_EXPERTS, MOST_PERCENT
from lianxue.programmes.operations.panels.score import COMMENT_LENGTH

NUMBER = {"inputmode": "numeric"}


class DrawForm(forms.Form):
    """How many experts a filing gets, and which share may be recommended."""

    size = forms.IntegerField(
        label=_("Experts for each filing"),
        min_value=1,
        max_value=MOST_EXPERTS,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    ratio_percent = forms.DecimalField(
        label=_("Share that may be recommended (%)"),
        required=False,
        min_value=0,
        max_value=MOST_PERCENT,
        max_digits=5,
        decimal_places=2,
        help_text=_("Counted for each area and rounded down. Empty: no limit by share."),
    )


class ScoreForm(forms.Form):
    """Points on every item of the scoring sheet."""

    comment = forms.CharField(
        label=_("Remarks"),
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, rule: PanelRule, score: Score) -> None:
        initial = {"comment": score.comment, **{f"item.{key}": value for key, value in score.points.items()}}
        super().__init__(data, initial=initial)
        self.rule = rule
        for item in rule.items:
            self.fields[f"item.{item.key}"] = forms.IntegerField(
                label=item.title,
                help_text=item.hint,
                min_value=0,
                max_value=item.most,
                widget=forms.NumberInput(attrs=NUMBER),
            )

    def item_fields(self) -> list[tuple[Any, int]]:
        """Return each item's field with the most that can be given."""
        return [(self[f"item.{item.key}"], item.most) for item in self.rule.items]

    def points(self) -> dict[str, int | None]:
        """Return the points as typed."""
        return {item.key: self.cleaned_data.get(f"item.{item.key}") for item in self.rule.items}


class ConflictForm(forms.Form):
    """Why an expert steps back."""

    reason = forms.CharField(label=_("Why you should not judge this one"), max_length=300)
