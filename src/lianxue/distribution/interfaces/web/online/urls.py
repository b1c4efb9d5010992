"""Addresses of online titles."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.online import links, network, opening, titles

urlpatterns: list[URLPattern] = [
    path("online/", titles.titles, name="online"),
    path("online/grant/", network.grant, name="online-grant"),
    path("online/<int:pk>/", titles.title, name="online-title"),
    path("online/<int:pk>/end/", network.end, name="online-end"),
    path("online/<int:pk>/links/", links.make, name="online-link-make"),
    path("online/links/<int:pk>/", links.link, name="online-link"),
    path("online/links/<int:pk>/sheet.pdf", links.sheet, name="online-link-sheet"),
    path("online/links/<int:pk>/withdraw/", links.withdraw, name="online-link-withdraw"),
    path("o/<str:signed>/", opening.look, name="online-look"),
    path("o/<str:signed>/open/", opening.go, name="online-go"),
]
