"""Addresses of the desks."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.desks import notice

urlpatterns: list[URLPattern] = [
    path("change-notices/<int:pk>/", notice.notice, name="notice"),
]
