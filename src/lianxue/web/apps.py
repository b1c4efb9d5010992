"""The feature as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "lianxue.web"
    label = "web"
