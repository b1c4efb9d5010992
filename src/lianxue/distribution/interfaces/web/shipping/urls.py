"""Addresses of parcels and of the way of a copy."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.shipping import receiving, shipment, shipments, trace

urlpatterns: list[URLPattern] = [
    path("shipments/", shipments.shipments, name="shipments"),
    path("shipments/many/", shipments.act_on_many, name="shipments-many"),
    path("shipments/<int:pk>/", shipment.shipment, name="shipment"),
    path("shipments/<int:pk>/dispatch/", shipment.send, name="dispatch"),
    path("shipments/<int:pk>/note.pdf", shipment.note, name="delivery-note"),
    path("shipments/<int:pk>/receive/", receiving.receive, name="receive"),
    path("r/<str:token>/", shipment.scan, name="scan"),
    path("trace/<int:lot_id>/", trace.trace, name="trace"),
    path("trace/allocation/<int:line_id>/", trace.of_allocation, name="trace-allocation"),
]
