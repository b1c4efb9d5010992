"""Addresses of resources."""

from django.urls import path, register_converter

from lianxue.resources.interfaces.web import (
    catalogue,
    categories,
    collation,
    contribution_form,
    contributions,
    covers,
    entries,
    figures,
    imports,
    review,
)


class StateVerb:
    """The two ways to change the state of an entry."""

    regex = "withdraw|republish"

    def to_python(self, value: str) -> str:
        """Return the verb."""
        return value

    def to_url(self, value: str) -> str:
        """Return the verb."""
        return value


register_converter(StateVerb, "state_verb")

app_name = "resources"
urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/add/", entries.add, name="entry-add"),
    path("catalogue/import/", imports.entry_import, name="entry-import"),
    path("catalogue/import/blank/", imports.entry_blank, name="entry-blank"),
    path("catalogue/subjects/", categories.categories, name="categories"),
    path("catalogue/subjects/add/", categories.edit, name="category-add"),
    path("catalogue/subjects/<slug:code>/", categories.edit, name="category"),
    path("catalogue/subjects/<slug:code>/remove/", categories.remove, name="category-remove"),
    path("catalogue/<slug:code>/", catalogue.entry, name="entry"),
    path("catalogue/<slug:code>/edit/", entries.amend, name="entry-edit"),
    path("catalogue/<slug:code>/<state_verb:verb>/", entries.change_state, name="entry-state"),
    path("catalogue/<slug:code>/cover/", covers.entry_cover, name="entry-cover"),
    path(
        "catalogue/<slug:code>/cover/small/", covers.entry_cover, {"size": "small"}, name="entry-cover-small"
    ),
    path("contributions/", contributions.own, name="contributions"),
    path("contributions/new/", contribution_form.begin, name="contribution-new"),
    path("contributions/import/", imports.contribution_import, name="contribution-import"),
    path("contributions/import/blank/", imports.contribution_blank, name="contribution-blank"),
    path("contributions/send/", contributions.submit_many, name="contributions-submit"),
    path("contributions/collation/", collation.collation, name="collation"),
    path("contributions/review/", review.desk, name="review"),
    path("contributions/review/<int:pk>/", review.review, name="review-one"),
    path("contributions/all/", contributions.network, name="network"),
    path("contributions/providers/", figures.figures, name="figures"),
    path("contributions/<int:pk>/", contributions.contribution, name="contribution"),
    path("contributions/<int:pk>/edit/", contribution_form.edit, name="contribution-edit"),
    path("contributions/<int:pk>/submit/", contributions.submit, name="contribution-submit"),
    path("contributions/<int:pk>/discard/", contributions.discard, name="contribution-discard"),
    path("contributions/<int:pk>/send-back/", collation.send_back, name="contribution-return"),
    path("contributions/<int:pk>/cover/", covers.contribution_cover, name="contribution-cover"),
    path(
        "contributions/<int:pk>/cover/small/",
        covers.contribution_cover,
        {"size": "small"},
        name="contribution-cover-small",
    ),
    path("tables/<int:pk>/", imports.marked, name="marked-sheet"),
]
