"""Addresses of training."""

from django.urls import URLPattern, path

from lianxue.workforce.interfaces.web.training import door, listing, noting, planning, session, sheets

urlpatterns: list[URLPattern] = [
    path("training/", listing.sessions, name="sessions"),
    path("training/mine/", listing.mine, name="mine"),
    path("training/new/", planning.plan, name="session-new"),
    path("training/code/", door.typed, name="door-typed"),
    path("training/here/<str:token>/", door.here, name="door-here"),
    path("training/<int:pk>/", session.session, name="session"),
    path("training/<int:pk>/change/", planning.change, name="session-change"),
    path("training/<int:pk>/announce/", planning.announce, name="session-announce"),
    path("training/<int:pk>/close/", planning.close, name="session-close"),
    path("training/<int:pk>/cancel/", planning.cancel, name="session-cancel"),
    path("training/<int:pk>/remind/", planning.remind, name="session-remind"),
    path("training/<int:pk>/note/", noting.note, name="session-note"),
    path("training/<int:pk>/add/", noting.add, name="session-add"),
    path("training/<int:pk>/apologies/<int:row_id>/", noting.excuse, name="session-excuse"),
    path("training/<int:pk>/door/", door.screen, name="door"),
    path("training/<int:pk>/poster/", door.poster, name="door-poster"),
    path("training/<int:pk>/list.xlsx", sheets.take_away, name="session-table"),
    path("training/<int:pk>/import/", sheets.take_in, name="session-import"),
]
