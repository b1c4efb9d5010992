"""Addresses of the desks."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.desks import delegations, desk, notice, opinion

urlpatterns: list[URLPattern] = [
    path("desk/filings/", desk.desk, name="desk"),
    path("desk/filings/many/", desk.decide_many, name="desk-many"),
    path("filings/<int:pk>/opinion/", opinion.opinion, name="opinion"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<int:pk>/end/", delegations.end, name="delegation-end"),
    path("change-notices/<int:pk>/", notice.notice, name="notice"),
]
