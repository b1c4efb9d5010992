"""Addresses of the figures."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.figures import overview, rows

urlpatterns: list[URLPattern] = [
    path("figures/", overview.figures, name="figures"),
    path("figures/years/", overview.years, name="figures-years"),
    path("figures/points/", rows.points, name="figures-points"),
    path("figures/parcels/", rows.parcels, name="figures-parcels"),
]
