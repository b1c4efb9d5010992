"""Addresses of parcels, claims, transfers and of the way of a copy."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.shipping import (
    claims,
    direct,
    packing,
    portions,
    receiving,
    shipment,
    shipments,
    through,
    trace,
    transfer,
    transfers,
)

urlpatterns: list[URLPattern] = [
    path("shipments/", shipments.shipments, name="shipments"),
    path("shipments/many/", shipments.act_on_many, name="shipments-many"),
    path("shipments/find/", receiving.entry, name="parcel-entry"),
    path("shipments/through/", through.through, name="through"),
    path("shipments/through/many/", through.act_on_many, name="through-many"),
    path(
        "shipments/packing/<int:round_id>/<str:shape>.<str:ending>", packing.packing_list, name="packing-list"
    ),
    path("shipments/<int:pk>/", shipment.shipment, name="shipment"),
    path("shipments/<int:pk>/dispatch/", shipment.send, name="dispatch"),
    path("shipments/<int:pk>/note.pdf", shipment.note, name="delivery-note"),
    path("shipments/<int:pk>/receive/", receiving.receive, name="receive"),
    path("shipments/<int:pk>/correct/", receiving.correct, name="receipt-correct"),
    path("r/<str:token>/", shipment.scan, name="scan"),
    path("shipments/claims/", claims.claims, name="claims"),
    path("shipments/claims/<int:pk>/", claims.claim, name="claim"),
    path("shipments/claims/<int:pk>/answer/", claims.answer, name="claim-answer"),
    path("shipments/claims/<int:pk>/accept/", claims.accept, name="claim-accept"),
    path("shipments/claims/<int:pk>/decline/", claims.decline, name="claim-decline"),
    path("shipments/claims/<int:pk>/settle/", claims.settle, name="claim-settle"),
    path("shipments/transfers/", transfers.transfers, name="transfers"),
    path("shipments/transfers/new/", transfers.begin, name="transfer-new"),
    path("shipments/transfers/<int:pk>/", transfer.transfer, name="transfer"),
    path("shipments/transfers/<int:pk>/agree/", transfer.agree, name="transfer-agree"),
    path("shipments/transfers/<int:pk>/send/", transfer.send, name="transfer-send"),
    path("shipments/transfers/<int:pk>/cancel/", transfer.cancel, name="transfer-cancel"),
    path("shipments/transfers/<int:pk>/receive/", transfer.receive, name="transfer-receive"),
    path("shipments/transfers/<int:pk>/note.pdf", transfer.note, name="transfer-note"),
    path("t/<str:token>/", transfer.scan, name="transfer-scan"),
    path("shipments/direct/", direct.rounds, name="direct-rounds"),
    path("shipments/direct/new/", direct.begin, name="direct-new"),
    path("shipments/direct/<int:pk>/", direct.round, name="direct-round"),
    path("shipments/direct/<int:pk>/titles/", direct.titles, name="direct-titles"),
    path("shipments/direct/<int:pk>/close/", direct.close, name="direct-close"),
    path("shipments/direct/<int:pk>/numbers/", portions.portions, name="direct-portions"),
    path(
        "shipments/direct/<int:pk>/numbers/import/", portions.portions_import, name="direct-portions-import"
    ),
    path("shipments/direct/<int:pk>/numbers/blank/", portions.blank, name="direct-portions-blank"),
    path("trace/<int:lot_id>/", trace.trace, name="trace"),
    path("trace/allocation/<int:line_id>/", trace.of_allocation, name="trace-allocation"),
]
