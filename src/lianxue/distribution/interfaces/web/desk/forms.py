"""Forms of the desk. What is right is decided by the operations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience, LoanState
from lianxue.distribution.interfaces.web.fulfilment.forms import NUMBER, day_field, quantity_field
from lianxue.distribution.operations.checks import NAME_LENGTH, REASON_LENGTH

# The readers known here whose name begins like what is typed appear below the form.
NAME = {
    "autocomplete": "off",
    "hx-get": reverse_lazy("distribution:desk-readers"),
    "hx-trigger": "input changed delay:250ms",
    "hx-target": "#readers",
}


class DeskForm(forms.Form):
    """The one box of the desk."""

    q = forms.CharField(
        label=_("Title, lot number, ISBN, or the borrower's name"),
        max_length=300,
        help_text=_(
            "Scan the label or type its number, for example L123; or type the number of a row below. A minus in front takes back: -L123."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-scan": "send"}),
    )


def _name_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=NAME_LENGTH,
        help_text=_("A name, or the number of a reader below."),
        widget=forms.TextInput(attrs=dict(NAME)),
    )


def _phone_field(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


def _reason_field(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=REASON_LENGTH, required=False, help_text=help_text)


BACKDATED = _("Why it is entered later")
BACKDATED_HINT = _("Needed for a day before today, for example: power cut, written on paper first.")
QUEUE = _("Why it goes to somebody else")
QUEUE_HINT = _("Needed when the copy is put aside for another reader.")


class LendForm(forms.Form):
    borrower_name = _name_field(_("Borrower"))
    quantity = quantity_field(_("Quantity"))
    borrower_phone = _phone_field(_("To remind the borrower. It is kept sealed and shown only for a reason."))
    lent_on = day_field(_("Lent on"), required=True)
    backdated_reason = _reason_field(BACKDATED, BACKDATED_HINT)
    due_on = day_field(_("Due back on"), help_text=_("Leave it empty when no day was agreed."))
    queue_reason = _reason_field(QUEUE, QUEUE_HINT)


class IssueForm(forms.Form):
    recipient_name = _name_field(_("Recipient"))
    audience = forms.ChoiceField(
        label=_("Recipient is a"),
        choices=Audience.choices,
        initial=Audience.LEARNER,
        widget=forms.RadioSelect,
    )
    quantity = quantity_field(_("Quantity"))
    issued_on = day_field(_("Issued on"), required=True)
    backdated_reason = _reason_field(BACKDATED, BACKDATED_HINT)
    queue_reason = _reason_field(QUEUE, QUEUE_HINT)


class ReserveForm(forms.Form):
    borrower_name = _name_field(_("Reader"))
    borrower_phone = _phone_field(_("To tell the reader. It is kept sealed and shown only for a reason."))


class ReturnForm(forms.Form):
    returned_on = day_field(_("Returned on"), required=True)


class TermsForm(forms.Form):
    """The point's own numbers; what stays empty rests."""

    loan_days = forms.IntegerField(
        label=_("Loan period in days"),
        required=False,
        help_text=_("Empty: nothing is due on a fixed day."),
        widget=forms.NumberInput(attrs=NUMBER),
    )
    renewals = forms.IntegerField(
        label=_("Renewals allowed"),
        required=False,
        help_text=_("How often a loan may be prolonged by one loan period. Empty: never."),
        widget=forms.NumberInput(attrs=NUMBER),
    )
    hold_days = forms.IntegerField(
        label=_("Days a reserved copy is kept"),
        required=False,
        help_text=_("Empty: nothing can be reserved."),
        widget=forms.NumberInput(attrs=NUMBER),
    )
    notice_days = forms.IntegerField(
        label=_("Days to the overdue notice"),
        required=False,
        help_text=_(
            "So many days after the due day the desk is told, and again after as many more. Empty: no notices."
        ),
        widget=forms.NumberInput(attrs=NUMBER),
    )


class RegisterFilter(forms.Form):
    """What to look for in a register."""

    q = forms.CharField(label=_("Title or name"), required=False, max_length=60)
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            *((value, label) for value, label in LoanState.choices if value != LoanState.UNDONE),
            ("overdue", _("Overdue")),
        ],
    )

    def __init__(self, *args: Any, years: Sequence[int], has_states: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = forms.ChoiceField(
            label=_("Year"), required=False, choices=[("", _("All")), *((str(y), str(y)) for y in years)]
        )
        self.order_fields(["q", "year", "state"])
        if not has_states:
            del self.fields["state"]
