"""Addresses of the office's side of calls."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.office import consent, letters, overview, preparing

urlpatterns: list[URLPattern] = [
    path("calls/new/", preparing.begin, name="call-new"),
    path("calls/<int:pk>/days/", preparing.edit, name="call-edit"),
    path("calls/<int:pk>/open/", preparing.open_now, name="call-open"),
    path("calls/<int:pk>/close/", preparing.close_now, name="call-close"),
    path("calls/<int:pk>/reopen/", preparing.reopen, name="call-reopen"),
    path("calls/<int:pk>/discard/", preparing.discard, name="call-discard"),
    path("calls/<int:pk>/letters/", letters.issue_all, name="call-letters"),
    path("filings/<int:pk>/letter/", letters.issue_one, name="filing-letter"),
    path("calls/<int:pk>/overview/", overview.overview, name="call-overview"),
    path("calls/<int:pk>/overview/<slug:stage>/", overview.overview, name="call-overview-stage"),
    path("calls/<int:pk>/overview/<slug:stage>/remind/", overview.remind, name="call-remind"),
    path("calls/<int:pk>/overview/<slug:stage>/late/<int:unit_id>/", consent.consent, name="call-consent"),
]
