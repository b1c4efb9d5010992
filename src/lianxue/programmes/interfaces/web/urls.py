"""Addresses of programmes."""

from django.urls import path

from lianxue.programmes.interfaces.web import definitions
from lianxue.programmes.interfaces.web.archive.urls import urlpatterns as archive
from lianxue.programmes.interfaces.web.calls.urls import urlpatterns as calls
from lianxue.programmes.interfaces.web.desks.urls import urlpatterns as desks
from lianxue.programmes.interfaces.web.filling.urls import urlpatterns as filling
from lianxue.programmes.interfaces.web.office.urls import urlpatterns as office
from lianxue.programmes.interfaces.web.panels.urls import urlpatterns as panels
from lianxue.programmes.interfaces.web.products.urls import urlpatterns as products

app_name = "programmes"
urlpatterns = [
    path("programmes/definitions/", definitions.definitions, name="definitions"),
    path("programmes/definitions/<slug:code>/", definitions.definition, name="definition"),
    *office,
    *calls,
    *filling,
    *desks,
    *archive,
    *panels,
    *products,
]
