"""Filters above the lists."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.public import Actor, Organisation
from lianxue.resources.enums import ContributionState, ResourceKind
from lianxue.resources.models import Contribution
from lianxue.resources.queries.contributions import contributing_organisations
from lianxue.resources.queries.facets import Choice, Facet

ALL = ("", _("all"))
WIDE_SPACE = "\u3000"  # sets in what stands further down the tree

SORTS = (("", _("best match or newest")), ("newest", _("newest")), ("title", _("title")))


class CatalogueFilter(forms.Form):
    """The search of the catalogue: words first, then one box for each facet with counts."""

    q = forms.CharField(label=_("Words"), required=False)
    kind = forms.ChoiceField(label=_("Resource type"), required=False)
    category = forms.ChoiceField(label=_("Subject category"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS)

    def __init__(self, data: Any, facets: list[Facet]) -> None:
        super().__init__(data)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "data-desk-focus": ""})
        for facet in facets:
            choices = [_with_count(choice) for choice in facet.choices]
            if facet.key == "state" and len(choices) < 2:  # noqa: PLR2004  # whoever sees one state only has no choice
                del self.fields["state"]
            else:
                first = [] if facet.key == "state" else [ALL]
                self.fields[facet.key] = forms.ChoiceField(
                    label=str(facet.label), required=False, choices=[*first, *choices]
                )


def _with_count(choice: Choice) -> tuple[str, str]:
    return choice.value, f"{WIDE_SPACE * choice.depth}{choice.label} ({choice.count})"


class ContributionFilter(forms.Form):
    """Above lists of contributions. ``of_many`` adds the organisation that it came from."""

    q = forms.CharField(label=_("Title"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *ContributionState.choices])
    kind = forms.ChoiceField(label=_("Resource type"), required=False, choices=[ALL, *ResourceKind.choices])
    organisation = forms.ModelChoiceField(
        label=_("Contributed by"), required=False, queryset=Organisation.objects.none(), empty_label=_("all")
    )

    def __init__(self, data: Any, actor: Actor, *, of_many: bool) -> None:
        super().__init__(data)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        if of_many:
            self.fields["organisation"] = forms.ModelChoiceField(
                label=_("Contributed by"),
                required=False,
                queryset=contributing_organisations(actor),
                empty_label=_("all"),
            )
            self.fields["state"] = forms.ChoiceField(
                label=_("State"),
                required=False,
                choices=[ALL, *[c for c in ContributionState.choices if c[0] != ContributionState.DRAFT]],
            )
        else:
            del self.fields["organisation"]

    def apply(self, rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
        """Return the rows that were asked for; what cannot be understood asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data
        if text := asked.get("q", "").strip():
            rows = rows.filter(title__icontains=text)
        for name in ("state", "kind", "organisation"):
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        return rows
