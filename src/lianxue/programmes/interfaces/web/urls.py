"""The addresses of programmes."""

from django.urls import path

from lianxue.programmes.interfaces.web import definitions

app_name = "programmes"

urlpatterns = [
    path("programmes/definitions/", definitions.definitions, name="definitions"),
    path("programmes/definitions/<slug:code>/", definitions.definition, name="definition"),
]
