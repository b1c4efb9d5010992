"""Addresses of the yearly appraisal."""

from django.urls import URLPattern, path

from lianxue.workforce.interfaces.web.appraisal import (
    deciding,
    declaring,
    listing,
    recommending,
    reviewers,
    sheet,
)

urlpatterns: list[URLPattern] = [
    path("appraisal/", listing.appraisals, name="appraisals"),
    path("appraisal/begin/<int:year>/", listing.begin, name="appraisals-begin"),
    path("appraisal/<int:pk>/", sheet.appraisal, name="appraisal"),
    path("appraisal/<int:pk>/declare/<str:part>/", declaring.declare, name="appraisal-declare"),
    path("appraisal/<int:pk>/find/<str:part>/", deciding.find, name="appraisal-find"),
    path("appraisal/<int:pk>/confirm/", deciding.confirm, name="appraisal-confirm"),
    path("appraisal/<int:pk>/reopen/", deciding.reopen, name="appraisal-reopen"),
    path("appraisal/<int:pk>/recommend/", deciding.recommend, name="appraisal-recommend"),
    path("appraisal/<int:pk>/take-back/", deciding.take_back, name="appraisal-take-back"),
    path("appraisal/<int:pk>/account/", deciding.account, name="appraisal-account"),
    path("appraisal/<int:pk>/evidence/<int:declared_id>/", sheet.evidence, name="appraisal-evidence"),
    path("appraisal/recommendations/<int:year>/", recommending.recommendations, name="recommendations"),
    path("appraisal/recommendations/<int:year>/fill/", recommending.fill, name="recommendations-fill"),
    path("appraisal/commendations/", recommending.commendations, name="commendations"),
    path("appraisal/reviewers/<int:year>/", reviewers.overview, name="reviewers"),
    path("appraisal/reviewers/<int:year>/<int:person_id>/", reviewers.reviewer, name="reviewer"),
]
