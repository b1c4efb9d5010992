"""Forms around claims."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import ClaimKind, ClaimRemedy, ClaimState
from lianxue.distribution.flows.claim import REMEDIES
from lianxue.distribution.interfaces.web.shipping.forms import round_choice
from lianxue.distribution.models import Claim, Round
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.orgs.public import Organisation

# What each remedy means for those who choose it.
OFFERS = {
    ClaimRemedy.RESEND: _("Send again: the copies come in a parcel of their own"),
    ClaimRemedy.CREDIT: _("Credit: the copies count as not supplied"),
    ClaimRemedy.WRITE_OFF: _("Write off: the loss stays with the point's books"),
    ClaimRemedy.KEEP: _("The point keeps them"),
    ClaimRemedy.SEND_BACK: _("The point sends them back"),
}


class ClaimFilter(forms.Form):
    """What to look for in the list of claims."""

    q = forms.CharField(label=_("Title, shipment or point"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("unsettled", _("Not settled")), *ClaimState.choices],
    )
    kind = forms.ChoiceField(
        label=_("What is wrong"), required=False, choices=[("", _("All")), *ClaimKind.choices]
    )
    supplier = forms.ChoiceField(label=_("Supplier"), required=False)
    round = forms.ChoiceField(label=_("Round"), required=False)

    def __init__(
        self, *args: Any, rounds: Sequence[Round], suppliers: Sequence[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"] = round_choice(rounds)
        if len(suppliers) > 1:
            self.fields["supplier"] = forms.ChoiceField(
                label=_("Supplier"),
                required=False,
                choices=[("", _("All")), *((str(one.pk), one.name) for one in suppliers)],
            )
        else:
            del self.fields["supplier"]


class RemedyForm(forms.Form):
    """Which remedy, and a word about it."""

    remedy = forms.ChoiceField(label=_("What is to be done"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remedy"] = forms.ChoiceField(
            label=_("What is to be done"),
            widget=forms.RadioSelect,
            choices=[(remedy.value, OFFERS[remedy]) for remedy in REMEDIES[claim.kind]],
            initial=claim.remedy or REMEDIES[claim.kind][0].value,
        )


class AnswerForm(RemedyForm):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The point reads it. For example: the copies leave on Friday."),
    )


class SettleForm(RemedyForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Supplier and point read it."),
    )
