"""Filters above the lists."""

from collections.abc import Iterable
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
FACETS = ("category", "district", "year", "state")
WIDE_SPACE = "\u3000"  # sets in what stands further down the tree

SORTS = (("", _("best match or newest")), ("newest", _("newest")), ("title", _("title")))


class SearchForm(forms.Form):
    """The search of the catalogue: words and order. What was chosen otherwise goes along unseen."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "data-desk-focus": ""}),
    )
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        _carry_along(self, ("kind", *FACETS))


class FacetForm(forms.Form):
    """One box for each facet, with how many entries there would be. The words and the order go along unseen."""

    def __init__(self, data: Any, facets: list[Facet]) -> None:
        super().__init__(data, auto_id="facet_%s")
        for facet in facets:
            choices = [_with_count(choice) for choice in facet.choices]
            # Whoever sees one state only has no choice.
            if facet.key in FACETS and (facet.key != "state" or len(choices) > 1):
                first = [] if facet.key == "state" else [ALL]
                self.fields[facet.key] = forms.ChoiceField(
                    label=str(facet.label), required=False, choices=[*first, *choices]
                )
        _carry_along(self, ("q", "sort", "kind"))


def _carry_along(form: forms.Form, names: Iterable[str]) -> None:
    for name in names:
        if form.data.get(name):
            form.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)


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
