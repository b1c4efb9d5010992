"""Workforce as a Django application."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "lianxue.workforce"
    label = "workforce"

    def ready(self) -> None:
        from lianxue.workforce import subscribers

        subscribers.connect()
