"""Addresses of stock-taking."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.stocktaking import (
    counting,
    handing_over,
    overview,
    papers,
    reporting,
)

urlpatterns: list[URLPattern] = [
    path("stocktaking/", overview.stocktakes, name="stocktakes"),
    path("stocktaking/begin/", overview.begin, name="stocktake-begin"),
    path("stocktaking/<int:pk>/", overview.stocktake, name="stocktake"),
    path("stocktaking/<int:pk>/save/", counting.save, name="stocktake-save"),
    path("stocktaking/<int:pk>/next/", counting.next_line, name="stocktake-next"),
    path("stocktaking/<int:pk>/find/", counting.find, name="stocktake-find"),
    path("stocktaking/<int:pk>/add/<int:lot_id>/", counting.add, name="stocktake-add"),
    path("stocktaking/<int:pk>/lines/<int:line_id>/", counting.line, name="stocktake-line"),
    path("stocktaking/<int:pk>/lines/<int:line_id>/save/", counting.save_line, name="stocktake-line-save"),
    path("stocktaking/<int:pk>/list.pdf", papers.list_to_print, name="stocktake-paper"),
    path("stocktaking/<int:pk>/list.xlsx", papers.list_to_fill, name="stocktake-table"),
    path("stocktaking/<int:pk>/import/", papers.take_in, name="stocktake-import"),
    path("stocktaking/<int:pk>/hand-over/", handing_over.hand_over, name="stocktake-hand-over"),
    path("stocktaking/<int:pk>/settle/", handing_over.settle, name="stocktake-settle"),
    path("stocktaking/<int:pk>/return/", handing_over.send_back, name="stocktake-return"),
    path("stocktaking/<int:pk>/cancel/", handing_over.cancel, name="stocktake-cancel"),
    path("stock/lots/<int:lot_id>/report/", reporting.report, name="report-copies"),
]
