"""Addresses of sharing out the copies of a round."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.allocation import compare, deciding, lines, number, propose, titles

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/allocation/", compare.compare, name="round-allocation"),
    path("rounds/<int:pk>/allocation/propose/", propose.propose, name="allocation-propose"),
    path("allocations/<int:pk>/", titles.by_title, name="allocation"),
    path("allocations/<int:pk>/points/", titles.by_point, name="allocation-points"),
    path("allocations/<int:pk>/points/<int:point_id>/", lines.of_point, name="allocation-point"),
    path("allocations/<int:pk>/titles/<int:title_id>/", lines.of_title, name="allocation-title"),
    path("allocations/<int:pk>/lines/<int:line_id>/", number.number, name="allocation-number"),
    path("allocations/<int:pk>/lines.xlsx", lines.everything, name="allocation-lines"),
    path("allocations/<int:pk>/decide/", deciding.commit, name="allocation-commit"),
    path("allocations/<int:pk>/discard/", deciding.discard, name="allocation-discard"),
    path("allocations/why/<int:pk>/", number.why, name="allocation-why"),
]
