"""Addresses of rosters and awards."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.products import awards, rosters

urlpatterns: list[URLPattern] = [
    path("rosters/", rosters.rosters, name="rosters"),
    path("awards/", awards.awards, name="awards"),
    path("awards/check/", awards.check, name="award-check"),
    path("awards/<int:pk>/certificate.pdf", awards.certificate_file, name="award-file"),
    path("awards/<int:pk>/withdraw/", awards.withdraw, name="award-withdraw"),
    path("a/<str:token>/", awards.proof, name="award-proof"),
]
