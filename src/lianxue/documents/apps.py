"""The feature as a Django application."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lianxue.documents"
    label = "documents"

    def ready(self) -> None:
        from lianxue.documents import subscribers

        subscribers.connect()
