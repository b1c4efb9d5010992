"""Addresses of filling in."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.filling import filing

urlpatterns: list[URLPattern] = [
    path("filings/<int:pk>/", filing.filing, name="filing"),
]
