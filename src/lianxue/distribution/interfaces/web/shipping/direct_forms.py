"""Forms of what is sent without demand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Route
from lianxue.distribution.interfaces.web.fulfilment.forms import NUMBER, day_field
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.distribution.operations.rounds.round_particulars import FIRST_YEAR, LAST_YEAR, NAME_LENGTH


class DirectRoundForm(forms.Form):
    """What it is called, and until when points confirm what came."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, help_text=_("For example: reading month of the district.")
    )
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=forms.NumberInput(attrs=NUMBER)
    )
    receive_until = day_field(_("Points confirm receipt until"))
    route = forms.ChoiceField(
        label=_("Way of the parcels"), choices=Route.choices, initial=Route.DIRECT, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, through_others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not through_others:  # the sender stands directly above its points
            del self.fields["route"]


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed while something has not been received."),
    )
