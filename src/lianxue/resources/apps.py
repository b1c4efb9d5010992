"""The feature as a Django application."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "lianxue.resources"
    label = "resources"

    def ready(self) -> None:
        from lianxue.resources import subscribers

        subscribers.connect()
