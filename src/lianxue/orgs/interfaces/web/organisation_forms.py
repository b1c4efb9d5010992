"""Forms about organisations."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.orgs.enums import Chain, OrganisationKind
from lianxue.orgs.models import Division, Organisation
from lianxue.orgs.queries import counties_of

ALL: tuple[str, Text] = ("", _("all"))


class NetworkFilter(forms.Form):
    """Above the list of organisations."""

    q = forms.CharField(
        label=_("Name or code"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"), required=False, choices=[ALL, *OrganisationKind.choices]
    )
    tier = forms.TypedChoiceField(label=_("Tier"), required=False, coerce=int, empty_value=None)
    district = forms.ModelChoiceField(
        label=_("District"), required=False, queryset=Division.objects.none(), empty_label=_("all")
    )
    chain = forms.ChoiceField(label=_("Chain"), required=False, choices=[ALL, *Chain.choices])
    above = forms.ModelChoiceField(
        required=False, queryset=Organisation.objects.none(), widget=forms.HiddenInput()
    )

    def __init__(self, data: Any, in_sight: QuerySet[Organisation]) -> None:
        super().__init__(data)
        tiers = in_sight.filter(places__chain=Chain.DISTRIBUTION).values_list("places__depth", flat=True)
        self.fields["tier"].choices = [  # type: ignore[attr-defined]
            ALL,
            *((tier, _("Tier %(tier)d") % {"tier": tier}) for tier in sorted(set(tiers))),
        ]
        self.fields["district"].queryset = counties_of(in_sight)  # type: ignore[attr-defined]
        self.fields["above"].queryset = in_sight  # type: ignore[attr-defined]


class DetailsForm(forms.Form):
    """What can be changed of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=120)
    division = forms.CharField(
        label=_("Division code"),
        required=False,
        max_length=12,
        help_text=_("Twelve digits, for example 310101013000 for 外滩街道."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    telephone = forms.CharField(
        label=_("Office telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    uscc = forms.CharField(label=_("Unified social credit code"), required=False, max_length=18)
    latitude = forms.FloatField(label=_("Latitude"), required=False, widget=forms.TextInput())
    longitude = forms.FloatField(label=_("Longitude"), required=False, widget=forms.TextInput())

    def clean_division(self) -> Division | None:
        """Return the division with the code that was typed."""
        code = self.cleaned_data["division"]
        if not code:
            return None
        found = Division.objects.filter(pk=code).first()
        if found is None:
            raise forms.ValidationError(_("There is no division with this code."))
        return found


class OrganisationForm(DetailsForm):
    """A new organisation."""

    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=OrganisationKind.choices)
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("Unique; it cannot be changed later."))

    field_order = ("kind", "code", "name")


class TableForm(forms.Form):
    """A filled-in table."""

    table = forms.FileField(
        label=_("Filled-in table"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
