"""What to look at in the figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.public import SYSTEM_CHAINS, Chain, OrganisationKind

ALL = ("", _("All"))
POINT_KINDS = (
    OrganisationKind.COMMUNITY_SCHOOL,
    OrganisationKind.ELDER_BRANCH,
    OrganisationKind.CARE_LEARNING_POINT,
    OrganisationKind.OTHER,
)


class PointsFilter(forms.Form):
    """Which points: by name, part of the network, and whether anything reached them."""

    q = forms.CharField(label=_("Name of the point"), required=False, max_length=60)
    show = forms.ChoiceField(
        label=_("Received anything"),
        required=False,
        choices=[ALL, ("reached", _("yes")), ("not_reached", _("no"))],
    )
    system = forms.ChoiceField(
        label=_("System"),
        required=False,
        choices=[ALL, *((chain.value, Chain(chain).label) for chain in SYSTEM_CHAINS)],
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[ALL, *((kind.value, kind.label) for kind in POINT_KINDS)]
    )
    district = forms.CharField(required=False, max_length=6, widget=forms.HiddenInput)
    unit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int)

    def __init__(self, data: Mapping[str, Any], *, years: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"), required=False, coerce=int, choices=[(year, str(year)) for year in years]
        )
