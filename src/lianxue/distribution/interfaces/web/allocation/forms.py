"""Forms of sharing out. What is right and wrong is decided by the operations; these take it in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.interfaces.web.fulfilment.forms import NUMBER
from lianxue.distribution.operations.allocation.policies import ALLOCATION_POLICIES, Terms
from lianxue.distribution.operations.checks import REASON_LENGTH
from lianxue.orgs.public import Organisation

SHARE = "share_"


class PolicyForm(forms.Form):
    """By which policy and under which terms the copies are to be shared out; every term may stay empty."""

    policy = forms.ChoiceField(label=_("How to share out"), widget=forms.RadioSelect)
    cap = forms.IntegerField(
        label=_("Most copies of a title for one point"),
        required=False,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("Empty: no limit but what the point asks for."),
    )
    minimum = forms.IntegerField(
        label=_("Fewest copies worth sending"),
        required=False,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text=_(
            "Everybody gets so many first, or all that they ask for. Where there is not enough for that, a point gets them whole or nothing. Empty: no such rule."
        ),
    )

    def __init__(self, *args: Any, colleges: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy"] = forms.ChoiceField(
            label=_("How to share out"),
            choices=[(key, policy.title) for key, policy in ALLOCATION_POLICIES.items()],
            widget=forms.RadioSelect,
        )
        self._colleges = colleges
        for college in colleges:
            self.fields[f"{SHARE}{college.pk}"] = forms.IntegerField(
                label=college.name, required=False, widget=forms.NumberInput(attrs=NUMBER)
            )

    @property
    def share_fields(self) -> list[forms.BoundField]:
        """Return the boxes for the shares of the colleges."""
        return [self[f"{SHARE}{college.pk}"] for college in self._colleges]

    @property
    def has_shares(self) -> bool:
        """Tell whether a share was typed in or is wrong, so that the boxes are shown at once."""
        return any(field.value() or field.errors for field in self.share_fields)

    @property
    def terms(self) -> Terms:
        """Return the terms of a valid form."""
        shares = {
            college.pk: percent
            for college in self._colleges
            if (percent := self.cleaned_data[f"{SHARE}{college.pk}"]) is not None
        }
        return Terms(self.cleaned_data["cap"], self.cleaned_data["minimum"], shares)


class OverrideForm(forms.Form):
    """Another number for one line, and why."""

    quantity = forms.IntegerField(label=_("Copies"), widget=forms.NumberInput(attrs=NUMBER))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The point and its college read it beside the number."),
    )


class LineFilter(forms.Form):
    """One box to search by name or code."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=60)


class PointFilter(LineFilter):
    """What to look for among points."""

    college = forms.TypedChoiceField(label=_("Gathered by"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, colleges: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("all")), *((str(pk), name) for pk, name in colleges)]
        self.fields["college"] = forms.TypedChoiceField(
            label=_("Gathered by"), required=False, coerce=int, empty_value=None, choices=choices
        )
