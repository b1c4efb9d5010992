"""Forms of the yearly appraisal. What is right is decided by the operations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.workforce.enums import AppraisalState, PartVerdict, Team
from lianxue.workforce.models import Declared
from lianxue.workforce.models.indicators.parts import Part
from lianxue.workforce.operations.appraisal.declare import WORDS_LENGTH, Declaration
from lianxue.workforce.operations.checks import REASON_LENGTH

ALL = ("", _("All"))
FOUND = [
    (PartVerdict.MET.value, PartVerdict.MET.label),
    (PartVerdict.NOT_MET.value, PartVerdict.NOT_MET.label),
]


class AppraisalFilter(forms.Form):
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2200)
    q = forms.CharField(label=_("Name, area or city"), required=False, max_length=60)
    team = forms.ChoiceField(label=_("Team"), required=False, choices=[ALL, *Team.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *AppraisalState.choices])
    recommended = forms.BooleanField(label=_("Only those recommended"), required=False)


class FindingForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Finding"), choices=FOUND, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Needed where you depart from what the platform worked out."),
    )


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("Why recommended"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Needed where not every indicator was met."),
    )


class ReopenForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH)


class AccountForm(forms.Form):
    username = forms.CharField(
        label=_("Account name"), max_length=60, help_text=_("Capitals and small letters count.")
    )


def _whole(label: Any, unit: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{label}（{unit}）" if unit else label, min_value=0, max_value=1_000_000_000
    )


class DeclareForm(forms.Form):
    """What one part asks for: its numbers, then the evidence."""

    def __init__(self, *args: Any, part: Part, there: Declared | None, **kwargs: Any) -> None:
        if there is not None:
            kwargs["initial"] = {**there.values, "words": there.words, "link": there.link}
        super().__init__(*args, **kwargs)
        self.part = part
        if part.kind == "number":
            self.fields["number"] = _whole(part.title, part.unit)
        elif part.operands:
            for name, operand in zip(("first", "second"), part.operands, strict=True):
                self.fields[name] = _whole(operand)
            if part.points_at_least is not None:
                self.fields["first"].required = self.fields["second"].required = False
                self.fields["table"] = forms.FileField(
                    label=_("Or a table with one row for each teacher (.xlsx or .csv)"),
                    required=False,
                    help_text=_("Columns “Teacher” and “Experience value”; the platform counts."),
                )
        elif part.kind == "article":
            self.fields["characters"] = _whole(_("Number of characters"))
            self.fields["characters"].required = False
            self.fields["characters"].help_text = _(
                "Only where the article stands elsewhere; otherwise the platform counts."
            )
        self.fields["words"] = forms.CharField(
            label=_("Text of the article") if part.kind == "article" else _("In words"),
            required=part.kind == "text",
            max_length=WORDS_LENGTH,
            widget=forms.Textarea(attrs={"rows": 8 if part.kind == "article" else 3}),
        )
        self.fields["link"] = forms.URLField(
            label=_("Link"), required=False, max_length=500, assume_scheme="https"
        )
        self.fields["file"] = forms.FileField(
            label=_("File"), required=False, help_text=_("PDF, Word, Excel or a picture.")
        )

    @property
    def in_turn(self) -> list[tuple[forms.BoundField, str]]:
        """Return the fields with the width of each: what holds a number is narrow."""
        return [(one, "short" if isinstance(one.field, forms.IntegerField) else "") for one in self]

    def declaration(self) -> Declaration:
        """Return what was filled in."""
        data = self.cleaned_data
        names = [name for name in ("number", "first", "second", "characters") if data.get(name) is not None]
        return Declaration(
            numbers={name: str(data[name]) for name in names},
            words=data["words"],
            link=data["link"],
            file=data["file"],
            table=data.get("table"),
        )
