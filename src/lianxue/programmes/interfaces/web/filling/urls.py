"""Addresses of filling in."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.filling import files, filing

urlpatterns: list[URLPattern] = [
    path("filings/<int:pk>/", filing.filing, name="filing"),
    path("filings/<int:pk>/files/<int:file_id>/", files.filing_file, name="filing-file"),
]
