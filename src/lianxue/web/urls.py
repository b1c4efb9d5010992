"""Every address of the site; composition only."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import urlpatterns as language
from django.urls import URLPattern, URLResolver, include, path

from lianxue.web.interfaces.web import accessibility, design, home, preferences

web = (
    [
        path("", home.home, name="home"),
        path("accessibility/", accessibility.accessibility, name="accessibility"),
        path("design/", design.design, name="design"),
        path("text-size/", preferences.choose_text_size, name="text-size"),
    ],
    "web",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(web)),
    path("language/", include(language)),
]
for _feature in ("accounts", "orgs", "resources", "distribution"):
    if find_spec(f"lianxue.{_feature}.interfaces.web.urls"):
        urlpatterns.append(path("", include(f"lianxue.{_feature}.interfaces.web.urls")))
if settings.DEMO:
    urlpatterns.append(path("demonstration/", include("lianxue.demo.interfaces.web.urls")))
