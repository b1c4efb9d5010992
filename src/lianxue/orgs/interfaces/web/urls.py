"""The addresses of organisations, people and the audit trail."""

from django.urls import path

from lianxue.orgs.interfaces.web import (
    appointments,
    audit,
    imports,
    network,
    people,
    profile,
    registration,
    tokens,
)

app_name = "orgs"

urlpatterns = [
    path("network/", network.network, name="network"),
    path("network/register/", registration.register, name="register"),
    path("network/import/", imports.take_in, name="import"),
    path("network/import/blank/", imports.blank, name="import-blank"),
    path("network/import/marked/<int:pk>/", imports.marked, name="import-marked"),
    path("network/<int:pk>/", network.organisation, name="organisation"),
    path("network/<int:pk>/change/", registration.change, name="change"),
    path("people/", people.people, name="people"),
    path("people/register/", appointments.register_person, name="register-person"),
    path("people/appoint/", appointments.appoint, name="appoint"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/reveal/", people.reveal, name="reveal"),
    path("people/<int:pk>/renew-password/", people.renew, name="renew-password"),
    path("posts/<int:pk>/end/", appointments.end, name="end-post"),
    path("profile/", profile.profile, name="profile"),
    path("profile/preferences/", profile.preferences, name="preferences"),
    path("profile/trail/", profile.trail, name="own-trail"),
    path("profile/post/", profile.choose_post, name="choose-post"),
    path("profile/tokens/", tokens.tokens, name="tokens"),
    path("profile/tokens/new/", tokens.new_token, name="token-new"),
    path("profile/tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("audit/", audit.trail, name="audit"),
    path("audit/<int:pk>/", audit.entry, name="audit-entry"),
]
