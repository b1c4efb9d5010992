"""Addresses of calls."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.calls import calls

urlpatterns: list[URLPattern] = [
    path("calls/", calls.calls, name="calls"),
    path("calls/<int:pk>/", calls.call, name="call"),
]
