"""The feature as a Django application."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "lianxue.programmes"
    label = "programmes"

    def ready(self) -> None:
        from lianxue.programmes import subscribers

        subscribers.connect()
