"""Forms of lending, issuing and reporting. What is right is decided by the operations."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.flows.effect_report import CONTENTS
from lianxue.distribution.models import EffectReport
from lianxue.distribution.operations.checks import MOST_AT_ONCE, REASON_LENGTH

NUMBER = {"inputmode": "numeric"}
MOST_DIGITS = 18  # of a row number


def sent(request: HttpRequest) -> "tuple[QueryDict | None, MultiValueDict[str, UploadedFile[bytes]] | None]":
    """Return the data and the files of a form that was sent; None and None when the page is only being opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def row_number(text: str) -> int | None:
    """Return the row number that a form or address names, or None when it is none."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for a calendar day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def quantity_field(label: Any) -> forms.IntegerField:
    """Return a field for a number of copies."""
    return forms.IntegerField(
        label=label, min_value=1, max_value=MOST_AT_ONCE, initial=1, widget=forms.NumberInput(attrs=NUMBER)
    )


class ReasonForm(forms.Form):
    """Why something is done that others will ask about."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )


class PointFilter(forms.Form):
    q = forms.CharField(label=_("Name of the point"), required=False, max_length=60)


class TitleFilter(forms.Form):
    q = forms.CharField(label=_("Title"), required=False, max_length=60)


REPORT_LABELS = {
    "recipients": (_("Recipients and users"), _("To whom were the resources issued, who used them?")),
    "forms": (_("Forms of use"), _("Lending, classes, reading circles, exhibitions …")),
    "effects": (_("Effects"), _("What came of it? Examples are welcome.")),
    "suggestions": (_("Suggestions"), _("What should be different next year?")),
}


class ReportForm(forms.Form):
    """The four contents (S0-53); unfinished ones can be saved."""

    use_required_attribute = False

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: EffectReport | None = None, **kwargs: Any) -> None:
        if report is not None:
            kwargs["initial"] = {name: getattr(report, name) for name in (*CONTENTS, "version")}
        super().__init__(*args, **kwargs)
        for name, (label, hint) in REPORT_LABELS.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=hint,
                required=False,
                max_length=10_000,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    def as_shown(self) -> "ReportForm":
        """Mark what handing in needs, for the page."""
        for name in CONTENTS:
            self.fields[name].required = True
        return self

    def texts(self) -> dict[str, str]:
        """Return what a valid form says."""
        return {name: self.cleaned_data[name] for name in CONTENTS}
