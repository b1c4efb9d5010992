"""Forms of resources. What is right and wrong is decided by the operations; these only take it in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from lianxue.orgs.public import Organisation, OrganisationKind
from lianxue.resources.enums import ResourceKind
from lianxue.resources.models import CatalogueEntry, Category, Contribution
from lianxue.resources.operations import Description, Offer
from lianxue.resources.operations.description import MOST_COPIES
from lianxue.resources.queries.categories import CategoryTree, category_tree

WIDE_SPACE = "\u3000"  # sets in what stands further down the tree


def sent(request: HttpRequest) -> "tuple[QueryDict | None, MultiValueDict[str, UploadedFile[bytes]] | None]":
    """Return the data and the files of a form that was sent; None and None when the page is only being opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def category_choices(tree: CategoryTree) -> list[tuple[str, str]]:
    """Return codes and names, those further down the tree set in."""
    return [
        (branch.category.code, f"{WIDE_SPACE * branch.depth}{branch.category}") for branch in tree.branches()
    ]


class DescriptionForm(forms.Form):
    """What is said of a resource. ``required`` marks what sending in needs; saving needs the title only."""

    use_required_attribute = False

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("As it stands on the cover."))
    kind = forms.ChoiceField(
        label=_("Resource type"),
        choices=ResourceKind.choices,
        initial=ResourceKind.BOOK,
        widget=forms.RadioSelect,
    )
    category = forms.ChoiceField(label=_("Subject category"))
    description = forms.CharField(
        label=_("Description"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "What it is about, how it is built up, and what it is good for. Three or four sentences are enough."
        ),
    )
    cover = forms.FileField(
        label=_("Cover"), required=False, help_text=_("A photograph is enough: JPEG, PNG or WebP.")
    )
    drop_cover = forms.BooleanField(label=_("Take the present cover away"), required=False)
    creator = forms.CharField(label=_("Author or maker"), max_length=120, required=False)
    audience = forms.CharField(
        label=_("For whom"),
        max_length=200,
        required=False,
        help_text=_("For example: beginners among older learners."),
    )
    online_url = forms.CharField(
        label=_("Web address"),
        max_length=500,
        required=False,
        widget=forms.URLInput,
        help_text=_("Needed for what is used online."),
    )
    keywords = forms.CharField(
        label=_("Keywords"),
        max_length=300,
        required=False,
        help_text=_("Three to five words, set apart by spaces."),
    )
    publisher = forms.CharField(label=_("Publisher"), max_length=120, required=False)
    year = forms.IntegerField(
        label=_("Year"), required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    isbn = forms.CharField(label=_("ISBN"), max_length=40, required=False)

    def __init__(
        self, *args: Any, present: Contribution | CatalogueEntry | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.present = present
        self.tree = category_tree()
        self.fields["category"] = forms.ChoiceField(
            label=_("Subject category"), choices=[("", _("Please choose")), *category_choices(self.tree)]
        )
        self.order_fields(list(type(self).base_fields))
        if present is None or present.cover_id is None:
            del self.fields["drop_cover"]

    def as_draft(self) -> "DescriptionForm":
        """Ask for nothing but the title; the page still shows what sending in needs."""
        for name, field in self.fields.items():
            field.required = name in ("title", "kind")
        return self

    def as_shown(self) -> "DescriptionForm":
        """Mark again what sending in needs, for the page."""
        for name, field in self.fields.items():
            field.required = type(self).base_fields[name].required
        return self

    def to_description(self) -> Description:
        """Return the values of a form that is valid."""
        data = self.cleaned_data
        category: Category | None = self.tree.by_code.get(data["category"])
        return Description(
            kind=ResourceKind(data["kind"]),
            year=data["year"],
            category=category,
            **{name: data[name] for name in TEXTS},
        )


TEXTS = ("title", "creator", "publisher", "isbn", "audience", "description", "keywords", "online_url")


def values_of(row: Contribution | CatalogueEntry) -> dict[str, Any]:
    """Return what the form shows of a row."""
    return {
        **{name: getattr(row, name) for name in TEXTS},
        "kind": row.kind,
        "year": row.year,
        "category": row.category.code if row.category else "",
    }


class ContributionForm(DescriptionForm):
    """The contribution form: the resource, then the declaration (S0-40)."""

    copies_offered = forms.IntegerField(
        label=_("Copies offered"),
        min_value=0,
        max_value=MOST_COPIES,
        initial=0,
        help_text=_("How many copies the network may share out. 0 for what is used online."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    rights_holder = forms.CharField(label=_("Holder of the rights"), max_length=120)
    rights_declared = forms.BooleanField(
        label=_(
            "We declare: the rights in this resource are our own, and the whole city may choose and use it."
        )
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def to_offer(self) -> Offer:
        """Return the values of a form that is valid."""
        data = self.cleaned_data
        return Offer(
            copies_offered=data["copies_offered"] or 0,
            rights_holder=data["rights_holder"],
            rights_declared=data["rights_declared"],
        )


def contribution_values(row: Contribution) -> dict[str, Any]:
    """Return what the form shows of a contribution."""
    return {
        **values_of(row),
        "copies_offered": row.copies_offered,
        "rights_holder": row.rights_holder,
        "rights_declared": row.rights_declared,
        "version": row.version,
    }


class NewEntryForm(DescriptionForm):
    """A title that the office puts into the catalogue itself."""

    provider = forms.ModelChoiceField(label=_("Provided by"), queryset=Organisation.objects.none())

    field_order = ("provider",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["provider"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Organisation.objects.filter(is_active=True)
            field.choices = _by_kind(Organisation.objects.filter(is_active=True).order_by("code"))

    def clean_provider(self) -> Organisation:
        provider: Organisation = self.cleaned_data["provider"]
        return provider


def _by_kind(rows: Any) -> list[Any]:
    labels: Mapping[str, Any] = dict(OrganisationKind.choices)
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        groups.setdefault(row.kind, []).append((str(row.pk), row.name))
    first = [OrganisationKind.SUPPLIER, OrganisationKind.GUIDANCE_OFFICE]
    kinds = [*[k for k in first if k in groups], *[k for k in groups if k not in first]]
    return [("", _("Please choose")), *[(labels[kind], groups[kind]) for kind in kinds]]


class ReasonForm(forms.Form):
    """One reason."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: Any = "", hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = hint


class CategoryForm(forms.Form):
    """One category of the tree."""

    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens. It stands in addresses and tables."),
    )
    parent = forms.ChoiceField(label=_("Part of"), required=False)
    rank = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=9999, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tree = category_tree()
        self.fields["parent"] = forms.ChoiceField(
            label=_("Part of"),
            required=False,
            choices=[("", _("None: it stands at the top")), *category_choices(self.tree)],
        )
        self.order_fields(list(type(self).base_fields))


class SheetForm(forms.Form):
    """A filled-in table."""

    sheet = forms.FileField(
        label=_("Filled-in table"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
