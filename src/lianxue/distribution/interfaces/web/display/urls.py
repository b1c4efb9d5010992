"""Addresses of display corners, their photographs, and what the office sets."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.display import corner, office_terms, photographs, pictures, wall

urlpatterns: list[URLPattern] = [
    path("corner/", corner.own_corner, name="corner-own"),
    path("corner/set-up/", corner.set_up, name="corner-set-up"),
    path("corner/refresh/", corner.refresh, name="corner-refresh"),
    path("corner/photos/add/", photographs.add_photo, name="photo-add"),
    path("corner/photos/<int:pk>/alike/", photographs.alike, name="photo-alike"),
    path("corner/photos/<int:pk>/take-back/", photographs.take_back, name="photo-take-back"),
    path("corner/sign-<str:paper>.pdf", corner.sign, name="corner-sign"),
    path("corner/<int:point_id>/", corner.corner, name="corner"),
    path("photos/", wall.photos, name="photos"),
    path("photos/points/", wall.points, name="photos-points"),
    path("photos/receipts/", wall.receipts, name="photos-receipts"),
    path("photos/<int:pk>/", pictures.photo, name="photo"),
    path("photos/<int:pk>/small/", pictures.photo_small, name="photo-small"),
    path("photos/<int:pk>/view/", wall.view, name="photo-view"),
    path("office-terms/", office_terms.office_terms, name="office-terms"),
]
