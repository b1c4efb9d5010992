"""Forms of lending, issuing and reporting. What is right is decided by the operations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience, LoanState
from lianxue.distribution.flows.effect_report import CONTENTS
from lianxue.distribution.models import EffectReport
from lianxue.distribution.operations.checks import MOST_AT_ONCE, NAME_LENGTH, REASON_LENGTH

NUMBER = {"inputmode": "numeric"}
NEXT_AT_DESK = {"data-desk-focus": "", "autocomplete": "off"}  # when a title is chosen, the name comes next
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


class DeskForm(forms.Form):
    """The one box of the desk."""

    q = forms.CharField(
        label=_("Title, lot number, ISBN, or the borrower's name"),
        max_length=100,
        help_text=_("The lot number stands on the delivery note, for example L123. A scanner may type it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LendForm(forms.Form):
    borrower_name = forms.CharField(
        label=_("Borrower"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs=NEXT_AT_DESK)
    )
    quantity = quantity_field(_("Quantity"))
    borrower_phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        help_text=_("To remind the borrower. It is kept sealed and shown only for a reason."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    lent_on = day_field(_("Lent on"), required=True)
    due_on = day_field(_("Due back on"), help_text=_("Leave it empty when no day was agreed."))


class IssueForm(forms.Form):
    recipient_name = forms.CharField(
        label=_("Recipient"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs=NEXT_AT_DESK)
    )
    audience = forms.ChoiceField(
        label=_("Recipient is a"),
        choices=Audience.choices,
        initial=Audience.LEARNER,
        widget=forms.RadioSelect,
    )
    quantity = quantity_field(_("Quantity"))
    issued_on = day_field(_("Issued on"), required=True)


class ReturnForm(forms.Form):
    returned_on = day_field(_("Returned on"), required=True)


class TermsForm(forms.Form):
    loan_days = forms.IntegerField(
        label=_("Loan period in days"),
        required=False,
        min_value=1,
        max_value=366,
        help_text=_("Empty: nothing is due on a fixed day."),
        widget=forms.NumberInput(attrs=NUMBER),
    )


class RegisterFilter(forms.Form):
    """What to look for in a register."""

    q = forms.CharField(label=_("Title or name"), required=False, max_length=60)
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *LoanState.choices, ("overdue", _("Overdue"))],
    )

    def __init__(self, *args: Any, years: Sequence[int], has_states: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = forms.ChoiceField(
            label=_("Year"), required=False, choices=[("", _("All")), *((str(y), str(y)) for y in years)]
        )
        self.order_fields(["q", "year", "state"])
        if not has_states:
            del self.fields["state"]


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
