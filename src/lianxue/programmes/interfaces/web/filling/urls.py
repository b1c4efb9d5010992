"""Addresses of filling in."""

from django.urls import URLPattern, path

from lianxue.programmes.interfaces.web.filling import (
    answers,
    begin,
    change,
    check,
    files,
    filing,
    fill,
    imports,
    paper,
    revisions,
)

urlpatterns: list[URLPattern] = [
    path("calls/<int:pk>/stages/<slug:stage>/begin/", begin.begin, name="begin"),
    path("filings/<int:pk>/", filing.filing, name="filing"),
    path("filings/<int:pk>/fill/", fill.fill, name="fill"),
    path("filings/<int:pk>/answers/<str:key>/", answers.answer, name="answer"),
    path("filings/<int:pk>/preview/", paper.preview, name="preview"),
    path("filings/<int:pk>/import/", imports.import_form, name="import"),
    path("filings/<int:pk>/check/", check.check, name="check"),
    path("filings/<int:pk>/take-back/", check.take_back, name="take_back"),
    path("filings/<int:pk>/files/<int:file>/", files.attached, name="attached"),
    path("filings/<int:pk>/scan/", files.send, name="send_scan"),
    path("filings/<int:pk>/revisions/<int:number>/", revisions.revision, name="revision"),
    path("filings/<int:pk>/revisions/<int:number>/against/<int:other>/", revisions.compare, name="compare"),
    path("filings/<int:pk>/change/", change.begin, name="begin_change"),
    path("change-notices/<int:pk>/change/", change.change, name="change"),
    path("change-notices/<int:pk>/answers/<str:key>/", change.change_answer, name="change_answer"),
    path("change-notices/<int:pk>/change/check/", change.check, name="change_check"),
    path("change-notices/<int:pk>/change/discard/", change.discard, name="discard_change"),
    path("stamped-scans/<int:pk>/", files.scan, name="scan"),
    path("stamped-scans/<int:pk>/file/", files.scan_file, name="scan_file"),
    *(
        path(f"filings/<int:pk>/form.{ending}", paper.take_away, {"ending": ending}, name=f"form_{ending}")
        for ending in paper.ENDINGS
    ),
    *(
        path(
            f"filings/<int:pk>/revisions/<int:number>/form.{ending}",
            paper.take_revision_away,
            {"ending": ending},
            name=f"revision_form_{ending}",
        )
        for ending in paper.ENDINGS
    ),
]
