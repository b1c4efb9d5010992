"""Addresses of the yearly selections."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.selections import candidate, certificates, index, ranking, selection

urlpatterns: list[URLPattern] = [
    path("selections/", index.selections, name="selections"),
    path("selections/new/", index.begin, name="selection-new"),
    path("selections/performance/<int:year>.xlsx", index.performance, name="performance"),
    path("selections/<int:pk>/", selection.selection, name="selection"),
    path("selections/<int:pk>/weights/", selection.edit, name="selection-edit"),
    path("selections/<int:pk>/discard/", selection.discard, name="selection-discard"),
    path("selections/<int:pk>/publish/", selection.publish, name="selection-publish"),
    path("selections/<int:pk>/rank/", selection.rank, name="selection-rank"),
    path("selections/<int:pk>/follow/", selection.follow, name="selection-follow"),
    path("selections/<int:pk>/decide/", selection.decide, name="selection-decide"),
    path("selections/<int:pk>/ranking/", ranking.ranking, name="selection-ranking"),
    path("selections/<int:pk>/list.<str:ending>", ranking.chosen_list, name="selection-list"),
    path("selections/<int:pk>/certificates.pdf", certificates.certificates, name="selection-certificates"),
    path("selections/candidates/<int:pk>/", candidate.candidate, name="candidate"),
    path("selections/candidates/<int:pk>/<slug:key>/", candidate.figure_rows, name="candidate-rows"),
    path("certificates/", certificates.check, name="certificate-check"),
    path("certificates/<int:pk>/certificate.pdf", certificates.certificate_file, name="certificate-file"),
    path("certificates/<int:pk>/withdraw/", certificates.withdraw, name="certificate-withdraw"),
    path("c/<str:token>/", certificates.certificate, name="certificate"),
]
