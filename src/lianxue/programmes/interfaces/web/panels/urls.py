"""Addresses of panels."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.panels import panel, scoring

urlpatterns: list[URLPattern] = [
    path("calls/<int:pk>/panel/<slug:stage>/<slug:level>/", panel.draw, name="panel-draw"),
    path("panels/<int:pk>/", panel.panel, name="panel"),
    path("panels/<int:pk>/ranking/", panel.ranked, name="panel-ranking"),
    path("panels/<int:pk>/begin/", panel.begin, name="panel-begin"),
    path("panels/<int:pk>/more/", panel.more, name="panel-more"),
    path("panels/<int:pk>/close/", panel.close, name="panel-close"),
    path("panels/<int:pk>/reopen/", panel.reopen, name="panel-reopen"),
    path("scoring/", scoring.scoring, name="scoring"),
    path("scoring/<int:pk>/", scoring.score, name="score"),
    path("scoring/<int:pk>/conflict/", scoring.conflict, name="score-conflict"),
    path("scoring/<int:pk>/files/<int:file_id>/", scoring.score_file, name="score-file"),
]
