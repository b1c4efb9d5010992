"""Addresses of evidence, guidance and dossiers."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.archive import dossier, evidence

urlpatterns: list[URLPattern] = [
    path("calls/<int:pk>/evidence/", evidence.archive, name="archive"),
    path("evidence/<int:pk>/file/", evidence.evidence_file, name="evidence-file"),
    path("evidence/<int:pk>/remove/", evidence.remove, name="evidence-remove"),
    path("calls/<int:pk>/units/<int:unit_id>/", dossier.dossier, name="dossier"),
    path("calls/<int:pk>/units/<int:unit_id>/dossier.pdf", dossier.take_away, name="dossier-pdf"),
    path("calls/<int:pk>/units/<int:unit_id>/link/", dossier.hand_out, name="dossier-link"),
    path(
        "calls/<int:pk>/units/<int:unit_id>/links/<int:link_id>/withdraw/",
        dossier.withdraw,
        name="dossier-link-withdraw",
    ),
    path("dossier/<str:token>/", dossier.read_by_link, name="dossier-open"),
    path("dossier/<str:token>/dossier.pdf", dossier.take_away_by_link, name="dossier-open-pdf"),
]
