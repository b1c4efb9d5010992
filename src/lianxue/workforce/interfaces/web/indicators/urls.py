"""Addresses of indicators."""

from django.urls import URLPattern, path

from lianxue.workforce.interfaces.web.indicators import publishing, sets

urlpatterns: list[URLPattern] = [
    path("indicators/", sets.index, name="indicator-sets"),
    path("indicators/publish/", publishing.publish, name="indicators-publish"),
    path("indicators/<int:pk>/", sets.published, name="indicators"),
]
