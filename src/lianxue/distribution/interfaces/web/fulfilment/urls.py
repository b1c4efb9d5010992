"""Addresses of what happens to copies after the allocation."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.fulfilment import (
    report_pictures,
    report_writing,
    reports,
    reports_below,
    stock,
)

urlpatterns: list[URLPattern] = [
    path("reports/", reports.reports, name="reports"),
    path("reports/write/<int:year>/", report_writing.write, name="report-write"),
    path("reports/write/<int:year>/autosave/", report_writing.autosave, name="report-autosave"),
    path("reports/write/<int:year>/pictures/", report_pictures.pictures, name="report-pictures"),
    path("reports/pictures/<int:pk>/", report_pictures.picture, name="report-picture"),
    path("reports/pictures/<int:pk>/small/", report_pictures.picture_small, name="report-picture-small"),
    path("reports/pictures/<int:pk>/remove/", report_pictures.remove, name="report-picture-remove"),
    path("reports/volume/<int:year>.pdf", reports_below.volume, name="reports-volume"),
    path("reports/remind/<int:year>/", reports_below.remind, name="reports-remind"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/return/", reports.send_back, name="report-return"),
    path("reports/<int:pk>/report.<str:ending>", reports.report_file, name="report-file"),
    path("stock/", stock.stock, name="stock"),
    path("stock/lots/<int:lot_id>/move/", stock.rearrange, name="rearrange"),
    path("stock/<int:point_id>/", stock.point_stock, name="point-stock"),
    path("stock/<int:point_id>/<int:entry_id>/", stock.title_stock, name="title-stock"),
]
