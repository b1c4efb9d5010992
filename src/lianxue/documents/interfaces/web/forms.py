"""Forms of letters: shape only; what is right is decided by the operations."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxue.documents.enums import LetterKind

ALL = ("", _("All"))


class LetterFilter(forms.Form):
    """Which letters to show."""

    words = forms.CharField(label=_("Words"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind of letter"), required=False, choices=[ALL, *LetterKind.choices])
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2199, required=False)
    sent = forms.ChoiceField(
        label=_("Direction"),
        required=False,
        choices=[ALL, ("out", _("Issued by us")), ("in", _("Sent to us"))],
    )


class LetterForm(forms.Form):
    """A new letter."""

    kind = forms.ChoiceField(label=_("Kind of letter"), choices=LetterKind.choices)
    title = forms.CharField(
        label=pgettext_lazy("of a letter", "Title"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A long title may be broken into two lines where it reads well."),
    )  # fmt: skip
    addressee = forms.CharField(label=_("Addressee"), max_length=300, required=False)
    body = forms.CharField(
        label=pgettext_lazy("of a letter", "Text"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("A paragraph a line. Lines that begin with 一、 or （一） are set as headings."),
    )  # fmt: skip
    attachments = forms.CharField(
        label=_("Attachments"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One title a line, without numbers."),
    )  # fmt: skip
    copies_to = forms.CharField(label=_("Copies to"), max_length=500, required=False)
    dated_on = forms.DateField(
        label=_("Date of the letter"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class WithdrawForm(forms.Form):
    """Why a letter is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CodeForm(forms.Form):
    """The own letter code."""

    words = forms.CharField(
        label=_("Letter code"),
        max_length=20,
        help_text=_("For example 浙教技中心: without year and brackets."),
    )
    used_until = forms.IntegerField(
        label=_("Last number used this year"), min_value=0, max_value=99_999, required=False,
        help_text=_("Only if letters of this year were numbered before, outside of the platform. The next letter gets the number after it."),
    )  # fmt: skip
