"""Addresses of what readers say."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.feedback import pages, public_page

urlpatterns: list[URLPattern] = [
    path("registers/feedback/", pages.feedback, name="feedback"),
    path("registers/feedback/show/", pages.show, name="feedback-show"),
    path("registers/feedback/<int:pk>/", pages.one, name="feedback-one"),
    path("registers/feedback/<int:pk>/set-aside/", pages.set_aside, name="feedback-aside"),
    path("loans/<int:pk>/feedback/", pages.of_loan, name="loan-feedback"),
    path("n/<str:token>/titles/", public_page.titles, name="feedback-titles"),
    path("n/<str:token>/titles/<int:entry_id>/", public_page.leave, name="feedback-leave"),
    path("n/<str:token>/titles/thanks/", public_page.thanks, name="feedback-thanks"),
]
