"""Every address of the site; composition only."""

from django.conf import settings
from django.conf.urls.i18n import urlpatterns as language
from django.urls import URLPattern, URLResolver, include, path

from lianxue.web.interfaces.api import api
from lianxue.web.interfaces.web import accessibility, api_document, design, home, preferences

web = (
    [
        path("", home.home, name="home"),
        path("accessibility/", accessibility.accessibility, name="accessibility"),
        path("api/v1/docs", api_document.guide, name="api-docs"),
        path("api/v1/openapi.json", api_document.document, name="api-document"),
        path("design/", design.design, name="design"),
        path("text-size/", preferences.choose_text_size, name="text-size"),
    ],
    "web",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(web)),
    path("api/v1/", api.urls),
    path("language/", include(language)),
    path("", include("lianxue.accounts.interfaces.web.urls")),
    path("", include("lianxue.orgs.interfaces.web.urls")),
    path("", include("lianxue.notices.interfaces.web.urls")),
    path("", include("lianxue.documents.interfaces.web.urls")),
    path("", include("lianxue.resources.interfaces.web.urls")),
    path("", include("lianxue.programmes.interfaces.web.urls")),
    path("", include("lianxue.distribution.interfaces.web.urls")),
    path("", include("lianxue.workforce.interfaces.web.urls")),
    # Nobody can be entered with one click where the setting is off: the addresses do not exist.
    *([path("demonstration/", include("lianxue.demo.interfaces.web.urls"))] if settings.DEMO else []),
]

handler500 = "lianxue.web.interfaces.web.faults.fault"
