"""Notices as a Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lianxue.notices"
    label = "notices"

    def ready(self) -> None:
        from lianxue.notices import subscribers

        subscribers.connect()
