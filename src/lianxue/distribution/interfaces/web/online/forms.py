"""Forms of online titles. What is right is decided by the operations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.interfaces.web.fulfilment.forms import NUMBER
from lianxue.distribution.operations.online.links import MOST_DAYS, NAME_LENGTH
from lianxue.orgs.public import Organisation


class OnlineFilter(forms.Form):
    q = forms.CharField(label=_("Title or point"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("open", _("Available")), ("closed", _("Ended or withdrawn"))],
    )


class LinkForm(forms.Form):
    days = forms.IntegerField(
        label=_("Works for"),
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("As long as people need it: a lesson, a course, a term."),
    )
    handed_to = forms.CharField(
        label=_("For whom"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("For example a class. Empty: for everybody."),
    )


class GrantForm(forms.Form):
    code = forms.CharField(label=_("Catalogue number"), max_length=20)
    unit = forms.ChoiceField(label=_("Points of"))

    def __init__(self, *args: Any, units: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", _("The whole network")), *((str(unit.pk), unit.name) for unit in units)]
        field.required = False
